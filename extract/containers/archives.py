"""Containers of files: zip, 7z, rar and mails, opened member by member within one budget for the whole tree.

Knows containers and their limits; what a member is, and what it says, is found out like any file's.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from extract import limits
from extract.gate import crowded, overlapping
from extract.unreadable import UnreadableError

_BROKEN = "压缩包损坏或没有传完，请对方重新发送"
_MANY = "压缩包或邮件里的文件太多或太大，没有打开，请对方分开发送"
_BOMB = "压缩包展开后过大（疑似压缩炸弹），没有打开"
_NAMELESS = "没有名字"
_ENCRYPTED = "压缩包已加密，请取消密码后重发"


BODY = "正文"
THE_REST, CUT = "后面的部分", "邮件没有传完，后面可能还有附件，请对方重新发送"
"""The name of the member that is a mail's own text."""


@dataclass(slots=True)
class Budget:
    """What may still be unpacked of one returned file, members within members included."""

    members: int = limits.MEMBERS
    total: int = limits.TOTAL

    def take(self, size: int, packed: int) -> None:
        """Count one member of ``size`` bytes; raise ``UnreadableError`` when it is more than any return needs."""
        self.members -= 1
        self.total -= size
        if limits.dense(size, packed):
            raise UnreadableError(_BOMB)
        if self.members < 0 or self.total < 0 or size > limits.PART:
            raise UnreadableError(_MANY)


@dataclass(frozen=True, slots=True)
class Member:
    """One file inside a container: its name as its sender wrote it (with ``/``) and its bytes.

    ``refusal`` says why a member could not be unpacked; then it has no bytes. ``quoted`` is what a mail's own text
    quotes of earlier mails, ``mixed`` both in one where the sender wrote between the quoted lines.
    """

    name: str
    data: bytes = b""
    refusal: str = ""
    quoted: bytes = b""
    mixed: bytes = b""


@dataclass(frozen=True, slots=True)
class Opened:
    """A container's members; of a mail also who sent it (``unit`` evidence), its subject, and whether its end is missing."""

    members: tuple[Member, ...]
    sender: str = ""
    subject: str = ""
    unended: bool = False


def open_zip(data: bytes, budget: Budget) -> Opened:
    """Unpack a zip by its entries, never by name, so that two members of one name are two."""
    if crowded(data):
        raise UnreadableError(_MANY)
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise UnreadableError(_BROKEN) from error
    # not ``is_dir``, which looks at the last character of a name that may have none
    entries = [entry for entry in archive.infolist() if not entry.filename.endswith("/")]
    if len(entries) > budget.members:  # before the first is inflated
        raise UnreadableError(_MANY)
    if overlapping(entries, archive.start_dir):
        raise UnreadableError(_BOMB)
    return Opened(tuple(_zipped(archive, entry, budget) for entry in entries))


def _zipped(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, budget: Budget) -> Member:
    name = member_name(entry) or _NAMELESS
    if entry.flag_bits & 1:
        return Member(name, refusal=_ENCRYPTED)
    budget.take(entry.file_size, entry.compress_size)
    try:
        with archive.open(entry) as stream:
            return Member(name, stream.read(entry.file_size + 1))
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError, RuntimeError):
        return Member(name, refusal=_BROKEN)


def member_name(entry: zipfile.ZipInfo) -> str:
    """Return a member's name as its sender saw it: UTF-8 when it says so or is, else GBK as Windows writes it.

    A name that is neither keeps a lone surrogate for each byte that nobody can read.
    """
    if entry.flag_bits & 0x800:
        return entry.filename
    try:
        raw = entry.filename.encode("cp437")
    except UnicodeEncodeError:
        return entry.filename
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("utf-8", "surrogateescape")


def unsafe_name(name: str) -> bool:
    """Whether the ``name`` of a member would lead out of the folder that somebody unpacks it into."""
    parts = name.replace("\\", "/").split("/")
    return name.startswith(("/", "\\")) or ".." in parts or re.match(r"[A-Za-z]:", name) is not None


def open_7z(data: bytes, budget: Budget) -> Opened:
    """Unpack a 7z archive in memory."""
    import lzma

    import py7zr
    from py7zr.io import BytesIOFactory

    try:
        with py7zr.SevenZipFile(io.BytesIO(data)) as archive:
            if archive.needs_password():
                raise UnreadableError(_ENCRYPTED)
            files = [entry for entry in archive.list() if not entry.is_directory]
            for entry in files:
                budget.take(entry.uncompressed, len(data))
            factory = BytesIOFactory(limits.PART)
            archive.extractall(factory=factory)
        return Opened(
            tuple(Member(name.replace("\\", "/"), file.read()) for name, file in factory.products.items())
        )
    except py7zr.PasswordRequired as error:  # even the list of names is encrypted
        raise UnreadableError(_ENCRYPTED) from error
    except (
        py7zr.Bad7zFile,
        py7zr.UnsupportedCompressionMethodError,
        lzma.LZMAError,
        OSError,
        EOFError,
    ) as error:
        raise UnreadableError(_BROKEN) from error
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, AssertionError) as error:
        raise UnreadableError(_BROKEN) from error  # py7zr meets mutated headers with any of these


def open_rar(data: bytes, budget: Budget) -> Opened:
    """Unpack a rar archive with the program that is installed for it; without one say so."""
    import rarfile

    try:
        with rarfile.RarFile(io.BytesIO(data)) as archive:
            if archive.needs_password():
                raise UnreadableError(_ENCRYPTED)
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            if not entries:
                raise UnreadableError(_BROKEN)
            members = []
            for entry in entries:
                budget.take(entry.file_size, entry.compress_size)
                members.append(Member(entry.filename.replace("\\", "/"), archive.read(entry)))
        return Opened(tuple(members))
    except rarfile.RarCannotExec as error:
        raise UnreadableError(
            "是 rar 压缩包，本机没有解压程序，请解压后放进收件文件夹，或请对方改用 zip 发送"
        ) from error
    except (rarfile.Error, OSError, ValueError) as error:
        raise UnreadableError(_BROKEN) from error


Opener = Callable[[bytes, Budget], Opened]


def unique(members: tuple[Member, ...]) -> Iterator[tuple[str, Member]]:
    """Yield each member with a name of its own: a second one of the same name is told apart by its number."""
    seen: dict[str, int] = {}
    for member in members:
        seen[member.name] = seen.get(member.name, 0) + 1
        number = seen[member.name]
        yield (member.name if number == 1 else f"{member.name}（{number}）"), member
