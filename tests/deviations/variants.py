"""The same Word or Excel file in another dress: with macros allowed, strict, flat, as a web archive, under a wrong name."""

from __future__ import annotations

import base64
import io
import re
import zipfile
from collections.abc import Callable

from .flatsheets import excel_2003

_PACKAGE = "http://schemas.microsoft.com/office/2006/xmlPackage"
_STRICT = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "http://purl.oclc.org/ooxml/wordprocessingml/main",
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main": "http://purl.oclc.org/ooxml/spreadsheetml/main",
    "http://schemas.openxmlformats.org/drawingml/2006/": "http://purl.oclc.org/ooxml/drawingml/",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships": "http://purl.oclc.org/ooxml/officeDocument/relationships",
}


def _parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def _pack(parts: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in parts.items():
            packed.writestr(zipfile.ZipInfo(name, (2020, 7, 1, 8, 0, 0)), data, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def with_macros(data: bytes) -> bytes:
    """Return the file as one that may hold macros (docm, xlsm): its main part's content type says so."""
    parts = _parts(data)
    types = parts["[Content_Types].xml"].decode("utf-8")
    for old, new in (
        (
            "vnd.openxmlformats-officedocument.wordprocessingml.document.main",
            "vnd.ms-word.document.macroEnabled.main",
        ),
        (
            "vnd.openxmlformats-officedocument.spreadsheetml.sheet.main",
            "vnd.ms-excel.sheet.macroEnabled.main",
        ),
    ):
        types = types.replace(old, new)
    parts["[Content_Types].xml"] = types.encode("utf-8")
    return _pack(parts)


def strict(data: bytes) -> bytes:
    """Return the file in the strict variant of ISO/IEC 29500: other namespaces, the same elements."""
    parts = _parts(data)
    for name, part in parts.items():
        if name.endswith((".xml", ".rels")) and name != "[Content_Types].xml":
            text = part.decode("utf-8")
            for old, new in _STRICT.items():
                text = text.replace(old, new)
            parts[name] = text.replace("<w:document ", '<w:document w:conformance="strict" ', 1).encode(
                "utf-8"
            )
    return _pack(parts)


def flat(data: bytes) -> bytes:
    """Return a docx as one XML file (flat OPC), as Word saves it under "Word XML 文档"."""
    parts = _parts(data)
    types = parts.pop("[Content_Types].xml").decode("utf-8")
    kinds = dict(re.findall(r'PartName="([^"]+)" ContentType="([^"]+)"', types))
    made = []
    for name, part in parts.items():
        kind = kinds.get(f"/{name}", "application/vnd.openxmlformats-package.relationships+xml")
        if name.endswith((".xml", ".rels")):
            inside = re.sub(r"<\?xml[^>]*\?>\s*", "", part.decode("utf-8"))
            body = f"<pkg:xmlData>{inside}</pkg:xmlData>"
        else:
            body = f"<pkg:binaryData>{base64.b64encode(part).decode('ascii')}</pkg:binaryData>"
        made.append(f'<pkg:part pkg:name="/{name}" pkg:contentType="{kind}">{body}</pkg:part>')
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<?mso-application progid="Word.Document"?>\n'
    return f'{head}<pkg:package xmlns:pkg="{_PACKAGE}">{"".join(made)}</pkg:package>'.encode()


def word_2003(data: bytes) -> bytes:
    """Return a docx without drawings as Word 2003 XML: older namespace, ``vmerge`` for ``vMerge``, sections of ``wx``."""
    text = _parts(data)["word/document.xml"].decode("utf-8")
    body = text[text.index("<w:body>") + len("<w:body>") : text.index("</w:body>")].replace(
        "<w:vMerge", "<w:vmerge"
    )
    names = (
        'xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml" '
        'xmlns:wx="http://schemas.microsoft.com/office/word/2003/auxHint" w:macrosPresent="no" xml:space="preserve"'
    )
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<?mso-application progid="Word.Document"?>\n'
    return (
        f"{head}<w:wordDocument {names}><w:body><wx:sect>{body}</wx:sect></w:body></w:wordDocument>".encode()
    )


def web_archive(page: bytes, charset: str) -> bytes:
    """Return the web page ``page`` as a single-file archive (MHT), as Word saves it."""
    head = (
        "MIME-Version: 1.0\r\n"
        'Content-Type: multipart/related; boundary="----=_NextPart_01"; type="text/html"\r\n\r\n'
        "------=_NextPart_01\r\nContent-Location: file:///C:/1/form.htm\r\n"
        f'Content-Transfer-Encoding: base64\r\nContent-Type: text/html; charset="{charset}"\r\n\r\n'
    )
    return head.encode("ascii") + base64.encodebytes(page) + b"\r\n------=_NextPart_01--\r\n"


DRESSED: dict[str, tuple[str, str, Callable[[bytes], bytes]]] = {
    "docm": ("docx", "docm", with_macros),
    "xlsm": ("xlsx", "xlsm", with_macros),
    "strict": ("docx", "docx", strict),
    "word2003": ("docx", "xml", word_2003),
    "flat": ("docx", "xml", flat),
    "excel2003": ("xlsx", "xml", excel_2003),
    "misnamed": ("docx", "doc", bytes),
    "misnamed-xls": ("xlsx", "xls", bytes),
}
"""Name of the dress → the native format it is made of, the file's ending, what is done to the bytes."""
