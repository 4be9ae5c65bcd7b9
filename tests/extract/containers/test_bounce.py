"""Bounces: delivery reports and the letters of Chinese mail services, and what only looks like one."""

from __future__ import annotations

from email.message import EmailMessage

import pytest

from extract import Extractor
from extract.containers.bounce import bounce_of
from forms import Status

OURS = "<hongtou.0123456789abcdef0123456789abcdef01234567@example.org>"


def report(
    action: str = "failed", recipient: str = "rfc822; a@example.org", original: str = "message/rfc822"
) -> bytes:
    """Return a delivery report (RFC 3464)."""
    return (
        "From: MAILER-DAEMON@example.org\r\nSubject: Undelivered\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
        "--b\r\n\r\nSorry.\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\n"
        "Reporting-MTA: dns; mx.example.org\r\n\r\n"
        f"Final-Recipient: {recipient}\r\nAction: {action}\r\nStatus: 5.2.2\r\n"
        "Diagnostic-Code: smtp; 552 5.2.2\r\n mailbox full\r\n\r\n"
        f"--b\r\nContent-Type: {original}\r\n\r\nMessage-ID: {OURS}\r\nSubject: x\r\n\r\n--b--\r\n"
    ).encode()


def words(sender: str, subject: str, text: str, charset: str = "utf-8") -> bytes:
    """Return a letter in words."""
    made = EmailMessage()
    made["From"], made["Subject"] = sender, subject
    made.set_content(text, charset=charset)
    return made.as_bytes()


@pytest.mark.parametrize("original", ["message/rfc822", "text/rfc822-headers"])
def test_a_delivery_report_names_address_reason_and_mail(original: str) -> None:
    """With the original enclosed whole or only its headers."""
    found = bounce_of(report(original=original))
    assert found is not None
    assert (found.failures, found.message_id, found.sure) == (
        (("a@example.org", "552 5.2.2 mailbox full"),),
        OURS,
        True,
    )


@pytest.mark.parametrize("action", ["delayed", "delivered", "relayed"])
def test_other_reports_are_no_bounces(action: str) -> None:
    """A mail that is only late has not failed."""
    found = bounce_of(report(action))
    assert found is not None
    assert found.failures == ()
    (record,) = Extractor(()).content(report(action), "信.eml")
    assert record.status is Status.IGNORED


@pytest.mark.parametrize("charset", ["utf-8", "gb18030"])
def test_a_chinese_letter_names_addresses_and_reason(charset: str) -> None:
    """As Chinese services write it, in either character set, as text."""
    text = "抱歉，您的邮件被退回来了……\n收件人：a@example.org\n退信原因：收件人邮箱空间已满\n"
    found = bounce_of(words("Postmaster@example.org", "系统退信", text, charset))
    assert found is not None
    assert found.failures == (("a@example.org", "收件人邮箱空间已满"),)
    assert not found.sure


@pytest.mark.parametrize(
    ("sender", "subject"),
    [
        ("zuzhi@example.org", "系统退信"),
        ("Postmaster@example.org", "欢迎使用邮箱"),
        ("zuzhi@example.org", "Re: postmaster 退信怎么办"),
    ],
)
def test_a_mail_that_speaks_of_bounces_is_none(sender: str, subject: str) -> None:
    """Sender and subject must both say so."""
    assert bounce_of(words(sender, subject, "收件人：a@example.org")) is None


@pytest.mark.parametrize("cut", range(0, 700, 50))
def test_a_broken_report_breaks_nothing(cut: int) -> None:
    """Cut anywhere, and with an address that is none."""
    bounce_of(report()[:cut])
    found = bounce_of(report(recipient="rfc822; \r\n\t"))
    assert found is not None
    assert found.failures == (("没有写明的地址", "552 5.2.2 mailbox full"),)


def test_a_bounce_is_rejected_with_what_it_says() -> None:
    """Its enclosures are our own letter: not read as returns."""
    (record,) = Extractor(()).content(report(), "信.eml")
    assert record.status is Status.REJECTED
    assert record.reason == "这是退信，没有送到 a@example.org（552 5.2.2 mailbox full）。请核对名册里的邮箱"
