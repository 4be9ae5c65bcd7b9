"""Runs of WordprocessingML from a text with marks: ``⟦del|29⟧⟦ins|37⟧`` becomes a tracked change, and so on.

The marks: ``del``, ``ins`` (tracked), ``strike``, ``hide``, ``foot`` (footnote), ``note`` (comment), ``sym`` (font:code),
``box`` (text box with its VML fallback), ``pic``, ``sdt`` and ``hint`` (content control, filled and at its placeholder),
``list`` (at the head of a line: automatic number) and ``table`` (alone in a line: cells by comma, rows by semicolon).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import escape

MARK = re.compile(r"⟦(\w+)(?:\|([^⟧]*))?⟧")
_AUTHOR = 'w:author="审核" w:date="2020-08-25T09:00:00Z"'
_EMU = 9525  # English Metric Units in a pixel at 96 dpi


@dataclass(slots=True)
class Extras:
    """What the marks of a document need beside its body: notes, comments, numbering, a picture, text in the header."""

    footnotes: list[str] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    lists: list[str] = field(default_factory=list)
    picture: bool = False
    header: str = ""
    serial: int = 100

    def next(self) -> int:
        """Return the next id for a revision, a shape or a content control."""
        self.serial += 1
        return self.serial


def words(text: str, props: str = "", tag: str = "w:t") -> str:
    """Return one run that shows ``text``; ``props`` is the inside of ``w:rPr``."""
    properties = f"<w:rPr>{props}</w:rPr>" if props else ""
    return f'<w:r>{properties}<{tag} xml:space="preserve">{escape(text, quote=False)}</{tag}></w:r>'


def runs(text: str, props: str, extras: Extras) -> str:
    """Return the runs of one line of marked ``text``, each with the run properties ``props``."""
    made, place = [], 0
    for found in MARK.finditer(text):
        if found.start() > place:
            made.append(words(text[place : found.start()], props))
        made.append(_marked(found[1], found[2] or "", props, extras))
        place = found.end()
    if place < len(text):
        made.append(words(text[place:], props))
    return "".join(made)


def _marked(kind: str, text: str, props: str, extras: Extras) -> str:
    simple = {
        "strike": lambda: words(text, _with("<w:strike/>", props)),
        "hide": lambda: words(text, _with("<w:vanish/>", props)),
        "sym": lambda: _symbol(text, props),
        "pic": lambda: _picture(extras),
        "box": lambda: _text_box(text, props, extras),
        "foot": lambda: _footnote(text, extras),
        "note": lambda: _comment(text, extras),
    }
    if kind in simple:
        return simple[kind]()
    number = extras.next()
    if kind == "del":
        return f'<w:del w:id="{number}" {_AUTHOR}>{words(text, props, "w:delText")}</w:del>'
    if kind == "ins":
        return f'<w:ins w:id="{number}" {_AUTHOR}>{words(text, props)}</w:ins>'
    if kind in ("sdt", "hint"):
        return control(words(text, props), number, placeholder=kind == "hint")
    raise ValueError(f"no mark called {kind}")


def _with(flag: str, props: str) -> str:
    """Return ``props`` with ``flag`` where the schema wants it: behind the fonts, before the size."""
    fonts, size, rest = props.partition("<w:sz ")
    return fonts + flag + size + rest


def control(content: str, number: int, *, placeholder: bool = False) -> str:
    """Wrap ``content`` (runs, paragraphs or a cell) in a content control; a placeholder counts as empty."""
    shows = "<w:showingPlcHdr/>" if placeholder else ""
    return (
        f'<w:sdt><w:sdtPr><w:alias w:val="填写"/><w:id w:val="{number}"/>{shows}</w:sdtPr>'
        f"<w:sdtContent>{content}</w:sdtContent></w:sdt>"
    )


def _symbol(text: str, props: str) -> str:
    font, _, code = text.partition(":")
    return f'<w:r><w:rPr>{props}</w:rPr><w:sym w:font="{font}" w:char="{code}"/></w:r>'


def _footnote(text: str, extras: Extras) -> str:
    extras.footnotes.append(text)
    number = len(extras.footnotes)
    raised = '<w:vertAlign w:val="superscript"/>'
    return f'<w:r><w:rPr>{raised}</w:rPr><w:footnoteReference w:id="{number}"/></w:r>'


def _comment(text: str, extras: Extras) -> str:
    extras.comments.append(text)
    return f'<w:r><w:commentReference w:id="{len(extras.comments)}"/></w:r>'


def _text_box(text: str, props: str, extras: Extras) -> str:
    """Return a text box as Word writes it: the shape for new versions and the same text once more in VML."""
    number = extras.next()
    inside = f"<w:txbxContent><w:p>{words(text, props)}</w:p></w:txbxContent>"
    size = f'cx="{420 * _EMU}" cy="{44 * _EMU}"'
    shape = (
        '<wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/>'
        f'<a:ext {size}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:ln w="6350">'
        '<a:solidFill><a:srgbClr val="000000"/></a:solidFill></a:ln></wps:spPr>'
        f'<wps:txbx>{inside}</wps:txbx><wps:bodyPr wrap="square"/></wps:wsp>'
    )
    graphic = (
        '<a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">'
        f"{shape}</a:graphicData></a:graphic>"
    )
    drawing = (
        f'<w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent {size}/>'
        f'<wp:docPr id="{number}" name="文本框 {number}"/><wp:cNvGraphicFramePr/>{graphic}</wp:inline></w:drawing>'
    )
    vml = (
        f'<w:pict><v:shape id="box{number}" type="#_x0000_t202" style="width:315pt;height:33pt">'
        f"<v:textbox>{inside}</v:textbox></v:shape></w:pict>"
    )
    return (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps">{drawing}</mc:Choice>'
        f"<mc:Fallback>{vml}</mc:Fallback></mc:AlternateContent></w:r>"
    )


def _picture(extras: Extras) -> str:
    extras.picture = True
    number = extras.next()
    size = f'cx="{240 * _EMU}" cy="{160 * _EMU}"'
    picture = (
        f'<pic:pic><pic:nvPicPr><pic:cNvPr id="{number}" name="现场照片.png"/><pic:cNvPicPr/></pic:nvPicPr>'
        '<pic:blipFill><a:blip r:embed="rIdPicture"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>'
    )
    return (
        f'<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent {size}/>'
        f'<wp:docPr id="{number}" name="图片 {number}"/><wp:cNvGraphicFramePr/><a:graphic><a:graphicData '
        f'uri="http://schemas.openxmlformats.org/drawingml/2006/picture">{picture}</a:graphicData></a:graphic>'
        "</wp:inline></w:drawing></w:r>"
    )
