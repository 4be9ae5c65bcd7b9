"""Letters as messages: names that every program shows, the same bytes each time, no way into the headers."""

from __future__ import annotations

import re
from datetime import datetime
from email import message_from_bytes, policy
from email.header import decode_header, make_header

import pytest

from generate import Enclosure, Letter, dated, message, message_id, parsed, recipients, unsent

KEY = message_id(("工作", "单位", "通知", "2020-07", "x"), "example.org")
SENDER = ("共青团某某市委", "tuanwei@example.org")


def _bytes(letter: Letter) -> bytes:
    return message(letter, KEY, SENDER).as_bytes()


@pytest.mark.parametrize(
    "evil",
    [
        "源汇区团委\r\nBcc: thief@example.com",
        "源汇区团委\nBcc: thief@example.com\n\n<script>",
        "源汇区团委\x00\u202e\u200b\u2028Bcc: thief@example.com",
        '源汇区团委"; filename="x.exe',
        "源汇区团委 <thief@example.com>, b",
    ],
)
def test_no_text_begins_a_header_of_its_own(evil: str) -> None:
    """In the unit's name, the subject, an attachment's name: one recipient, the headers that we wrote and no other."""
    letter = Letter(evil, ("a@example.org",), evil, evil, (Enclosure(f"{evil}.docx", b"x"),))
    found = message_from_bytes(_bytes(letter), policy=policy.default)
    assert sorted(found.keys()) == ["Content-Type", "From", "MIME-Version", "Message-ID", "Subject", "To"]
    assert [address.addr_spec for address in found["To"].addresses] == ["a@example.org"]
    (part,) = found.iter_attachments()
    assert sorted(set(part.keys())) == [
        "Content-Disposition",
        "Content-Transfer-Encoding",
        "Content-Type",
        "MIME-Version",
    ]
    assert part.get_filename().endswith(".docx")
    assert not re.search(
        "[\x00\u202e\u200b\u2028\r\n]", f"{part.get_filename()}{found['Subject']}{found['To']}"
    )


def test_a_name_stands_in_both_spellings() -> None:
    """RFC 2231 in one header, RFC 2047 in the other, both giving the whole name; every line short enough."""
    name = "团干部走基层情况报告单（2020-07）" * 3 + ".docx"
    data = _bytes(Letter("源汇区团委", ("a@example.org",), "主题" * 60, "正文", (Enclosure(name, b"x"),)))
    assert max(map(len, data.splitlines())) <= 100
    assert data.isascii()
    raw = data.decode()
    assert "filename*0*=utf-8''" in raw
    typed = re.search(r'Content-Type: application/[\w.-]+;\r\n name="(=\?utf-8\?b\?[^"]+)"', raw)
    assert typed is not None
    assert str(make_header(decode_header(typed[1]))) == name
    (part,) = message_from_bytes(data, policy=policy.default).iter_attachments()
    assert part.get_filename() == name


def test_the_same_letter_is_the_same_bytes_and_goes_out_dated() -> None:
    """What is archived has no date; sending adds it and the recipients of the day, and changes nothing else."""
    letter = Letter("源汇区团委", ("a@example.org",), "主题", "正文\n", (Enclosure("表.xlsx", b"x"),))
    archived = _bytes(letter)
    assert archived == _bytes(letter)
    moment = datetime.fromisoformat("2020-07-03T09:00:00")
    sent = dated(parsed(archived), recipients("源汇区团委", ("b@example.org", "c@example.org")), moment)
    found = message_from_bytes(sent, policy=policy.default)
    assert [address.addr_spec for address in found["To"].addresses] == ["b@example.org", "c@example.org"]
    assert found["Date"].datetime.astimezone().replace(tzinfo=None) == moment
    assert found["Message-ID"] == KEY
    assert archived.partition(b"\r\n\r\n")[2] == sent.partition(b"\r\n\r\n")[2]
    assert b"X-Unsent: 1" in unsent(parsed(archived))


def test_the_message_id_follows_what_is_said() -> None:
    """Another unit, occasion or content, another id; nothing of it can be read back."""
    parts = ("工作", "单位", "通知", "2020-07", "x")
    others = [(*parts[:at], "别", *parts[at + 1 :]) for at in range(5)]
    assert len({message_id(one, "example.org") for one in (parts, *others)}) == 6
    assert re.fullmatch(r"<hongtou\.[0-9a-f]{40}@example\.org>", KEY)
