"""Returns packed as they are sent: zip archives with GBK names, mails with the name of the attachment in three ways."""

from __future__ import annotations

import base64
import io
import re
import zipfile
from collections.abc import Callable
from urllib.parse import quote

_BOUNDARY = "----=_Part_0395"
_MOMENT = (2020, 7, 8, 9, 30, 0)


class _Gbk(zipfile.ZipInfo):
    """A member whose name is written in GBK without the UTF-8 flag, as Windows' own archiver does."""

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:  # noqa: N802 - the library's name
        return self.filename.encode("gbk", "replace"), self.flag_bits & ~0x800


def archive(name: str, data: bytes, *, gbk: bool) -> bytes:
    """Return a zip with one member called ``name``."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr((_Gbk if gbk else zipfile.ZipInfo)(name, _MOMENT), data, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def _rfc2231(name: str) -> bytes:
    return f"attachment;\r\n filename*=UTF-8''{quote(name)}".encode("ascii")


def _rfc2231_pieces(name: str) -> bytes:
    signs = re.findall("%..|.", quote(name))
    pieces = ["".join(signs[start : start + 14]) for start in range(0, len(signs), 14)]
    made = ";\r\n".join(
        f" filename*{number}*={'UTF-8' + chr(39) * 2 if not number else ''}{piece}"
        for number, piece in enumerate(pieces)
    )
    return f"attachment;\r\n{made}".encode("ascii")


def _rfc2047(name: str) -> bytes:
    word = base64.b64encode(name.encode("gb18030")).decode("ascii")
    return f'attachment;\r\n filename="=?GB18030?B?{word}?="'.encode("ascii")


def _raw(name: str) -> bytes:
    return b'attachment; filename="' + name.encode("gbk", "replace") + b'"'


NAMINGS: dict[str, Callable[[str], bytes]] = {
    "附件名RFC2231": _rfc2231,
    "附件名RFC2231分段": _rfc2231_pieces,
    "附件名RFC2047": _rfc2047,
    "附件名原样GBK": _raw,
}


def mail(name: str, data: bytes, naming: str) -> bytes:
    """Return a mail with ``data`` attached; ``naming`` is a key of ``NAMINGS``."""
    letter = base64.encodebytes("您好：\r\n  附件为本月报表，请查收。\r\n".encode("gb18030"))
    return b"".join(
        (
            _head(f'multipart/mixed; boundary="{_BOUNDARY}"'),
            f"\r\n--{_BOUNDARY}\r\nContent-Type: text/plain; charset=gb18030\r\n".encode("ascii"),
            b"Content-Transfer-Encoding: base64\r\n\r\n" + letter,
            f"\r\n--{_BOUNDARY}\r\nContent-Type: application/octet-stream\r\n".encode("ascii"),
            b"Content-Transfer-Encoding: base64\r\nContent-Disposition: "
            + NAMINGS[naming](name)
            + b"\r\n\r\n",
            base64.encodebytes(data),
            f"\r\n--{_BOUNDARY}--\r\n".encode("ascii"),
        )
    )


def letter(page: bytes, charset: str) -> bytes:
    """Return a mail whose body is the web page ``page``: the form pasted into the letter."""
    head = _head(f"text/html; charset={charset}").rstrip(b"\r\n")
    return head + b"\r\nContent-Transfer-Encoding: base64\r\n\r\n" + base64.encodebytes(page)


def _head(kind: str) -> bytes:
    subject = base64.b64encode("工作报表".encode()).decode("ascii")
    return (
        "From: <clerk@example.org>\r\nTo: <office@example.org>\r\nDate: Wed, 08 Jul 2020 09:30:00 +0800\r\n"
        f"Subject: =?UTF-8?B?{subject}?=\r\nMIME-Version: 1.0\r\nContent-Type: {kind}\r\n"
    ).encode("ascii")
