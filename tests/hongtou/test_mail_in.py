"""Mails come in once each and leave no trace in the mailbox, whatever happens to the line."""

from __future__ import annotations

import imaplib
import json
import os
import shutil
import socket
import ssl
from collections.abc import Callable, Iterator
from datetime import datetime
from email.message import EmailMessage
from pathlib import Path

import pytest
import sqlalchemy as sa
from click.testing import Result

from forms import Identity, Stage, Submission
from generate import filled
from hongtou.commands.options import catalogue
from hongtou.mail import imap, smtp
from hongtou.mail.code import VARIABLE
from ledger import Box, Outbox, Postbag, open_ledger
from tests.hongtou.mailservers import (
    ACCOUNT,
    CODE,
    DOVECOT,
    NetEase,
    PostOffice,
    Proxy,
    imap_server,
    smtp_server,
)
from tests.hongtou.mailwork import make_work

Run = Callable[..., Result]
FORM = "团干部走基层情况报告单"
pytestmark = [
    pytest.mark.usefixtures("trusted"),
    pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS"),  # all of it is TLS
]
needs_dovecot = pytest.mark.skipif(
    DOVECOT is None or not hasattr(os, "geteuid") or os.geteuid() != 0,
    reason="needs dovecot (Debian: dovecot-imapd) and the right to start it (root)",
)


@pytest.fixture
def port(pem: Path) -> Iterator[int]:
    """Run an IMAP server with an empty mailbox."""
    with imap_server(pem) as found:
        yield found


@pytest.fixture
def work(tmp_path: Path, port: int) -> Path:
    """Return a work whose mailbox is on that server."""
    return make_work(tmp_path / "活力团建", imap=port)


def report(folder: Path, name: str = "李平", month: int = 8) -> bytes:
    """Return a filled report."""
    form = next(form for form in catalogue() if form.name == FORM)
    values = {
        "填表时间": f"2020年{month}月6日",
        "姓名": name,
        "单位职务": "副书记",
        "走访团组织名称": "某某社区团支部",
        "走访形式": "座谈",
        "走访人数.团干部": 3,
        "走访人数.团员青年": 25,
        "基层团组织工作开展情况": f"{name}报告的情况。",
        "基层团组织工作亮点": "亮点。",
        "基层团组织工作存在问题": "问题。",
        "帮扶措施及成效": "措施。",
    }
    return filled(form, values, Identity(FORM), folder / "report.docx").read_bytes()


def letter(sender: str, subject: str, *files: tuple[str, bytes], dated: str = "") -> EmailMessage:
    """Return a mail with attachments, or with none."""
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = f"某某 <{sender}>", ACCOUNT, subject
    made["Message-ID"] = f"<{abs(hash((sender, subject, files)))}@example.org>"
    made["Date"] = dated or "Thu, 06 Aug 2020 09:30:00 +0800"
    made.set_content("附件请查收。")
    for name, data in files:
        made.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return made


def put(port: int, pem: Path, *mails: bytes | EmailMessage, at: str = "06-Aug-2020 09:31:00 +0800") -> None:
    """Put mails into the mailbox."""
    with _client(port, pem) as client:
        for mail in mails:
            data = mail if isinstance(mail, bytes) else mail.as_bytes()
            assert client.append("INBOX", "", f'"{at}"', data)[0] == "OK"


def _client(port: int, pem: Path) -> imaplib.IMAP4_SSL:
    client = imaplib.IMAP4_SSL(
        "localhost", port, ssl_context=ssl.create_default_context(cafile=pem), timeout=20
    )
    client.login(ACCOUNT, CODE)
    return client


def flags(port: int, pem: Path) -> list[bytes]:
    """Return what the mailbox tells of each mail."""
    with _client(port, pem) as client:
        client.select("INBOX", readonly=True)
        return [bytes(item) for item in client.fetch("1:*", "(FLAGS)")[1] if item]


def _found(work: Path) -> dict[str, Submission]:
    with open_ledger(work) as ledger:
        return {entry.source: entry.submission for entry in ledger.entries()}


@needs_dovecot
def test_mails_are_taken_once_and_leave_no_trace(
    run: Run, work: Path, port: int, pem: Path, tmp_path: Path
) -> None:
    """The sender's address tells the unit; the server's clock tells when; a second run finds nothing new."""
    put(
        port,
        pem,
        letter("zuzhi@example.org", "8月份报告单", ("报告单.docx", report(tmp_path))),
        letter("yuanhui2@example.org", "Fw: 报告", ("报告单.docx", report(tmp_path, "王芳"))),
        letter("stranger@example.org", "吃饭吗"),
        letter("zhaoling@example.org", "本月没有走访"),
    )
    before = flags(port, pem)
    result = run("collect", "--imap", "--work", work)
    assert result.exit_code == 0, result.output
    assert "共 4 封新邮件" in result.stderr
    assert "【只有文字】tuanwei@example.org/本月没有走访（某某，" in result.stderr
    found = _found(work)
    assert {submission.unit for submission in found.values()} == {"组织部", "源汇区团委"}
    assert {submission.period for submission in found.values()} == {"2020-08"}
    with open_ledger(work) as ledger:
        moment = datetime.fromisoformat("2020-08-06T09:31:00+08:00").astimezone().replace(tzinfo=None)
        assert {entry.received_at for entry in ledger.entries()} == {moment}
        archived = {path.read_bytes() for path in (work / "归档").rglob("*.eml")}
        assert len(archived) == 3  # what a stranger chats about is not kept
    assert flags(port, pem) == before
    assert not any(b"Seen" in item for item in before)
    again = run("collect", "--imap", "--work", work)
    assert "没有新邮件" in again.stderr
    assert "3 个归档文件：0 个与原来不同" in run("collect", "--imap", "--reread", "--work", work).stderr
    assert _found(work) == found
    put(port, pem, letter("zuzhi@example.org", "9月份报告单", ("报告单.docx", report(tmp_path, month=9))))
    assert "共 1 封新邮件" in run("collect", "--imap", "--mark-read", "--work", work).stderr
    assert [b"Seen" in item for item in flags(port, pem)] == [False, False, False, False, True]


@needs_dovecot
def test_subjects_and_names_in_old_spellings(
    run: Run, work: Path, port: int, pem: Path, tmp_path: Path
) -> None:
    """GBK in encoded words, and raw GBK and UTF-8 bytes that no standard allows."""
    import base64

    def raw(subject: bytes, name: bytes, data: bytes) -> bytes:
        return b"\r\n".join(
            [
                b"From: zuzhi@example.org",
                b"Subject: " + subject,
                b"Date: Thu, 06 Aug 2020 09:30:00 +0800",
                b"MIME-Version: 1.0",
                b'Content-Type: application/octet-stream; name="' + name + b'"',
                b'Content-Disposition: attachment; filename="' + name + b'"',
                b"Content-Transfer-Encoding: base64",
                b"",
                base64.encodebytes(data).replace(b"\n", b"\r\n"),
            ]
        )

    word = b"=?GBK?B?" + base64.b64encode("报告单.docx".encode("gbk")) + b"?="
    put(
        port,
        pem,
        raw(b"=?GB2312?B?" + base64.b64encode("甲报告".encode("gbk")) + b"?=", word, report(tmp_path, "甲")),
        raw("乙报告".encode("gbk"), "报告单.docx".encode("gbk"), report(tmp_path, "乙", 9)),
        raw("丙报告".encode(), "报告单.docx".encode(), report(tmp_path, "丙", 10)),
    )
    assert run("collect", "--imap", "--work", work).exit_code == 0
    found = sorted(source.partition("/")[2] for source in _found(work))
    assert [source[:3] for source in found] == ["丙报告", "乙报告", "甲报告"]
    assert all(source.endswith(".eml!报告单.docx") for source in found)


@needs_dovecot
def test_a_sender_whom_nobody_knows_is_no_evidence(
    run: Run, work: Path, port: int, pem: Path, tmp_path: Path
) -> None:
    """The report is read and kept; whose it is a person has to say."""
    put(port, pem, letter("stranger@example.org", "报告", ("报告单.docx", report(tmp_path))))
    assert "待核对" in run("collect", "--imap", "--work", work).stderr
    (found,) = _found(work).values()
    assert (found.unit, [doubt.code for doubt in found.doubts]) == (None, ["unit_unknown"])


@needs_dovecot
@pytest.mark.parametrize("limit", [9_000, 25_000, 50_000])
def test_a_line_that_is_cut_is_made_again(run: Run, tmp_path: Path, port: int, pem: Path, limit: int) -> None:
    """In the middle of a mail, twice: the next connection goes on, nothing is taken twice, nothing is lost."""
    people = [f"第{number}人" for number in range(1, 7)]
    for name in people:
        put(port, pem, letter("zuzhi@example.org", name, ("报告单.docx", report(tmp_path, name))))
    proxy = Proxy(port, down=[limit, limit])
    work = make_work(tmp_path / "断线", imap=proxy.port)
    result = run("collect", "--imap", "--work", work)
    assert result.exit_code == 0, result.output
    assert proxy.connections >= 2
    names = [r.value for found in _found(work).values() for r in found.readings if r.field == "姓名"]
    assert sorted(map(str, names)) == sorted(people)
    assert "没有新邮件" in run("collect", "--imap", "--work", work).stderr
    proxy.close()


@needs_dovecot
def test_a_line_that_never_holds_is_given_up(run: Run, tmp_path: Path, port: int, pem: Path) -> None:
    """Three times without a mail in between; status 3, and a later run takes all of it."""
    put(port, pem, letter("zuzhi@example.org", "报告", ("报告单.docx", report(tmp_path))))
    proxy = Proxy(port, down=[6_000] * 3)
    work = make_work(tmp_path / "断线", imap=proxy.port)
    result = run("collect", "--imap", "--work", work)
    assert result.exit_code == 3
    assert "与邮箱的连接断了" in result.stderr
    assert "再执行一次会接着收" in result.stderr
    assert "共 1 封新邮件" in run("collect", "--imap", "--work", work).stderr
    proxy.close()


@needs_dovecot
def test_a_renewed_mailbox_is_not_taken_in_again(
    run: Run, work: Path, port: int, pem: Path, tmp_path: Path
) -> None:
    """Another UIDVALIDITY means other UIDs for the same mails: they are known by Message-ID, size and moment."""
    mails = [
        letter("zuzhi@example.org", f"报告{n}", ("报告单.docx", report(tmp_path, f"人{n}"))) for n in (1, 2)
    ]
    put(port, pem, *mails)
    run("collect", "--imap", "--work", work)
    before = _found(work)
    with _client(port, pem) as client:
        client.create("旧".encode("utf-7").replace(b"+", b"&").decode())
        client.rename("INBOX", "Old")
    put(port, pem, *mails)
    result = run("collect", "--imap", "--work", work)
    assert "没有新邮件" in result.stderr
    assert _found(work) == before
    assert len(list((work / "归档").rglob("*.eml"))) == 2


@needs_dovecot
def test_two_clocks_that_disagree_are_a_doubt(
    run: Run, work: Path, port: int, pem: Path, tmp_path: Path
) -> None:
    """Dated in July, in the mailbox in August: the server's clock counts, and a person is told; re-reading keeps it."""
    mail = letter(
        "zuzhi@example.org",
        "报告",
        ("报告单.docx", report(tmp_path)),
        dated="Wed, 01 Jul 2020 08:00:00 +0800",
    )
    put(port, pem, mail)
    run("collect", "--imap", "--work", work)
    (found,) = _found(work).values()
    assert [doubt.code for doubt in found.doubts] == ["mail_time"]
    assert "邮件上写的发出时间是2020-07-01" in found.doubts[0].message
    assert "0 个与原来不同" in run("collect", "--reread", "--work", work).stderr


@needs_dovecot
def test_a_wrong_code_is_told(run: Run, work: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the way out, and without the code."""
    monkeypatch.setenv(VARIABLE, "wrong-secret")
    result = run("collect", "--imap", "--work", work)
    assert result.exit_code == 3
    assert f"邮箱不认 {ACCOUNT} 的授权码" in result.stderr
    assert "wrong-secret" not in result.output


def test_the_client_says_who_it_is_before_it_opens_a_folder(run: Run, tmp_path: Path, pem: Path) -> None:
    """Without ID 163.com answers Unsafe Login; with it the folder opens."""
    server = NetEase(pem)
    work = make_work(tmp_path / "网易", imap=server.port)
    result = run("collect", "--imap", "--work", work)
    assert (result.exit_code, "没有新邮件" in result.stderr) == (0, True), result.output
    words = [said.split()[0] for said in server.said]
    assert words.index("LOGIN") < words.index("ID") < words.index("EXAMINE")
    assert "SELECT" not in words


def test_unsafe_login_is_told_in_its_own_words(run: Run, tmp_path: Path, pem: Path) -> None:
    """A server that takes no ID from us and opens nothing: its refusal, and what to look at."""
    server = NetEase(pem, deaf=True)
    work = make_work(tmp_path / "网易", imap=server.port)
    result = run("collect", "--imap", "--work", work)
    assert result.exit_code == 3
    assert "打不开邮箱的文件夹“INBOX”：EXAMINE Unsafe Login" in result.stderr


def dsn(original: EmailMessage, address: str) -> bytes:
    """Return the delivery report on ``original`` (RFC 3464)."""
    head = "\r\n".join(f"{key}: {original[key]}" for key in ("Message-ID", "Subject"))
    return "\r\n".join(
        [
            "From: Mail Delivery System <MAILER-DAEMON@example.org>",
            f"To: {ACCOUNT}",
            "Subject: Undelivered Mail Returned to Sender",
            "Date: Thu, 06 Aug 2020 09:40:00 +0800",
            'Content-Type: multipart/report; report-type=delivery-status; boundary="b"',
            "",
            "--b",
            "",
            "I'm sorry.",
            "--b",
            "Content-Type: message/delivery-status",
            "",
            "Reporting-MTA: dns; mx.example.org",
            "",
            f"Final-Recipient: rfc822; {address}",
            "Action: failed",
            "Status: 5.1.1",
            "Diagnostic-Code: smtp; 550 5.1.1 User unknown",
            "",
            "--b",
            "Content-Type: text/rfc822-headers",
            "",
            head,
            "--b--",
            "",
        ]
    ).encode()


def netease_bounce(original: EmailMessage, address: str) -> EmailMessage:
    """Return a bounce in words, as Chinese mail services write them."""
    made = EmailMessage()
    made["From"], made["To"] = "Postmaster@example.org", ACCOUNT
    made["Subject"], made["Date"] = "系统退信", "Thu, 06 Aug 2020 09:41:00 +0800"
    made.set_content(
        f"抱歉，您的邮件被退回来了……\n主　题：{original['Subject']}\n收件人：{address}\n退信原因：收件人邮箱地址不存在\n"
    )
    return made


@needs_dovecot
def test_bounces_are_put_to_their_letters(run: Run, tmp_path: Path, port: int, pem: Path) -> None:
    """A delivery report by its Message-ID, a letter in words by address and subject; both are shown and mended."""
    office = PostOffice()
    with smtp_server(office, pem) as smtp:
        work = make_work(tmp_path / "退信", smtp=smtp, imap=port)
        run("mail", "send", "--work", work)
        sent = [message for _, message in office.taken]
        put(port, pem, dsn(sent[1], "yuanhui2@example.org"), netease_bounce(sent[2], "zhaoling@example.org"))
        result = run("collect", "--imap", "--work", work)
        assert "这是退信，没有送到 yuanhui2@example.org（550 5.1.1 User unknown）" in result.stderr
        assert "这是退信，没有送到 zhaoling@example.org（收件人邮箱地址不存在）" in result.stderr
        with open_ledger(work) as ledger:
            found = Outbox(ledger).dispatches()
            assert ledger.entries() == ()
        assert [one.stage for one in found] == [Stage.SENT, Stage.BOUNCED, Stage.BOUNCED]
        assert found[1].delivered == ("yuanhui@example.org",)
        assert dict(found[2].failed) == {"zhaoling@example.org": "收件人邮箱地址不存在"}
        assert "退信 2" in run("status", "--work", work).stderr
        listed = json.loads(run("mail", "list", "--json", "--work", work).stdout)
        assert [one["stage"] for one in listed] == ["已发", "退信", "退信"]
        put(port, pem, dsn(letter("a@example.org", "别的信"), "zuzhi@example.org"))
        run("collect", "--imap", "--work", work)
        with open_ledger(work) as ledger:
            assert Outbox(ledger).dispatch(1).stage is Stage.SENT


def test_a_bounce_in_a_folder_counts_too(run: Run, tmp_path: Path, pem: Path) -> None:
    """Saved from the mail program into 收件; the forms that it encloses are ours and are not read as returns."""
    office = PostOffice()
    with smtp_server(office, pem) as smtp:
        work = make_work(tmp_path / "退信", smtp=smtp)
        run("mail", "send", "--work", work)
        (work / "收件" / "退信.eml").write_bytes(dsn(office.taken[0][1], "zuzhi@example.org"))
        assert "【未收】退信.eml：这是退信" in run("collect", "--work", work).stderr
        with open_ledger(work) as ledger:
            assert Outbox(ledger).dispatch(1).stage is Stage.BOUNCED
    shutil.rmtree(work)


class _StopError(BaseException):
    """Stands for a power cut."""


@needs_dovecot
def test_a_stop_at_any_statement_loses_and_doubles_nothing(
    run: Run, tmp_path: Path, port: int, pem: Path
) -> None:
    """Each statement to the ledger in turn is the one that is never reached; the next run finishes the work."""
    put(port, pem, letter("zuzhi@example.org", "报告", ("报告单.docx", report(tmp_path))))
    put(port, pem, letter("stranger@example.org", "吃饭吗"))
    countdown = [0]

    def count(*_: object) -> None:
        countdown[0] -= 1
        if countdown[0] == 0:
            raise _StopError

    stopped, finished = 0, False
    while not finished:
        stopped += 1
        work = make_work(tmp_path / f"第{stopped}", imap=port)
        open_ledger(work).close()
        countdown[0] = stopped
        sa.event.listen(sa.Engine, "before_cursor_execute", count)
        try:
            run("collect", "--imap", "--work", work)
            finished = True
        except _StopError:
            countdown[0] = -1
        finally:
            sa.event.remove(sa.Engine, "before_cursor_execute", count)
        assert run("collect", "--imap", "--work", work).exit_code == 0
        assert len(_found(work)) == 1
        assert len(list((work / "归档").rglob("*.eml"))) == 1
        with open_ledger(work) as ledger:
            assert len(Postbag(ledger).taken(_box(port, pem))) == 2
    assert stopped > 20


def _box(port: int, pem: Path) -> Box:
    with _client(port, pem) as client:
        client.select("INBOX", readonly=True)
        return Box(ACCOUNT, "INBOX", int(client.response("UIDVALIDITY")[1][0]))


def test_a_server_that_falls_silent_is_left(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither SMTP nor IMAP waits for ever; nothing is in doubt, for nothing was said."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = int(silent.getsockname()[1])
        work = make_work(tmp_path / "无声", smtp=port, imap=port)
        for module in (imap, smtp):
            monkeypatch.setattr(module, "TIMEOUT", 0.2)
        for command in (("collect", "--imap"), ("mail", "send")):
            result = run(*command, "--work", work)
            assert result.exit_code == 3
            assert "没有回应" in result.stderr
    with open_ledger(work) as ledger:
        assert {one.stage for one in Outbox(ledger).dispatches()} == {Stage.WAITING}
