"""Mails: bodies, attachments and their names in every spelling, and what a mail tells of unit and period."""

from __future__ import annotations

import base64
from email.message import EmailMessage

import pytest

from extract import Extractor
from extract.containers.archives import Budget
from extract.containers.compressedrtf import decompressed
from extract.containers.mail import BODY, open_mail, open_mbox, open_msg, open_tnef
from extract.unreadable import UnreadableError
from forms import Status
from samples.making.compound import compound
from tests.extract.neutral import FORMS, VISITS
from tests.tneffiles import tnef
from tests.wordfiles import docx, p

EXTRACTOR = Extractor(FORMS)
REPORT = docx(
    "".join(map(p, (VISITS, "填表时间：2020年7月8日", "姓名：李平", "单位职务：书记", "走访形式：座谈")))
)
PAGE = (
    f"<html><head><meta charset='gb2312'></head><body><p>{VISITS}</p><p>填表时间：2020年7月8日</p><table>"
    "<tr><td>姓名</td><td>李平</td><td>单位职务</td><td>书记</td></tr>"
    "<tr><td>走访形式</td><td colspan=3>座谈</td></tr></table></body></html>"
)


def letter(name: str = "附件1.docx") -> EmailMessage:
    """Return a mail with a filled form attached."""
    message = EmailMessage()
    message["From"] = "临颍团县委 <a@example.org>"
    message["Subject"] = "7月报告单"
    message.set_content("附件请查收。")
    message.add_attachment(REPORT, maintype="application", subtype="octet-stream", filename=name)
    return message


def raw_mail(header: bytes, body: bytes = REPORT) -> bytes:
    """Return a mail whose attachment is described by ``header`` as old programs write it."""
    return b"".join(
        (
            b"From: a@example.org\r\nSubject: ",
            "源汇区".encode("gbk"),
            b"\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=B\r\n\r\n--B\r\n",
            b"Content-Type: text/plain; charset=gb2312\r\n\r\n",
            "你好".encode("gbk"),
            b"\r\n--B\r\n",
            header,
            b"\r\nContent-Transfer-Encoding: base64\r\n\r\n",
            base64.encodebytes(body),
            b"\r\n--B--\r\n",
        )
    )


def test_an_attachment_is_a_source_and_the_body_is_none() -> None:
    """Read the attachment; pass over the few words around it."""
    body, attached = EXTRACTOR.content(letter().as_bytes(), "信.eml")
    assert (body.source, body.status) == (f"信.eml!{BODY}", Status.IGNORED)
    assert attached.source == "信.eml!附件1.docx"
    assert attached.submission is not None
    assert attached.submission.form == VISITS


@pytest.mark.parametrize(
    ("header", "name"),
    [
        (b"Content-Disposition: attachment; filename*=UTF-8''%E9%99%84%E4%BB%B6.docx", "附件.docx"),
        (
            b"Content-Disposition: attachment; filename*0*=UTF-8''%E9%99%84; filename*1*=%E4%BB%B6.docx",
            "附件.docx",
        ),
        (b'Content-Disposition: attachment; filename="=?GBK?B?uL28/i5kb2N4?="', "附件.docx"),
        (b'Content-Disposition: attachment; filename="=?UTF-8?Q?=E9=99=84=E4=BB=B6.docx?="', "附件.docx"),
        (b'Content-Disposition: attachment; filename="' + "附件.docx".encode("gbk") + b'"', "附件.docx"),
        (b'Content-Type: application/msword; name="' + "附件.docx".encode() + b'"', "附件.docx"),
        (b'Content-Disposition: attachment; filename="C:\\a\\b.docx"', "C:\\a\\b.docx"),
        (b"Content-Disposition: attachment", "附件"),
    ],
    ids=["2231", "2231 in parts", "2047 GBK", "2047 Q", "raw GBK", "raw UTF-8 name=", "a path", "none"],
)
def test_names_of_attachments(header: bytes, name: str) -> None:
    """Show the name as its sender wrote it; a folder in it is data, and told as such when the file is read."""
    opened = open_mail(raw_mail(header), Budget())
    assert [member.name for member in opened.members] == [BODY, name]
    assert opened.members[1].data == REPORT
    assert opened.subject == "源汇区"


def test_a_form_pasted_into_the_body_is_read() -> None:
    """Read an HTML table in GB2312 as the form that it is."""
    message = letter()
    message.get_body().add_alternative(PAGE, subtype="html", charset="gb18030")
    found = {record.source: record for record in EXTRACTOR.content(message.as_bytes(), "信.eml")}
    pasted = found[f"信.eml!{BODY}"].submission
    assert pasted is not None
    assert {reading.field: reading.value for reading in pasted.readings}["姓名"] == "李平"


def test_page_and_text_beside_each_other_are_both_the_body() -> None:
    """Read what stands in a page although a short text part comes before it; of alternatives take the one that says more."""
    for subtype in ("mixed", "alternative"):
        message = EmailMessage()
        message["From"] = "a@example.org"
        message.set_content("请查收")
        message.add_alternative("<p>姓名：甲</p><p>走访形式：座谈，实地走访，查阅台账</p>", subtype="html")
        data = message.as_bytes().replace(b"multipart/alternative", f"multipart/{subtype}".encode())
        text = open_mail(data, Budget()).members[0].data.decode()
        assert "姓名：甲" in text
        assert ("请查收" in text) is (subtype == "mixed")


def test_a_mail_inside_a_mail_is_opened() -> None:
    """Follow a forwarded message; the innermost sender is the one who reports."""
    outer = EmailMessage()
    outer["From"], outer["Subject"] = "b@example.org", "转发"
    outer.set_content("见转发。")
    outer.add_attachment(letter())
    sources = [record.source for record in EXTRACTOR.content(outer.as_bytes(), "转.eml")]
    assert "转.eml!转发的邮件.eml!附件1.docx" in sources


def test_an_mbox_holds_mails() -> None:
    """Open each message of a mailbox file."""
    data = b"From a@b Thu\n" + letter().as_bytes() + b"\nFrom c@d Fri\n" + letter("b.docx").as_bytes()
    assert [member.name for member in open_mbox(data, Budget()).members] == ["第1封.eml", "第2封.eml"]
    sources = {record.source for record in EXTRACTOR.content(data, "箱.mbox")}
    assert {"箱.mbox!第1封.eml!附件1.docx", "箱.mbox!第2封.eml!b.docx"} <= sources


def test_pictures_of_a_signature_are_no_attachments() -> None:
    """Leave nameless inline pictures out."""
    message = letter()
    message.add_attachment(b"\x89PNG", maintype="image", subtype="png")
    assert len(open_mail(message.as_bytes(), Budget()).members) == 2


def test_the_sender_and_subject_are_told() -> None:
    """Give who sent the mail and what it is about, for identification."""
    opened = open_mail(letter().as_bytes(), Budget())
    assert (opened.sender, opened.subject) == ("临颍团县委 a@example.org", "7月报告单")


def test_winmail_dat_gives_its_attachments() -> None:
    """Open what Outlook packs when it does not speak MIME."""
    data = tnef(
        (0x00069002, bytes(14)),
        (0x00018010, "附件.docx".encode("gbk") + b"\0"),
        (0x0006800F, REPORT),
        (0x00069002, bytes(14)),
        (0x00018010, b"b.txt\0"),
        (0x0006800F, b"x"),
    )
    assert [(m.name, len(m.data)) for m in open_tnef(data, Budget()).members] == [
        ("附件.docx", len(REPORT)),
        ("b.txt", 1),
    ]
    assert EXTRACTOR.content(data, "winmail.dat")[1].source == "winmail.dat!附件.docx"


def test_a_torn_winmail_dat_is_refused() -> None:
    """Say so when an attribute runs over the end."""
    with pytest.raises(UnreadableError, match=r"winmail\.dat"):
        open_tnef(tnef((0x0006800F, REPORT))[:-100], Budget())


OUTLOOK = {
    "__properties_version1.0": bytes(32),
    "__substg1.0_0037001F": "7月报告单".encode("utf-16-le"),
    "__substg1.0_0C1A001F": "临颍团县委".encode("utf-16-le"),
    "__substg1.0_1000001E": "附件请查收".encode("gb18030"),
    "__attach_version1.0_#00000000/__substg1.0_3707001F": "附件1.docx".encode("utf-16-le"),
    "__attach_version1.0_#00000000/__substg1.0_37010102": REPORT,
}
"""The streams of a message as Outlook saves it ([MS-OXMSG] 2.2)."""


def test_a_message_inside_a_message_of_outlook() -> None:
    """Open what was forwarded: its attachments stand behind its subject; a table of its page is the body."""
    inner = "__attach_version1.0_#00000000/__substg1.0_3701000D"
    streams = {
        f"{inner}/__substg1.0_0037001F": "转发 7月".encode("utf-16-le"),
        f"{inner}/__substg1.0_10130102": b"<table><tr><td>1</td></tr></table>",
        f"{inner}/__substg1.0_1000001F": "1".encode("utf-16-le"),
        f"{inner}/__attach_version1.0_#00000000/__substg1.0_3707001F": "附件1.docx".encode("utf-16-le"),
        f"{inner}/__attach_version1.0_#00000000/__substg1.0_37010102": REPORT,
    }
    members = open_msg(compound(streams), Budget()).members
    assert [member.name for member in members] == ["转发 7月.msg!正文", "转发 7月.msg!附件1.docx"]
    assert members[0].data.startswith(b"<table>")
    assert members[1].data == REPORT


def test_compressed_rich_text_of_outlook() -> None:
    """Unpack the example of [MS-OXRTFCP] 4.1.1, and nothing of what is no such text."""
    packed = bytes.fromhex(
        "2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af32068656c090020627705b06c647d0a800fa0"
    )
    assert decompressed(packed) == b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n"
    assert decompressed(packed[:30]) == b"{\\rtf1\\ansi\\ansicpg1252\\"[: len(decompressed(packed[:30]))]
    assert decompressed(b"x" * 40) == b""


def test_a_message_of_outlook_gives_text_and_attachments() -> None:
    """Read subject, sender, text and attachment from the property streams."""
    opened = open_msg(compound(OUTLOOK), Budget())
    assert [member.name for member in opened.members] == [BODY, "附件1.docx"]
    assert opened.members[1].data == REPORT
    assert (opened.sender, opened.subject) == ("临颍团县委", "7月报告单")
    assert EXTRACTOR.content(compound(OUTLOOK), "信.msg")[-1].source == "信.msg!附件1.docx"
