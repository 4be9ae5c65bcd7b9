"""An OOXML package as its members: reading, writing the same bytes for the same content, and identities.

Knows zip and the package's properties; does not know what stands in a document.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from forms import HongtouError, Identity

_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest time that zip can tell
_TYPES = "[Content_Types].xml"
_ROOT_RELS = "_rels/.rels"
_CORE = "docProps/core.xml"
_CUSTOM = "docProps/custom.xml"
_CUSTOM_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_CORE_TYPE = "application/vnd.openxmlformats-package.core-properties+xml"
_CUSTOM_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"
_CORE_REL = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
_PROPERTIES = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_VALUES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_CP = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
_DC = "http://purl.org/dc/elements/1.1/"
_FORMAT_ID = (
    "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"  # the set of user-defined properties ([MS-OLEPS] 2.25.1)
)


class OutputError(HongtouError):
    """An output cannot be written."""

    exit_code = 3


class TemplateError(HongtouError):
    """A template of the work folder, or a text that it takes, cannot be used."""


def members_of(source: Path | bytes, what: str = "模板") -> dict[str, bytes]:
    """Return the members of a package by name, in their order; raise ``TemplateError`` for what is no package."""
    name = source.name if isinstance(source, Path) else "文档"
    try:
        with zipfile.ZipFile(source if isinstance(source, Path) else io.BytesIO(source)) as archive:
            return {info.filename: archive.read(info) for info in archive.infolist() if not info.is_dir()}
    except FileNotFoundError as error:
        mend = "请把它放回原处，或重新安装 hongtou" if what == "模板" else "请看文件名对不对"
        raise TemplateError(f"找不到{what} {name}。{mend}") from error
    except (OSError, zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
        raise TemplateError(
            f"{what} {name} 打不开。请确认它是 .docx 文件（不是 .doc 改的名），没有加密，也没有损坏"
        ) from error


def packed(members: Mapping[str, bytes]) -> bytes:
    """Return the zip of ``members``: same members, same bytes, whatever the day."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(members, key=lambda name: (name != _TYPES, name != _ROOT_RELS)):
            info = zipfile.ZipInfo(name, _EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 0  # the same bytes on Windows and elsewhere
            archive.writestr(info, members[name])
    return buffer.getvalue()


@dataclass(frozen=True, slots=True)
class Bundle:
    """The members of a package that stay the same in many documents, deflated once.

    ``records`` are their local records, ``directory`` their central entries (PKWARE APPNOTE 4.3.7, 4.3.12).
    """

    records: bytes
    directory: bytes
    count: int

    def with_members(self, members: Mapping[str, bytes]) -> bytes:
        """Return the zip of the kept members, copied as they are, and of ``members``, deflated now."""
        records, directory = [self.records], [self.directory]
        at = len(self.records)
        for name, data in members.items():
            record, entry = _record(name, data, at)
            records.append(record)
            directory.append(entry)
            at += len(record)
        entries = b"".join(directory)
        count = self.count + len(members)
        end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, count, count, len(entries), at, 0)
        return b"".join((*records, entries, end))


def bundle(members: Mapping[str, bytes]) -> Bundle:
    """Deflate ``members`` for use in many packages; each stays below the 4 GB that a zip without extensions holds."""
    records, directory, at = [], [], 0
    for name in sorted(members, key=lambda name: (name != _TYPES, name != _ROOT_RELS)):
        record, entry = _record(name, members[name], at)
        records.append(record)
        directory.append(entry)
        at += len(record)
    return Bundle(b"".join(records), b"".join(directory), len(members))


def _record(name: str, data: bytes, at: int) -> tuple[bytes, bytes]:
    """Return local record and central entry of a member that stands ``at`` this offset; its time is 1 January 1980."""
    deflate = zlib.compressobj(-1, zlib.DEFLATED, -zlib.MAX_WBITS)
    packed_data = deflate.compress(data) + deflate.flush()
    encoded = name.encode()
    common = struct.pack(
        "<5H3L2H",
        20,  # version needed: deflate
        0x800 if len(encoded) != len(name) else 0,  # the name is UTF-8
        zipfile.ZIP_DEFLATED,
        0,
        0x21,  # 1 January 1980
        zlib.crc32(data),
        len(packed_data),
        len(data),
        len(encoded),
        0,
    )
    entry = b"PK\1\2" + struct.pack("<H", 20) + common + struct.pack("<3H2L", 0, 0, 0, 0, at) + encoded
    return b"PK\3\4" + common + encoded + packed_data, entry


def with_identity(members: Mapping[str, bytes], identity: Identity) -> dict[str, bytes]:
    """Return ``members`` with ``identity`` in ``docProps/custom.xml`` and ``dc:identifier``; other properties stay."""
    found = dict(members)
    found[_CUSTOM] = _custom(found.get(_CUSTOM), identity)
    found[_CORE] = _core(found.get(_CORE), identity)
    found[_TYPES] = _declared(found[_TYPES])
    found[_ROOT_RELS] = _related(found[_ROOT_RELS])
    return found


def _custom(data: bytes | None, identity: Identity) -> bytes:
    from lxml import etree

    empty = f'<Properties xmlns="{_PROPERTIES}" xmlns:vt="{_VALUES}"/>'.encode()
    root = etree.fromstring(data or empty)
    for old in [item for item in root if item.get("name") in identity.properties]:
        root.remove(old)
    number = max((int(item.get("pid", "1")) for item in root), default=1)  # 0 and 1 are reserved
    for name, value in identity.properties.items():
        number += 1
        attributes = {"fmtid": _FORMAT_ID, "pid": str(number), "name": name}
        item = etree.SubElement(root, f"{{{_PROPERTIES}}}property", attributes)
        etree.SubElement(item, f"{{{_VALUES}}}lpwstr").text = value
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _core(data: bytes | None, identity: Identity) -> bytes:
    from lxml import etree

    root = etree.fromstring(data or f'<cp:coreProperties xmlns:cp="{_CP}" xmlns:dc="{_DC}"/>'.encode())
    element = root.find(f"{{{_DC}}}identifier")
    if element is None:
        element = etree.SubElement(root, f"{{{_DC}}}identifier")
    element.text = identity.identifier
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _declared(data: bytes) -> bytes:
    from lxml import etree

    root = etree.fromstring(data)
    space = root.nsmap[None]
    known = {item.get("PartName") for item in root}
    for part, kind in ((_CORE, _CORE_TYPE), (_CUSTOM, _CUSTOM_TYPE)):
        if f"/{part}" not in known:
            etree.SubElement(root, f"{{{space}}}Override", {"PartName": f"/{part}", "ContentType": kind})
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _related(data: bytes) -> bytes:
    from lxml import etree

    root = etree.fromstring(data)
    space = root.nsmap[None]
    known = {item.get("Type") for item in root}
    ids = {item.get("Id") for item in root}
    for part, kind, ident in ((_CORE, _CORE_REL, "rIdCore"), (_CUSTOM, _CUSTOM_REL, "rIdCustom")):
        if kind not in known and ident not in ids:
            attributes = {"Id": ident, "Type": kind, "Target": part}
            etree.SubElement(root, f"{{{space}}}Relationship", attributes)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
