"""A Word file from the XML of its body: the parts that Word writes around it, zipped so that the bytes never vary."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping
from html import escape

from .marks import Extras

NAMESPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "v": "urn:schemas-microsoft-com:vml",
}
DECLARED = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items())
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_ROOTS = ("word/document.xml", "docProps/core.xml", "docProps/custom.xml", "docProps/app.xml")
_MOMENT = (2020, 7, 1, 8, 0, 0)
_STYLES = (
    '<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Times New Roman" w:eastAsia="宋体" '
    'w:hAnsi="Times New Roman"/><w:kern w:val="2"/><w:sz w:val="21"/><w:lang w:val="en-US" w:eastAsia="zh-CN"/>'
    '</w:rPr></w:rPrDefault></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="a">'
    '<w:name w:val="Normal"/><w:qFormat/><w:pPr><w:jc w:val="both"/></w:pPr></w:style>'
    '<w:style w:type="table" w:default="1" w:styleId="a1"><w:name w:val="Normal Table"/><w:tblPr>'
    '<w:tblCellMar><w:left w:w="108" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar>'
    "</w:tblPr></w:style>"
)
# number → (format, text of level 1): the three ways in which 公文 number their items
LISTS = {
    "1": ("decimal", "%1."),
    "2": ("chineseCountingThousand", "%1、"),
    "3": ("chineseCountingThousand", "（%1）"),
}


def document(body: str, extras: Extras, properties: Mapping[str, str], identifier: str = "") -> bytes:
    """Return the docx whose ``w:body`` holds ``body``; ``properties`` become custom document properties."""
    parts = _parts(extras, properties)
    references = '<w:headerReference w:type="default" r:id="rIdHeader"/>' if extras.header else ""
    section = (
        f'<w:sectPr>{references}<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1440" w:right="1588" '
        'w:bottom="1440" w:left="1588" w:header="851" w:footer="992" w:gutter="0"/></w:sectPr>'
    )
    parts["word/document.xml"] = _wrap("w:document", f"<w:body>{body}{section}</w:body>")
    parts["docProps/core.xml"] = _core(identifier)
    return package(parts)


def package(parts: Mapping[str, str | bytes]) -> bytes:
    """Zip ``parts`` by name as a docx; content types and relations follow from which parts there are."""
    kinds = {name: found for name in parts if (found := _KINDS.get(name))}
    types = "".join(f'<Override PartName="/{name}" ContentType="{kind[0]}"/>' for name, kind in kinds.items())
    content = (
        f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
        f'ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>{types}</Types>'
    )
    inner = {k.removeprefix("word/"): v for k, v in kinds.items() if k not in _ROOTS}
    whole = {
        "[Content_Types].xml": content,
        "_rels/.rels": _relations({k: v for k, v in kinds.items() if k in _ROOTS}),
        **parts,
        "word/_rels/document.xml.rels": _relations(inner),
    }
    return pack(whole)


def pack(parts: Mapping[str, str | bytes]) -> bytes:
    """Return a zip of ``parts`` with one fixed time, so that the same parts give the same bytes."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(zipfile.ZipInfo(name, _MOMENT), data, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def settle(data: bytes, change: Callable[[str], str] | None = None) -> bytes:
    """Repack an office file made by a library: fixed times inside and outside, so that the bytes never vary.

    ``change`` is done to the text of ``word/document.xml``, if given.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    core = parts.get("docProps/core.xml")
    if isinstance(core, bytes):
        fixed = rb"\g<1>2020-07-01T08:00:00Z\g<2>"
        parts["docProps/core.xml"] = re.sub(
            rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(</dcterms:)", fixed, core
        )
    main = parts.get("word/document.xml")
    if change and isinstance(main, bytes):
        parts["word/document.xml"] = change(main.decode("utf-8"))
    return pack(parts)


_KINDS = {
    "word/document.xml": (f"{_TYPE}.document.main+xml", f"{_OFFICE}/officeDocument", "rIdDocument"),
    "docProps/core.xml": (
        "application/vnd.openxmlformats-package.core-properties+xml",
        f"{_PACKAGE}/relationships/metadata/core-properties",
        "rIdCore",
    ),
    "docProps/custom.xml": (
        "application/vnd.openxmlformats-officedocument.custom-properties+xml",
        f"{_OFFICE}/custom-properties",
        "rIdCustom",
    ),
    "docProps/app.xml": (
        "application/vnd.openxmlformats-officedocument.extended-properties+xml",
        f"{_OFFICE}/extended-properties",
        "rIdApplication",
    ),
    "word/webSettings.xml": (f"{_TYPE}.webSettings+xml", f"{_OFFICE}/webSettings", "rIdWeb"),
    "word/styles.xml": (f"{_TYPE}.styles+xml", f"{_OFFICE}/styles", "rIdStyles"),
    "word/settings.xml": (f"{_TYPE}.settings+xml", f"{_OFFICE}/settings", "rIdSettings"),
    "word/fontTable.xml": (f"{_TYPE}.fontTable+xml", f"{_OFFICE}/fontTable", "rIdFonts"),
    "word/theme/theme1.xml": (
        "application/vnd.openxmlformats-officedocument.theme+xml",
        f"{_OFFICE}/theme",
        "rIdTheme",
    ),
    "word/numbering.xml": (f"{_TYPE}.numbering+xml", f"{_OFFICE}/numbering", "rIdNumbering"),
    "word/footnotes.xml": (f"{_TYPE}.footnotes+xml", f"{_OFFICE}/footnotes", "rIdFootnotes"),
    "word/comments.xml": (f"{_TYPE}.comments+xml", f"{_OFFICE}/comments", "rIdComments"),
    "word/header1.xml": (f"{_TYPE}.header+xml", f"{_OFFICE}/header", "rIdHeader"),
    "word/media/image1.png": ("image/png", f"{_OFFICE}/image", "rIdPicture"),
}


def _relations(kinds: Mapping[str, tuple[str, str, str]]) -> str:
    items = "".join(
        f'<Relationship Id="{number}" Type="{kind}" Target="{target}"/>'
        for target, (_, kind, number) in sorted(kinds.items())
    )
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{items}</Relationships>'


def _wrap(tag: str, inside: str) -> str:
    return f"{_HEAD}<{tag} {DECLARED}>{inside}</{tag}>"


def _parts(extras: Extras, properties: Mapping[str, str]) -> dict[str, str | bytes]:
    parts: dict[str, str | bytes] = {
        "word/styles.xml": _wrap("w:styles", _STYLES),
        "word/settings.xml": _wrap("w:settings", '<w:zoom w:percent="100"/>'),
    }
    if extras.lists:
        parts["word/numbering.xml"] = _wrap("w:numbering", _numbering(extras.lists))
    if extras.footnotes:
        parts["word/footnotes.xml"] = _wrap("w:footnotes", _footnotes(extras.footnotes))
    if extras.comments:
        parts["word/comments.xml"] = _wrap("w:comments", _comments(extras.comments))
    if extras.header:
        parts["word/header1.xml"] = _wrap("w:hdr", extras.header)
    if extras.picture:
        parts["word/media/image1.png"] = photograph()
    if properties:
        parts["docProps/custom.xml"] = _custom(properties)
    return parts


def _plain(text: str) -> str:
    return f'<w:p><w:r><w:t xml:space="preserve">{escape(text, quote=False)}</w:t></w:r></w:p>'


def _numbering(lists: list[str]) -> str:
    # every list of a document has a number of its own, so that each begins at one
    abstract, numbers = "", ""
    for place, name in enumerate(lists, start=1):
        kind, text = LISTS[name]
        abstract += (
            f'<w:abstractNum w:abstractNumId="{place}"><w:multiLevelType w:val="singleLevel"/><w:lvl w:ilvl="0">'
            f'<w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:suff w:val="nothing"/><w:lvlText w:val="{text}"/>'
            "</w:lvl></w:abstractNum>"
        )
        numbers += f'<w:num w:numId="{place}"><w:abstractNumId w:val="{place}"/></w:num>'
    return abstract + numbers


def _footnotes(texts: list[str]) -> str:
    bars = (
        '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
        '<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p>'
        "</w:footnote>"
    )
    notes = (f'<w:footnote w:id="{n}">{_plain(text)}</w:footnote>' for n, text in enumerate(texts, start=1))
    return bars + "".join(notes)


def _comments(texts: list[str]) -> str:
    head = 'w:author="审核" w:date="2020-11-26T09:00:00Z" w:initials="审"'
    return "".join(
        f'<w:comment w:id="{n}" {head}>{_plain(text)}</w:comment>' for n, text in enumerate(texts, start=1)
    )


def _core(identifier: str) -> str:
    about = f"<dc:identifier>{escape(identifier)}</dc:identifier>" if identifier else ""
    return (
        f'{_HEAD}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        f'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">{about}<dcterms:created '
        'xsi:type="dcterms:W3CDTF">2020-07-01T08:00:00Z</dcterms:created></cp:coreProperties>'
    )


def _custom(properties: Mapping[str, str]) -> str:
    items = "".join(
        f'<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="{pid}" name="{escape(name)}">'
        f"<vt:lpwstr>{escape(value)}</vt:lpwstr></property>"
        for pid, (name, value) in enumerate(properties.items(), start=2)
    )
    return (
        f'{_HEAD}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
        f'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">{items}</Properties>'
    )


def photograph(width: int = 240, height: int = 160) -> bytes:
    """Return a small PNG that stands for a photo: a sky, a field and a sun."""

    def pixel(x: int, y: int) -> bytes:
        if (x - 190) ** 2 + (y - 40) ** 2 < 400:
            return bytes((250, 220, 120))
        return bytes((150, 190, 230)) if y < 95 else bytes((110, 160 - y // 4, 80))

    rows = b"".join(b"\0" + b"".join(pixel(x, y) for x in range(width)) for y in range(height))

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(rows, 9))
        + chunk(b"IEND", b"")
    )
