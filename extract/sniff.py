"""What a file really is, told by its first bytes and never by its name; and which files are no returns at all.

Knows signatures; does not read documents.
"""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import PurePosixPath

_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
    (b"%PDF-", "pdf"),
    (b"{\\rtf", "rtf"),
    (b"Rar!\x1a\x07", "rar"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"\x89PNG\r\n\x1a\n", "图片"),
    (b"\xff\xd8\xff", "图片"),
    (b"GIF8", "图片"),
    (b"BM", "图片"),
    (b"II*\x00", "图片"),
    (b"MM\x00*", "图片"),
)
_DIRECTORY = 1 << 16
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_SUFFIXES = {"docx": {".docx", ".docm", ".dotx"}, "xlsx": {".xlsx", ".xlsm", ".xltx"}}
_PASSED_OVER = re.compile(
    r"~\$.*|\.~.*|.*\.(?:tmp|temp|crdownload|part|downloading|lnk)|thumbs\.db|desktop\.ini|\.ds_store|\._.*",
    re.IGNORECASE,
)
_SHOWN = {"ole": "旧版 Office 文件（doc/xls/wps/et）", "pdf": "PDF", "rtf": "RTF 文档", "html": "网页文件"}


def sniff(data: bytes) -> str:
    """Return what ``data`` is: docx, xlsx, zip, ole, encrypted, pdf, rtf, html, rar, 7z, 图片, empty or unknown."""
    if not data.strip(b"\x00\r\n\t "):
        return "empty"
    kind = next((kind for signature, kind in _SIGNATURES if data.startswith(signature)), "")
    if kind == "zip":
        return _office(data)
    if kind == "ole" and _ENCRYPTED in data[: 1 << 16]:
        return "encrypted"
    if kind:
        return kind
    head = data[:2048].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    return "html" if head.startswith((b"<html", b"<!doctype html", b"<table", b"<meta")) else "unknown"


def _office(data: bytes) -> str:
    directory = data[-_DIRECTORY:]  # member names stand unpacked at the end of a zip
    for part, kind in ((b"word/document.xml", "docx"), (b"xl/workbook.xml", "xlsx")):
        if part in directory and b"PK\x05\x06" in directory:
            return kind
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return "broken"
    if any(name.startswith("word/") for name in names):
        return "docx"
    return "xlsx" if any(name.startswith("xl/") for name in names) else "zip"


def refusal(kind: str) -> str:
    """Return the Chinese reason why a file of ``kind`` is not read, with the mend."""
    match kind:
        case "empty":
            return "空文件，里面什么也没有，请对方重新发送"
        case "broken":
            return "文件损坏或没有传完，请对方重新发送"
        case "encrypted":
            return "文件已加密，请取消密码后重发"
        case "图片":
            return "是图片，认不出里面的字，请对方发 Word 或 Excel 文件"
        case "zip" | "rar" | "7z":
            return "是压缩包，请解压后放进收件文件夹"
        case "ole":
            return "是旧版格式（doc/xls/wps/et），请用 WPS 或 Office 另存为 docx 或 xlsx 后重发"
        case "unknown":
            return "认不出的格式，可读的有 docx、xlsx"
    return f"是{_SHOWN.get(kind, kind)}，请对方改用 docx 或 xlsx 填报后重发"


def passed_over(source: str) -> bool:
    """Whether ``source`` is a lock file, thumbnail or system file that was never meant as a return."""
    path = PurePosixPath(source.replace("!", "/"))
    return _PASSED_OVER.fullmatch(path.name) is not None or "__MACOSX" in path.parts


def misnamed(source: str, kind: str) -> bool:
    """Whether the suffix of ``source`` says something else than its content ``kind``."""
    suffix = PurePosixPath(source.replace("!", "/")).suffix.lower()
    return kind in _SUFFIXES and suffix not in _SUFFIXES[kind]
