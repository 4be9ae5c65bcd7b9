"""Mails that tell that another mail did not arrive (退信): which addresses, why, and which mail it was.

Knows delivery reports (RFC 3464) and the Chinese letters that 163.com and QQ write instead; knows no roster.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, message_from_string, policy
from email.message import Message

from extract.mailheaders import header_of, sender_of, text_of

_POSTMASTERS = re.compile(r"^(?:postmaster|mailer-daemon)@", re.IGNORECASE)
_SUBJECTS = re.compile(
    r"退信|退回|undeliver|delivery (?:status|failure)|failure notice|returned mail", re.IGNORECASE
)
_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)
_OURS = re.compile(rb"<hongtou\.[0-9a-f]{40}@[\w.-]+>")
_REASON = re.compile(r"(?:退信原因|英文说明|原因|reason)\s*[:：]?\s*([^\r\n]{2,200})", re.IGNORECASE)
_HINTS = re.compile(rb"multipart/report|postmaster|mailer-daemon", re.IGNORECASE)
_HEAD = 64 * 1024  # bytes in which the headers of a mail end
_SOMEBODY = "没有写明的地址"
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Bounce:
    """What a bounce tells: ``failures`` (address and reason) and the Message-ID of the mail, empty where it is not told.

    ``sure`` when it is a delivery report, without failures where a mail is only late; a letter in words names addresses
    among which others may stand.
    """

    failures: tuple[tuple[str, str], ...]
    message_id: str
    text: str
    sure: bool

    def __str__(self) -> str:
        """Return what happened in a sentence."""
        told = "；".join(f"{address}（{why}）" if why else address for address, why in self.failures)
        return f"这是退信，没有送到 {told}。请核对名册里的邮箱"


def bounce_of(data: bytes) -> Bounce | None:
    """Return what the mail ``data`` tells of another mail that did not arrive, or none."""
    if not _HINTS.search(data, 0, _HEAD):  # most mails are none, and need not be taken apart for it
        return None
    try:
        message = message_from_bytes(data, policy=policy.compat32)
        return _report(message, data) or _letter(message, data)
    except (
        ValueError,
        LookupError,
        AttributeError,
        TypeError,
        RecursionError,
    ):  # a mail too broken to be believed
        return None


def _report(message: Message, data: bytes) -> Bounce | None:
    if not any(part.get_content_type() == "message/delivery-status" for part in message.walk()):
        return None
    found = dict(_failures(message))
    return Bounce(tuple(found.items()), _original(message, data), "", sure=True)


def _failures(message: Message) -> Iterator[tuple[str, str]]:
    """Yield the addresses that a delivery report gives up (RFC 3464 2.3), each with the reason."""
    for part in message.walk():
        if part.get_content_type() != "message/delivery-status":
            continue
        for block in part.get_payload():
            if isinstance(block, Message) and str(block.get("Action", "")).strip().lower() == "failed":
                named = block.get("Final-Recipient") or block.get("Original-Recipient") or ""
                why = block.get("Diagnostic-Code") or block.get("Status") or ""
                address = str(named).rpartition(";")[2].strip()
                if not _ADDRESS.fullmatch(address):
                    address = _SOMEBODY
                yield address, _short(str(why).partition(";")[2] or str(why))


def _letter(message: Message, data: bytes) -> Bounce | None:
    _, address = sender_of(message)
    if not _POSTMASTERS.match(address) or not _SUBJECTS.search(header_of(message, "subject")):
        return None
    text = text_of(message)
    found = _REASON.search(text)
    why = _short(found[1]) if found else ""
    named = dict.fromkeys(item for item in _ADDRESS.findall(text) if not _POSTMASTERS.match(item))
    failures = tuple((item, why) for item in named)
    return Bounce(failures, _original(message, data), text, sure=False) if failures else None


def _original(message: Message, data: bytes) -> str:
    """Return the Message-ID of the mail that did not arrive: of the copy that is enclosed, else one of ours in the text."""
    for part in message.walk():
        if part is not message and part.get_content_type() in ("message/rfc822", "text/rfc822-headers"):
            inner = part.get_payload()
            held = inner[0] if isinstance(inner, list) else message_from_string(str(inner))
            if isinstance(held, Message) and held.get("Message-ID"):
                return str(held["Message-ID"]).strip()
    ours = set(_OURS.findall(data))
    return ours.pop().decode() if len(ours) == 1 else ""


def _short(text: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", text).split())[:_LONGEST]
