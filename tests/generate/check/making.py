"""A correct 公文 of every usual element, and what breaks it in one place: tools on the XML, one line each."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import docx
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from lxml import etree

from generate.notice.document import notice
from tests.generate.kinds import BODY, LINE, a_work

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
COMPLETE: dict[str, Any] = {
    "份号": "000012",
    "密级": "秘密",
    "保密期限": "1年",
    "紧急程度": "特急",
    "附注": "此件公开发布",
    "附件": [{"标题": "任务分工表", "正文": "附件.md"}, {"标题": "联系点安排表", "正文": "附件.md"}],
    "抄送": "团省委，市委办公室，市委组织部，各县（区）党委",
    "印发日期": date(2026, 3, 9),
}


def correct(folder: Path, **changes: Any) -> Path:
    """Write a complete and correct document into ``folder``; ``changes`` are keys of the notice in ``work.yaml``."""
    (folder / "正文.md").write_text(BODY, encoding="utf-8")
    (folder / "附件.md").write_text("一、分工\n" + LINE, encoding="utf-8")
    work = a_work(folder, COMPLETE | changes)
    return notice(work.notices[0], work, folder / "correct.docx")


def paragraphs(document: Document) -> Iterator[etree._Element]:
    """Yield every paragraph of the body, those of tables and text boxes too."""
    yield from document.element.body.iter(qn("w:p"))


def words(item: etree._Element) -> str:
    """Return the text of a paragraph without that of boxes inside."""
    found = (node for node in item.iter(qn("w:t")) if next(node.iterancestors(qn("w:p"))) is item)
    return "".join(node.text or "" for node in found)


def at(document: Document, start: str) -> etree._Element:
    """Return the first paragraph whose text begins with ``start``."""
    return next(item for item in paragraphs(document) if words(item).startswith(start))


def properties(item: etree._Element, name: str = "pPr") -> etree._Element:
    """Return ``w:pPr`` or ``w:rPr`` of an element, made where there is none."""
    found = item.find(qn(f"w:{name}"))
    if found is None:
        found = parse_xml(f'<w:{name} xmlns:w="{W}"/>')
        item.insert(0, found)
    return found


def put(item: etree._Element, xml: str) -> None:
    """Set one paragraph property, written as XML with the prefix ``w``; attributes of one that is there are kept."""
    new = _parsed(xml)
    old = properties(item).find(new.tag)
    if old is None:
        properties(item).append(new)
    else:
        for key, text in new.attrib.items():
            old.set(key, text)


def look(item: etree._Element, xml: str) -> None:
    """Set one property of every run of a paragraph."""
    for run in item.iter(qn("w:r")):
        if run.find(qn("w:t")) is not None:
            new = _parsed(xml)
            old = properties(run, "rPr").find(new.tag)
            if old is not None:
                for key, text in new.attrib.items():
                    old.set(key, text)
            else:
                properties(run, "rPr").append(new)


def face(item: etree._Element, name: str) -> None:
    """Set the face of every run of a paragraph."""
    look(item, f'<w:rFonts w:ascii="{name}" w:hAnsi="{name}" w:eastAsia="{name}"/>')


def size(item: etree._Element, points: float) -> None:
    """Set the size of every run of a paragraph."""
    look(item, f'<w:sz w:val="{points * 2:.0f}"/>')


def retype(item: etree._Element, old: str, new: str) -> None:
    """Replace words of a paragraph; they may lie in several runs, the first then takes the whole text."""
    texts = [node for node in item.iter(qn("w:t")) if next(node.iterancestors(qn("w:p"))) is item]
    for node in texts:
        if old in (node.text or ""):
            node.text = (node.text or "").replace(old, new)
            return
    whole = words(item)
    assert old in whole, f"“{old}” is not in “{whole}”"
    texts[0].text = whole.replace(old, new)
    for node in texts[1:]:
        node.text = ""


def remove(item: etree._Element) -> None:
    """Take a paragraph out."""
    parent = item.getparent()
    assert parent is not None
    parent.remove(item)


def blank_above(item: etree._Element) -> etree._Element:
    """Return the empty paragraph right above ``item``."""
    found = item.getprevious()
    assert found is not None
    assert not words(found)
    return found


def add_blank(item: etree._Element) -> None:
    """Put an empty line of the body's pitch above ``item``."""
    item.addprevious(_parsed('<w:p><w:pPr><w:pStyle w:val="konghang"/></w:pPr></w:p>'))


def add_line(item: etree._Element, text: str) -> None:
    """Put a paragraph that looks like ``item`` and says ``text`` below it."""
    new = copy.deepcopy(item)
    runs = list(new.iter(qn("w:r")))
    for run in runs[1:]:
        remove(run)
    node = next(new.iter(qn("w:t")))
    node.text = text
    item.addnext(new)


def page(document: Document, **margins: int) -> None:
    """Set attributes of ``w:pgMar`` in every section, twips."""
    for item in document.element.body.iter(qn("w:pgMar")):
        for key, value in margins.items():
            item.set(qn(f"w:{key}"), str(value))


def footer(document: Document, *, even: bool = False) -> etree._Element:
    """Return the paragraph of the page number."""
    section = document.sections[0]
    part = section.even_page_footer if even else section.footer
    return part._element.find(qn("w:p"))


def opened(path: Path) -> Document:
    """Open a document."""
    return docx.Document(str(path))


def _parsed(xml: str) -> etree._Element:
    """Return ``xml`` with the namespace declared on its outermost element."""
    tag = re.match(r"<[\w:]+", xml)
    assert tag is not None
    return parse_xml(f'{tag[0]} xmlns:w="{W}"{xml[tag.end() :]}')
