"""The printed serial of a blank form: twelve signs that follow from form, unit and period, the last one a check.

A serial is looked up by computing those of all reports that are owed, so that no table has to be kept: the paper alone
and the work folder are enough.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable

from .identity import Identity

ALPHABET = "0123456789ACDEFGHJKMNPQRTUVWXYZ"
"""31 signs, a prime number; without B, I, L, O and S, which people take for figures."""

PRINTED = "编号：{serial}（识别用，请勿删改）"
"""What a blank prints beside its QR code; all of it is the form's own text."""

PAYLOAD = "HONGTOU:"
"""What stands before the signs of a serial in the QR code (alphanumeric mode, 20 characters in all)."""

BOOKMARK = "hongtou_"
"""What stands before the signs of a serial in the bookmark (docx) or defined name (xlsx) of a blank."""

OPTIONS_SHEET = "选项（识别用）"
"""The hidden sheet of an Excel blank that holds the options too long for a rule; readers pass it by while it is hidden."""

_BODY = 11
_SIGNS = re.compile(
    rf"(?:{PAYLOAD}|{BOOKMARK})?([{ALPHABET}]{{4}})-?([{ALPHABET}]{{4}})-?([{ALPHABET}]{{4}})"
)


def serial(identity: Identity) -> str:
    """Return the serial of ``identity``, as ``7K3M-Q2WX-94HT``: eleven signs of its SHA-256 and the check sign."""
    number = int.from_bytes(hashlib.sha256(identity.identifier.encode()).digest())
    signs = []
    for _ in range(_BODY):
        number, rest = divmod(number, len(ALPHABET))
        signs.append(ALPHABET[rest])
    text = "".join(signs) + _check(signs)
    return "-".join(text[at : at + 4] for at in (0, 4, 8))


def read_serial(text: str) -> str | None:
    """Return the serial that ``text`` is: printed, in a QR code or a bookmark's name; none when its check is wrong."""
    found = _SIGNS.fullmatch("".join(text.split()))
    if found is None:
        return None
    signs = "".join(found.groups())
    return "-".join(found.groups()) if _check(signs[:_BODY]) == signs[_BODY] else None


def is_printed(text: str) -> bool:
    """Whether ``text`` is what a blank prints as its serial, whatever its blanks and width of signs."""
    head, _, tail = PRINTED.partition("{serial}")
    line = "".join(text.split()).translate(str.maketrans(":()", "：（）"))
    return line.startswith(head) and read_serial(line.removeprefix(head).removesuffix(tail)) is not None


def identity_of(text: str, candidates: Iterable[Identity]) -> Identity | None:
    """Return the one of ``candidates`` (the reports owed) whose serial ``text`` is, or none."""
    wanted = read_serial(text)
    return next((item for item in candidates if wanted == serial(item)), None) if wanted else None


def _check(signs: Iterable[str]) -> str:
    """Return the check sign: weights 1 to 11 modulo a prime find every wrong sign and every two that changed places."""
    return ALPHABET[sum(at * ALPHABET.index(sign) for at, sign in enumerate(signs, 1)) % len(ALPHABET)]
