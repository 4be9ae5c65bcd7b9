"""Mails: bodies, attachments and their names in every spelling, and what a mail tells of unit and period."""

from __future__ import annotations

import base64
import struct
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


def test_a_mail_that_broke_off_says_so() -> None:
    """Cut off within the second attachment: what came is read, and the rest is not passed over in silence."""
    message = letter("一.docx")
    message.add_attachment(REPORT, maintype="application", subtype="octet-stream", filename="二.docx")
    data = message.as_bytes()
    cut = data[: -len(data) // 5]
    told = {member.name: member.refusal for member in open_mail(cut, Budget()).members}
    assert set(told) == {"正文", "一.docx", "二.docx", "后面的部分"}
    assert told["后面的部分"] == "邮件没有传完，后面可能还有附件，请对方重新发送"
    assert "后面的部分" not in [member.name for member in open_mail(data, Budget()).members]


def test_a_mail_without_its_closing_boundary_is_doubted() -> None:
    """Read a mail that ends with a whole attachment; ask whether another was to come, aloud where it holds a form."""
    message = letter("一.docx")
    message.add_attachment(REPORT, maintype="application", subtype="octet-stream", filename="二.docx")
    data = message.as_bytes()
    boundary = b"--" + str(message.get_boundary()).encode()
    between = data[: data.rindex(boundary, 0, data.rindex(boundary))]
    for cut, names in ((data[: data.rindex(boundary)], {"一.docx", "二.docx"}), (between, {"一.docx"})):
        opened = open_mail(cut, Budget())
        assert ({member.name for member in opened.members} - {"正文"}, opened.unended) == (names, True)
    records = EXTRACTOR.content(data[: data.rindex(boundary)], "信.eml")
    told = {record.source: record for record in records}
    assert Status.REJECTED not in {record.status for record in records}
    assert [d.code for d in told["信.eml!二.docx"].submission.all_doubts()].count("unended") == 1  # type: ignore[union-attr]
    assert all(d.code != "unended" for d in told["信.eml!一.docx"].submission.all_doubts())  # type: ignore[union-attr]
    other = raw_mail(
        b'Content-Disposition: attachment; filename="a.txt"', b"nothing of the kind"
    ).removesuffix(b"--B--\r\n")
    refused = {record.source: record.status for record in EXTRACTOR.content(other, "信.eml")}
    assert refused["信.eml!后面的部分"] is Status.REJECTED


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
    with pytest.raises(UnreadableError, match="损坏"):
        open_tnef(tnef()[:6], Budget())


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


OLD = "团干部走基层情况报告单\n填表时间：2020年5月6日\n姓名：旧人\n单位职务：书记\n走访形式：走访"
HEADS = {
    "qq": '------------------ 原始邮件 ------------------\n发件人: "县团委"<b@example.org>;\n',
    "163": '在 2020-06-01 09:00:00，"县团委" <b@example.org> 写道：\n\n',
    "outlook": "发件人: 县团委 [mailto:b@example.org]\n发送时间: 2020年6月1日\n收件人: 甲\n主题: 报送\n\n",
}


def quoting(subject: str, text: str, page: str = "", attached: bool = True) -> bytes:
    """Return a mail that says ``text`` or shows ``page``, with a filled form attached or none."""
    message = letter() if attached else EmailMessage()
    del message["Subject"]
    message["Subject"] = subject
    if attached:
        message.get_body(("plain",)).set_content(text or "见附件")
    else:
        message.set_content(text or "见下")
    if page:
        message.get_body(("plain",)).add_alternative(page, subtype="html")
    return message.as_bytes()


@pytest.mark.parametrize("marked", [True, False], ids=["marked", "bare"])
@pytest.mark.parametrize("head", HEADS.values(), ids=HEADS)
def test_a_quoted_form_is_no_return_beside_the_attached_one(head: str, marked: bool) -> None:
    """Pass over last month's form below an answer, keep its text, and say so on the return itself."""
    old = "\n".join(f"> {line}" for line in OLD.split("\n")) if marked else OLD
    body, report = EXTRACTOR.content(quoting("回复：报送", f"见附件。\n\n{head}{old}\n"), "a.eml")
    assert (body.source, body.status) == ("a.eml!正文", Status.IGNORED)
    assert "旧人" in {item.text for item in body.submission.leftover}
    assert [d.code for d in report.submission.doubts if d.code.startswith("quoted")] == ["quoted_passed"]


@pytest.mark.parametrize(("subject", "codes"), [("转发：报送", []), ("回复：报送", ["quoted"])])
@pytest.mark.parametrize("page", [True, False], ids=["page", "plain"])
def test_a_form_that_is_only_quoted_is_read(subject: str, codes: list[str], page: bool) -> None:
    """Read the form of a forwarded mail; one in an answer is doubted, for it may be an old one."""
    shown = f"<p>见下</p><div>-----原始邮件-----<br>发件人: b@example.org<br></div>{PAGE}" if page else ""
    text = f"请查收。\n{HEADS['qq']}{OLD.replace('旧人', '李平')}"
    (record,) = EXTRACTOR.content(quoting(subject, text, shown, attached=False), "a.eml")
    assert record.source == "a.eml!正文"
    assert {r.field: r.value for r in record.submission.readings}["姓名"] == "李平"
    assert [d.code for d in record.submission.doubts if d.code.startswith("quoted")] == codes


def test_a_quoting_block_of_a_page_is_set_apart_from_what_stands_below_it() -> None:
    """Read the new form below a quoted one, where the sender answers at the foot of the page."""
    old = PAGE.replace("李平", "旧人")
    page = f"<div>在 2020-06-01，县团委 写道：</div><blockquote type='cite'>{old}</blockquote>{PAGE}"
    (record,) = EXTRACTOR.content(quoting("回复：报送", "见下", page, attached=False), "a.eml")
    assert {r.field: r.value for r in record.submission.readings}["姓名"] == "李平"
    assert "旧人" in {item.text for item in record.submission.leftover}


def test_an_indented_page_is_no_quoted_one() -> None:
    """Read a form that a program indents with the same tag as if nothing stood around it."""
    page = f"<blockquote style='margin:0 0 0 40px;border:none'>{PAGE}</blockquote>"
    (record,) = EXTRACTOR.content(quoting("报送", "见下", page, attached=False), "a.eml")
    assert not any(d.code.startswith("quoted") for d in record.submission.doubts)


def test_the_own_text_of_a_winmail_dat_is_read() -> None:
    """Read a form that stands in the message itself, as a page among its MAPI properties or as plain text."""
    page = PAGE.encode("gb18030")
    properties = struct.pack("<IHHII", 1, 0x0102, 0x1013, 1, len(page)) + page
    for attribute in ((0x00069003, properties), (0x0002800C, OLD.encode("gbk") + b"\0")):
        (record,) = EXTRACTOR.content(tnef(attribute), "winmail.dat")
        assert (record.source, record.submission.form) == ("winmail.dat!正文", VISITS)


def test_answers_typed_between_the_quoted_lines_of_a_form() -> None:
    """Read a form whose labels are quoted and whose answers are not, with a doubt; a mere 收到 makes none."""
    asked = "".join(f"> {label}：\n{{}}\n" for label in ("姓名", "单位职务", "走访形式"))
    head = f"在 2020-06-01，县团委 写道：\n> {VISITS}\n"
    text = "已填好\n" + head + asked.format("李平", "书记", "座谈")
    (record,) = EXTRACTOR.content(quoting("回复：通知", text, attached=False), "a.eml")
    assert {r.field: r.value for r in record.submission.readings}["单位职务"] == "书记"
    assert "quoted" in {doubt.code for doubt in record.submission.doubts}
    (record,) = EXTRACTOR.content(
        quoting("回复：通知", "收到\n" + head + asked.format("", "", ""), attached=False), "a.eml"
    )
    assert record.status is Status.IGNORED


def test_answers_between_and_behind_quoted_labels_are_one_form() -> None:
    """Put together what was answered behind some quoted labels and under others; a form of its own stays apart."""
    head = f"在 2020-06-01，县团委 写道：\n> {VISITS}\n> 姓名：李平\n> 单位职务：书记\n> 走访形式：\n"
    (record,) = EXTRACTOR.content(
        quoting("回复：通知", "已填好\n" + head + "座谈\n", attached=False), "a.eml"
    )
    said = {r.field: r.value for r in record.submission.readings}
    assert (said["姓名"], said["走访形式"]) == ("李平", "座谈")
    assert "quoted" in {doubt.code for doubt in record.submission.doubts}
    own = f"{VISITS}\n姓名：新人\n单位职务：书记\n走访形式：座谈\n\n"
    (record,) = EXTRACTOR.content(quoting("回复：通知", own + head, attached=False), "a.eml")
    assert {r.field: r.value for r in record.submission.readings}["姓名"] == "新人"
