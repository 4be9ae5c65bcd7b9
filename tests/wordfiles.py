"""Word documents for tests, made from raw XML so that each test shows exactly the markup it is about.

Every function returns a piece of WordprocessingML as text; ``docx`` packs the pieces into the bytes of a file.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

_SPACES = " ".join(
    f'xmlns:{prefix}="{address}"'
    for prefix, address in (
        ("w", "http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
        ("r", "http://schemas.openxmlformats.org/officeDocument/2006/relationships"),
        ("m", "http://schemas.openxmlformats.org/officeDocument/2006/math"),
        ("mc", "http://schemas.openxmlformats.org/markup-compatibility/2006"),
        ("w14", "http://schemas.microsoft.com/office/word/2010/wordml"),
        ("wps", "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"),
        ("wp", "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"),
        ("a", "http://schemas.openxmlformats.org/drawingml/2006/main"),
        ("pic", "http://schemas.openxmlformats.org/drawingml/2006/picture"),
        ("v", "urn:schemas-microsoft-com:vml"),
    )
)
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
ROOT_RELATIONS = (
    f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="rId1" Type="{_OFFICE}/officeDocument" '
    f'Target="word/document.xml"/></Relationships>'
)
CONTENT_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)


def part(name: str, content: str) -> str:
    """Return a whole XML part whose root is ``w:name``."""
    return f"<w:{name} {_SPACES}>{content}</w:{name}>"


def docx(body: str, parts: Mapping[str, str | bytes] | None = None) -> bytes:
    """Return the bytes of a docx with ``body`` in ``w:body`` and further ``parts`` by name (``word/styles.xml``)."""
    members: dict[str, str | bytes] = {
        "[Content_Types].xml": CONTENT_TYPES,
        "_rels/.rels": ROOT_RELATIONS,
        "word/document.xml": part("document", f"<w:body>{body}</w:body>"),
        **(parts or {}),
    }
    return packed(members)


def packed(members: Mapping[str, str | bytes]) -> bytes:
    """Return a zip of ``members``."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def _is_markup(piece: str) -> bool:
    return piece.startswith(("<w:", "<mc:", "<m:"))


def t(text: str) -> str:
    """Return ``w:t``."""
    return f'<w:t xml:space="preserve">{escape(text)}</w:t>'


def r(content: str, properties: str = "") -> str:
    """Return a run; ``content`` is text unless it is markup already."""
    inner = content if _is_markup(content) else t(content)
    return f"<w:r>{f'<w:rPr>{properties}</w:rPr>' if properties else ''}{inner}</w:r>"


def p(*content: str, properties: str = "") -> str:
    """Return a paragraph; pieces that are no markup become runs."""
    inner = "".join(piece if _is_markup(piece) else r(piece) for piece in content if piece)
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{inner}</w:p>"


def tc(*blocks: str, properties: str = "") -> str:
    """Return a table cell; a block that is no markup becomes a paragraph."""
    inner = "".join(block if _is_markup(block) else p(block) for block in blocks) or p()
    return f"<w:tc>{f'<w:tcPr>{properties}</w:tcPr>' if properties else ''}{inner}</w:tc>"


def tr(*cells: str, properties: str = "") -> str:
    """Return a table row; a cell that is no markup becomes a cell of one paragraph."""
    inner = "".join(cell if _is_markup(cell) else tc(cell) for cell in cells)
    return f"<w:tr>{f'<w:trPr>{properties}</w:trPr>' if properties else ''}{inner}</w:tr>"


def tbl(*rows: str | Sequence[str]) -> str:
    """Return a table; a row may be given as the texts of its cells."""
    inner = "".join(row if isinstance(row, str) else tr(*row) for row in rows)
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{inner}</w:tbl>"


def sdt(content: str, *, prompt: bool = False) -> str:
    """Return a content control around ``content``; with ``prompt`` it still shows its placeholder."""
    shown = "<w:showingPlcHdr/>" if prompt else ""
    return f"<w:sdt><w:sdtPr>{shown}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"


def wrapped(name: str, content: str) -> str:
    """Return ``content`` inside ``w:name`` (ins, moveTo, smartTag, customXml, hyperlink …)."""
    return f"<w:{name}>{content}</w:{name}>"


def deleted(text: str, name: str = "del") -> str:
    """Return a run deleted by tracking (``name`` ``moveFrom``: moved away)."""
    return f'<w:{name}><w:r><w:delText xml:space="preserve">{escape(text)}</w:delText></w:r></w:{name}>'


def field(result: str, code: str = "DATE") -> str:
    """Return the runs of a complex field with ``code`` and the runs ``result`` that it shows."""
    return (
        r('<w:fldChar w:fldCharType="begin"/>')
        + r(f"<w:instrText>{escape(code)}</w:instrText>")
        + r('<w:fldChar w:fldCharType="separate"/>')
        + result
        + r('<w:fldChar w:fldCharType="end"/>')
    )


def checkbox(state: str) -> str:
    """Return a FORMCHECKBOX field; ``state`` is its markup (``<w:checked/>``, ``<w:default w:val="0"/>``)."""
    begin = (
        f'<w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox>{state}</w:checkBox></w:ffData></w:fldChar>'
    )
    rest = r("<w:instrText> FORMCHECKBOX </w:instrText>") + r('<w:fldChar w:fldCharType="end"/>')
    return r(begin) + rest


def text_box(*paragraphs: str) -> str:
    """Return a run with a text box as Word writes it: once as a shape, once more as VML for old readers."""
    content = f"<w:txbxContent>{''.join(paragraphs)}</w:txbxContent>"
    shape = f"<w:drawing><wp:anchor><a:graphic><wps:wsp><wps:txbx>{content}</wps:txbx></wps:wsp></a:graphic></wp:anchor></w:drawing>"
    old = f"<w:pict><v:shape><v:textbox>{content}</v:textbox></v:shape></w:pict>"
    return r(
        f'<mc:AlternateContent><mc:Choice Requires="wps">{shape}</mc:Choice>'
        f"<mc:Fallback>{old}</mc:Fallback></mc:AlternateContent>"
    )


def picture() -> str:
    """Return a run with an inline image."""
    return r(
        "<w:drawing><wp:inline><a:graphic><a:graphicData><pic:pic/></a:graphicData></a:graphic></wp:inline></w:drawing>"
    )


def numbered(number: int, level: int = 0) -> str:
    """Return the paragraph properties of an item of list ``number``."""
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'


def level(index: int, style: str = "decimal", text: str = "", extra: str = "", start: int = 1) -> str:
    """Return ``w:lvl`` of a list definition; ``text`` is the pattern (default ``%n.``)."""
    shown = text or f"%{index + 1}."
    return (
        f'<w:lvl w:ilvl="{index}"><w:start w:val="{start}"/><w:numFmt w:val="{style}"/>{extra}'
        f'<w:lvlText w:val="{escape(shown)}"/></w:lvl>'
    )


def numbering(definitions: Mapping[int, str], lists: Mapping[int, tuple[int, str]]) -> str:
    """Return ``numbering.xml``: levels by abstract id, and for each list its abstract id and its overrides."""
    abstract = "".join(
        f'<w:abstractNum w:abstractNumId="{key}">{levels}</w:abstractNum>'
        for key, levels in definitions.items()
    )
    used = "".join(
        f'<w:num w:numId="{key}"><w:abstractNumId w:val="{base}"/>{overrides}</w:num>'
        for key, (base, overrides) in lists.items()
    )
    return part("numbering", abstract + used)


def custom(properties: Mapping[str, str]) -> str:
    """Return ``docProps/custom.xml``."""
    space = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
    types = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
    inner = "".join(
        f'<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="{number}" name="{name}">'
        f"<vt:lpwstr>{escape(value)}</vt:lpwstr></property>"
        for number, (name, value) in enumerate(properties.items(), start=2)
    )
    return f'<Properties xmlns="{space}" xmlns:vt="{types}">{inner}</Properties>'


def core(identifier: str) -> str:
    """Return ``docProps/core.xml`` with a ``dc:identifier``."""
    return (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:identifier>{escape(identifier)}</dc:identifier></cp:coreProperties>"
    )
