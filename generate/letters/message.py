"""A letter to one unit as a mail: what it says and what is enclosed become one message, the same every time.

Knows messages; does not know how one is sent, nor what a notice or a reminder says (``letterwords``).
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime

from .headers import POLICY

_UNSEEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}  # line breaks, direction marks, what has no width
_LONGEST_NAME = 120  # characters of an attachment's name
_OOXML = "vnd.openxmlformats-officedocument"
_TYPES = {
    ".docx": f"{_OOXML}.wordprocessingml.document",
    ".xlsx": f"{_OOXML}.spreadsheetml.sheet",
    ".pdf": "pdf",
}


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A file that goes with a letter."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Letter:
    """What is written to one unit: ``name`` and ``addresses`` it goes to, subject, text, and what is enclosed."""

    name: str
    addresses: tuple[str, ...]
    subject: str
    text: str
    enclosures: tuple[Enclosure, ...] = ()

    @property
    def content(self) -> str:
        """The hash of all that the letter says; to whom is not part of it."""
        said = [self.subject, self.text]
        said += [part for item in self.enclosures for part in (item.name, _hash(item.data))]
        return _hash(json.dumps(said).encode())


def message_id(parts: tuple[str, ...], domain: str) -> str:
    """Return the Message-ID for what ``parts`` name: the same parts, the same id."""
    return f"<hongtou.{_hash(json.dumps(parts).encode())[:40]}@{domain}>"


def message(letter: Letter, key: str, sender: tuple[str, str] | None) -> EmailMessage:
    """Return ``letter`` as a message with the Message-ID ``key``, from ``sender`` (name and address), not yet dated.

    No part of it can begin a header of its own: characters that nobody sees are left out of headers and names. The same
    letter gives the same bytes.
    """
    made = EmailMessage(policy=POLICY)
    made["Subject"] = plain(letter.subject)
    if sender is not None:
        made["From"] = Address(plain(sender[0]), addr_spec=sender[1])
    if letter.addresses:
        made["To"] = recipients(letter.name, letter.addresses)
    made["Message-ID"] = key
    made.set_content(letter.text, cte="base64")
    for item in letter.enclosures:
        name = plain(item.name)[-_LONGEST_NAME:]
        subtype = _TYPES.get(name[name.rfind(".") :].lower(), "octet-stream")
        made.add_attachment(item.data, maintype="application", subtype=subtype, filename=name)
        made.get_payload()[-1].set_param("name", name)  # type: ignore[union-attr, index]
    if letter.enclosures:
        made.set_boundary(
            f"=_{_hash(key.encode())[:24]}"
        )  # not a random one: the same letter, the same bytes
    return made


def parsed(data: bytes) -> EmailMessage:
    """Return the message that ``data`` are the bytes of."""
    return message_from_bytes(data, policy=POLICY)


def recipients(name: str, addresses: Sequence[str]) -> list[Address]:
    """Return ``addresses`` of one recipient for the header To."""
    return [Address(plain(name), addr_spec=address) for address in addresses]


def dated(made: EmailMessage, recipient: Sequence[Address], sent: datetime) -> bytes:
    """Return the bytes of ``made`` as it goes out ``sent`` at that moment to ``recipient``."""
    del made["To"], made["Date"]
    made["To"] = list(recipient)
    made["Date"] = format_datetime(sent.astimezone())
    return made.as_bytes()


def unsent(made: EmailMessage) -> bytes:
    """Return the bytes of ``made`` as a draft, which mail programs open to be looked at and sent."""
    made["X-Unsent"] = "1"
    return made.as_bytes()


def plain(text: str) -> str:
    """Return ``text`` on one line, without the characters that nobody sees."""
    one_line = re.sub(r"\s+", " ", text)
    return "".join(char for char in one_line if unicodedata.category(char) not in _UNSEEN).strip()


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
