"""Mails and archives around returns: eml with GBK names in the ways mail programs write them, zip with GBK names."""

from __future__ import annotations

import base64
import io
import zipfile
from collections.abc import Sequence
from datetime import datetime
from email.utils import format_datetime

_MOMENT = (2020, 7, 1, 8, 0, 0)
_BOUNDARY = "----=_NextPart_0001"


class _Gbk(zipfile.ZipInfo):
    """A member whose name is written in GBK without the UTF-8 flag, as Windows' own archiver does."""

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:  # noqa: N802 - the library's name
        return self.filename.encode("gbk", "replace"), self.flag_bits & ~0x800


def archive(members: Sequence[tuple[str, bytes]]) -> bytes:
    """Return a zip of ``members`` (name and bytes) with one fixed time."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in members:
            packed.writestr(_Gbk(name, _MOMENT), data, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def mail(head: tuple[str, str, datetime], body: str, members: Sequence[tuple[str, bytes]]) -> bytes:
    """Return a mail with attachments; ``head`` is sender (``名 <地址>``), subject and time."""
    sender, subject, moment = head
    name, _, address = sender.partition(" <")
    lines = [
        f"From: {_word(name)} <{address}",
        "To: <tuanwei@example.org>",
        f"Subject: {_word(subject)}",
        f"Date: {format_datetime(moment)}",
        "MIME-Version: 1.0",
        f'Content-Type: multipart/mixed; boundary="{_BOUNDARY}"',
        "",
        f"--{_BOUNDARY}",
        "Content-Type: text/plain; charset=GBK",
        "Content-Transfer-Encoding: base64",
        "",
        _base64(body.encode("gb18030")),
    ]
    for file, data in members:
        lines += [
            f"--{_BOUNDARY}",
            f'Content-Type: application/octet-stream; name="{_word(file)}"',
            "Content-Transfer-Encoding: base64",
            f'Content-Disposition: attachment; filename="{_word(file)}"',
            "",
            _base64(data),
        ]
    return "\r\n".join([*lines, f"--{_BOUNDARY}--", ""]).encode("ascii")


def _word(text: str) -> str:
    """Return ``text`` as an encoded word in GBK, as Foxmail and 163.com write it."""
    return f"=?GBK?B?{base64.b64encode(text.encode('gb18030')).decode('ascii')}?="


def _base64(data: bytes) -> str:
    text = base64.b64encode(data).decode("ascii")
    return "\r\n".join(text[at : at + 76] for at in range(0, len(text), 76))
