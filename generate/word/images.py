"""Pictures in a document: an inline one, and a seal that floats behind the words it is pressed on.

Knows the parts of a package that a picture needs; does not know what is on it.
"""

from __future__ import annotations

from pathlib import Path

from lxml import etree

from generate.package import TemplateError

from .parts import Package, declare, relate
from .styles import W

_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SPACES = (
    f'xmlns:w="{W}" xmlns:r="{_R}" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
)
_EMU = 635


def anchored(package: Package, image: Path, size: int, offset: tuple[int, int]) -> etree._Element:
    """Return a run with ``image``, ``size`` twips wide, behind the text; ``offset`` is from column and paragraph."""
    ident, ratio = _add(package, image)
    extent = f'cx="{size * _EMU}" cy="{round(size * ratio) * _EMU}"'
    left, above = (part * _EMU for part in offset)
    return etree.fromstring(
        f'<w:r {_SPACES}><w:drawing><wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" '
        f'relativeHeight="251660288" behindDoc="1" locked="0" layoutInCell="1" allowOverlap="1">'
        f'<wp:simplePos x="0" y="0"/><wp:positionH relativeFrom="margin"><wp:posOffset>{left}</wp:posOffset>'
        f'</wp:positionH><wp:positionV relativeFrom="paragraph"><wp:posOffset>{above}</wp:posOffset></wp:positionV>'
        f'<wp:extent {extent}/><wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapNone/>'
        f"{_picture(ident, extent, '印章')}</wp:anchor></w:drawing></w:r>"
    )


def inline(package: Package, image: Path, room: tuple[int, int]) -> etree._Element:
    """Return a run with ``image`` in the line, as large as fits into ``room`` (width, height in twips)."""
    ident, ratio = _add(package, image)
    across = min(room[0], round(room[1] / ratio))
    extent = f'cx="{across * _EMU}" cy="{round(across * ratio) * _EMU}"'
    return etree.fromstring(
        f'<w:r {_SPACES}><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent {extent}/>'
        f'<wp:effectExtent l="0" t="0" r="0" b="0"/>{_picture(ident, extent, image.stem)}</wp:inline></w:drawing></w:r>'
    )


def _picture(ident: str, extent: str, name: str) -> str:
    from xml.sax.saxutils import quoteattr

    number = int("".join(filter(str.isdigit, ident)) or 1) + 1000
    return (
        f'<wp:docPr id="{number}" name={quoteattr(name)}/><wp:cNvGraphicFramePr/><a:graphic>'
        '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr>'
        f'<pic:cNvPr id="{number}" name={quoteattr(name)}/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:embed="{ident}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {extent}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/>'
        "</a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>"
    )


def _add(package: Package, image: Path) -> tuple[str, float]:
    """Put ``image`` into the package; return its relation and height divided by width. Raise ``TemplateError``."""
    from docx.image.exceptions import (
        InvalidImageStreamError,
        UnexpectedEndOfFileError,
        UnrecognizedImageError,
    )
    from docx.image.image import Image

    try:
        data = image.read_bytes()
        picture = Image.from_blob(data)
        ratio = picture.px_height / picture.px_width
    except FileNotFoundError as error:
        raise TemplateError(f"找不到图片 {image.name}。请把它放到 {image.parent}，或改正文件名") from error
    except (
        OSError,
        InvalidImageStreamError,
        UnexpectedEndOfFileError,
        UnrecognizedImageError,
        ZeroDivisionError,
    ) as error:
        raise TemplateError(f"图片 {image.name} 打不开。请另存为 png 或 jpg 再试") from error
    number = 1
    while (name := f"word/media/image{number}.{picture.ext}") in package.parts:
        number += 1
    package.parts[name] = data
    declare(package, f"/{name}", picture.content_type)
    return relate(package, f"{_R}/image", name.removeprefix("word/")), ratio
