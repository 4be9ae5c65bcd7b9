"""What a file really is, told by its first bytes and never by its name; and which files are no returns at all.

Knows signatures; does not read documents.
"""

from __future__ import annotations

import io
import posixpath
import re
import struct
import zipfile

from .gate import crowded
from .readers.package import Package
from .unreadable import UnreadableError

PICTURE = "图片"
_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
    (b"%PDF-", "pdf"),
    (b"{\\rtf", "rtf"),
    (b"Rar!\x1a\x07", "rar"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"\x78\x9f\x3e\x22", "tnef"),
    (b"\x89PNG\r\n\x1a\n", PICTURE),
    (b"\xff\xd8\xff", PICTURE),
    (b"GIF8", PICTURE),
    (b"BM", PICTURE),
    (b"II*\x00", PICTURE),
    (b"MM\x00*", PICTURE),
    (b"PK\x07\x08", "broken"),  # the first of a split archive
    (b"\x1f\x8b\x08", "packed"),
    (b"BZh", "packed"),
    (b"\xfd7zXZ\0", "packed"),
    (b"MSCF", "packed"),
)
_TAR = b"ustar"
_STRANGERS = (
    ("ppt/presentation.xml", "幻灯片"),
    ("xl/workbook.bin", "二进制工作簿（xlsb）"),
    ("OFD.xml", "OFD 版式文件"),
    ("Index/Document.iwa", "苹果电脑的文稿"),
)
_FRAMES = ("[Content_Types].xml", "META-INF/manifest.xml")
"""Parts that a package of an office program has, whatever it holds."""
_LAST_RECORD = (1 << 16) + 22  # the end record and the longest comment after it
_ENCRYPTED = "EncryptedPackage"
_STREAMS = (("WordDocument", "doc"), ("Workbook", "xls"), ("Book", "xls"))
_MESSAGE = "__properties_version1.0"
_ENTRY = 128  # bytes of an entry in the directory of a compound file, which begins with the name
_OPEN_DOCUMENTS = (
    (b"opendocument.text", "odt"),
    (b"opendocument.spreadsheet", "ods"),
    (b"opendocument.presentation", "幻灯片"),
)
_XML = (
    (b"schemas.microsoft.com/office/2006/xmlpackage", "flatword"),
    (b"schemas.microsoft.com/office/word/2003/wordml", "flatword"),
    (b"urn:schemas-microsoft-com:office:spreadsheet", "flatexcel"),
    (b'mimetype="application/vnd.oasis.opendocument.text', "flatodt"),
    (b'mimetype="application/vnd.oasis.opendocument.spreadsheet', "flatods"),
    (b"<html", "html"),
)
_PAGE = re.compile(rb"<(?:!doctype html|html|head|body|table|meta|div|p|style)\b")
_MAIL = re.compile(rb"(?:mime-version|from|content-type|subject|date|x-[\w-]+):", re.IGNORECASE)
_SENT = re.compile(rb"^(?:to|received|message-id|delivered-to|return-path):", re.MULTILINE)
_HEADERS = re.compile(
    rb"^(?:from|to|subject|date|message-id|received|mime-version|content-type|return-path|x-[\w-]+):",
    re.MULTILINE,
)
_ARCHIVE = re.compile(rb"content-type:\s*(?:multipart/related|text/html)", re.IGNORECASE)
_SUFFIXES = {
    "docx": {".docx", ".docm", ".dotx", ".dotm"},
    "xlsx": {".xlsx", ".xlsm", ".xltx", ".xltm"},
    "doc": {".doc", ".wps", ".dot", ".wpt"},
    "xls": {".xls", ".et", ".xlt", ".ett"},
    "rtf": {".rtf"},
    "odt": {".odt", ".ott"},
    "ods": {".ods", ".ots"},
    "html": {".html", ".htm"},
    "mht": {".mht", ".mhtml"},
    "pdf": {".pdf"},
    "flatword": {".xml"},
    "flatexcel": {".xml"},
    "flatodt": {".fodt", ".xml"},
    "flatods": {".fods", ".xml"},
    "csv": {".csv", ".txt", ".tsv"},
    "txt": {".txt", ".csv"},
}
_PASSED_OVER = re.compile(
    r"~\$.*|\.~.*|.*\.(?:tmp|temp|crdownload|part|downloading|lnk)|thumbs\.db|desktop\.ini|\.ds_store|\._.*",
    re.IGNORECASE,
)
_READABLE = "docx、doc、wps、xlsx、xls、et、rtf、odt、ods、网页、PDF、csv 和 txt"


def sniff(data: bytes) -> str:
    """Return what ``data`` is: a key of the readers, or a container, encrypted, broken, 图片, empty or unknown.

    Raise ``UnreadableError`` for a package that the gate refuses before it tells what it is.
    """
    if not data.strip(b"\x00\r\n\t "):
        return "empty"
    kind = next((kind for signature, kind in _SIGNATURES if data.startswith(signature)), "")
    if kind == "zip":
        return _office(data)
    if kind == "ole":
        return _compound(data)
    if kind:
        return kind
    return "packed" if data.startswith(_TAR, 257) else _text(data)


def _compound(data: bytes) -> str:
    """Tell Word from Excel by the streams of a compound file, named in its directory."""
    if _holds(data, _ENCRYPTED):
        return "encrypted"
    if _holds(data, _MESSAGE):
        return "msg"
    found = [kind for stream, kind in _STREAMS if _holds(data, stream)]
    if not found:
        return "ole" if _opens(data) else "broken"  # a download that broke off has lost its directory
    if len(set(found)) < 2:
        return found[0]
    return _outer(data, found[0])  # one stands inside the other


def _opens(data: bytes) -> bool:
    from .readers.olefile97 import Compound

    try:
        return bool(Compound(data).names())
    except UnreadableError:
        return False


def _holds(data: bytes, stream: str) -> bool:
    name = (stream + "\0").encode("utf-16-le")
    position = data.find(name)
    while position >= 0 and position % _ENTRY:
        position = data.find(name, position + 1)
    return position >= 0


def _outer(data: bytes, default: str) -> str:
    from .readers.olefile97 import Compound

    try:
        compound = Compound(data)
    except UnreadableError:
        return default
    return next((kind for stream, kind in _STREAMS if stream in compound), default)


def _text(data: bytes) -> str:
    """Tell the formats that are text: pages, web archives, XML, tables and plain text."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = data[:8192].decode("utf-16", "ignore").encode().lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    else:
        head = data[:4096].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if head.startswith((b"{\\rtf", b"%pdf-")):
        return "rtf" if head.startswith(b"{") else "pdf"
    if head.startswith((b"<?xml", b"<pkg:", b"<w:", b"<workbook")):
        return next((kind for sign, kind in _XML if sign in head), "unknown")
    if head.startswith(b"<") and _PAGE.search(head):
        return "html"
    header = re.split(rb"\r?\n\r?\n", head, maxsplit=1)[0]
    if _MAIL.match(header) and _ARCHIVE.search(header) and not _SENT.search(header):
        return "mht"
    if head.startswith(b"from ") and _MAIL.search(head):
        return "mbox"
    if len(_HEADERS.findall(head)) >= 2:
        return "eml"
    from .readers.plaintext import decode, separator

    text = decode(data)
    if text is None:
        return "unknown"
    return "csv" if separator(text) else "txt"


def _office(data: bytes) -> str:
    if crowded(data):  # whoever opens it says so
        return "zip"
    directory = _directory(data).replace(b"\\", b"/")  # as some programs on Windows write
    for part, kind in ((b"word/document.xml", "docx"), (b"xl/workbook.xml", "xlsx")):
        if part in directory:
            return kind
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return "broken"
    if any(name.startswith("word/") for name in names):
        return "docx"
    if "content.xml" in names:
        return _open_document(data)
    stranger = next((kind for part, kind in _STRANGERS if part in names), "")
    if stranger or any(part in names for part in _FRAMES):
        return stranger or "broken"
    return "xlsx" if any(name.startswith("xl/") for name in names) else "zip"


def _open_document(data: bytes) -> str:
    """Tell odt from ods by the media type, which stands in a part of its own and in the manifest."""
    package = Package(data)
    told = b"".join(package.read(part) for part in ("mimetype", "META-INF/manifest.xml") if part in package)
    return next((kind for sign, kind in _OPEN_DOCUMENTS if sign in told), "zip")


def _directory(data: bytes) -> bytes:
    """Return the central directory of a zip, where all member names stand; empty when its end record is missing."""
    end = data.rfind(b"PK\x05\x06", max(0, len(data) - _LAST_RECORD))
    if end < 0 or end + 20 > len(data):
        return b""
    size, offset = struct.unpack_from("<II", data, end + 12)
    return data[offset : offset + size]


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
        case "ole":
            return "是旧版 Office 的文件，但不是 Word 或 Excel 文件，请用 WPS 或 Office 另存为 docx 或 xlsx 后重发"
        case "packed":
            return "是这里打不开的压缩包（tar、gz、cab 等），请解压后放进收件文件夹，或请对方改用 zip 发送"
    if any(kind == stranger for _, stranger in _STRANGERS):
        return f"是{kind}，不是 Word 或 Excel 文件，请对方另存为 docx 或 xlsx 后重发"
    return f"认不出的格式，可读的有 {_READABLE}"


def passed_over(source: str) -> bool:
    """Whether ``source`` is a lock file, thumbnail or system file that was never meant as a return."""
    path = source.replace("!", "/")
    return _PASSED_OVER.fullmatch(posixpath.basename(path)) is not None or "/__MACOSX/" in f"/{path}/"


def misnamed(source: str, kind: str) -> bool:
    """Whether the suffix of ``source`` says something else than its content ``kind``."""
    suffix = posixpath.splitext(source.replace("!", "/"))[1].lower()
    return kind in _SUFFIXES and suffix not in _SUFFIXES[kind]
