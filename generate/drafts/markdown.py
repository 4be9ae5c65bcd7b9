"""A draft in Markdown or plain text as a Word package: one paragraph a line; tables, pictures, notes, bullets, bold.

Of Markdown only what clerks write is markup: ``#`` headings, ``|`` tables, ``![]()`` pictures, ``[^1]`` notes, ``- ``
bullets, ``**`` bold and rules of ``---``. All else, and everything in plain text, is text as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generate.notice import page
from generate.package import TemplateError, members_of
from generate.standard import numbers as standard
from generate.word import styles
from generate.word.notes import add_notes
from generate.word.parts import Package

from .passages import plain_text

if TYPE_CHECKING:
    from docx.document import Document

_HEADING = re.compile(r"(#{1,6})\s+(.*?)\s*#*")
_NOTE = re.compile(r"\[\^([^\]\s]+)\]:\s*(.*)")
_BULLET = re.compile(r"[-*+]\s+(.*)")
_RULE = re.compile(r"(-{3,}|\*{3,}|_{3,})")
_SEPARATOR = re.compile(r"\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?")
_INLINE = re.compile(r"!\[([^\]]*)\]\(([^)\s]+)\)|\[\^([^\]\s]+)\]|\*\*(.+?)\*\*")
_BULLET_SIGN = "●"
_NOT_XML = re.compile("[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def members_of_text(path: Path) -> dict[str, bytes]:
    """Return the Word package of the text at ``path``; raise ``TemplateError`` when text or pictures cannot be read."""
    text = _NOT_XML.sub("\ufffd", plain_text(path))
    lines = [line.strip(" \t\u3000\r\ufeff") for line in re.split(r"\r\n|\r|\n|\f|\v", text)]
    document = page.new_document()
    if path.suffix.lower() == ".txt":
        for line in lines:
            page.paragraph(document, line)
        return members_of(page.data_of(document))
    return _Markdown(document, path.parent).read(lines)


class _Markdown:
    """Writes lines of Markdown into a document."""

    def __init__(self, document: Document, folder: Path) -> None:
        self._document = document
        self._folder = folder
        self._notes: dict[str, str] = {}
        self._used: list[str] = []

    def read(self, lines: list[str]) -> dict[str, bytes]:
        called = set(re.findall(r"\[\^([^\]\s]+)\](?!:)", "\n".join(lines)))
        self._notes = {
            m[1]: m[2] for line in lines if (m := _NOTE.fullmatch(line)) is not None and m[1] in called
        }
        kept = [line for line in lines if (m := _NOTE.fullmatch(line)) is None or m[1] not in self._notes]
        for table, group in groupby(kept, key=lambda line: line.startswith("|")):
            found = list(group)
            if table and len(found) > 1 and _SEPARATOR.fullmatch(found[1]):
                self._table(found)
            else:
                for line in found:
                    self._line(line)
        members = members_of(page.data_of(self._document))
        if not self._used:
            return members
        package = Package(members)
        add_notes(package, [self._notes[name] for name in self._used])
        return package.members()

    def _line(self, line: str) -> None:
        if _RULE.fullmatch(line):
            return
        heading = _HEADING.fullmatch(line)
        bullet = _BULLET.fullmatch(line)
        text = heading[2] if heading else line
        added = page.paragraph(self._document, "")
        if heading:
            outline = min(len(heading[1]), 9) - 1
            added._p.get_or_add_pPr().append(_element("w:outlineLvl", str(outline)))
        if bullet:
            page.run(added, _BULLET_SIGN)
            text = bullet[1]
        self._inline(added, text)

    def _inline(self, added: Any, text: str) -> None:
        for kind, value in _pieces(text):
            if kind == "picture":
                self._picture(added, value)
            elif kind == "note" and value in self._notes:
                self._used.append(value)
                reference = _element("w:footnoteReference", str(len(self._used)), "w:id")
                run = added.add_run()
                run.font.superscript = True
                run._r.append(reference)
            else:
                page.run(added, f"[^{value}]" if kind == "note" else value)
                if kind == "bold":
                    added.runs[-1].font.bold = True

    def _picture(self, added: Any, name: str) -> None:
        from docx.image.exceptions import UnrecognizedImageError

        try:
            added.add_run().add_picture(str(self._folder / name))
        except FileNotFoundError as error:
            raise TemplateError(
                f"找不到草稿里的图片 {name}。请把它放到 {self._folder}，或改正文件名"
            ) from error
        except (OSError, UnrecognizedImageError) as error:
            raise TemplateError(f"草稿里的图片 {name} 打不开。请另存为 png 或 jpg 再试") from error

    def _table(self, lines: list[str]) -> None:
        rows = [_cells(line) for number, line in enumerate(lines) if number != 1]
        columns = max(map(len, rows))
        added = self._document.add_table(rows=0, cols=columns, style="Table Grid")
        added.autofit = False
        width = standard.TEXT_WIDTH // columns
        for column in added._tbl.tblGrid.iterchildren():
            column.set(f"{{{styles.W}}}w", str(width))
        for row in rows:
            cells = added.add_row().cells
            for cell, text in zip(cells, [*row, *[""] * (columns - len(row))], strict=True):
                self._inline(cell.paragraphs[0], text)


def _cells(line: str) -> list[str]:
    inner = line.strip().removeprefix("|").removesuffix("|")
    return [cell.replace("\\|", "|").strip() for cell in re.split(r"(?<!\\)\|", inner)]


def _pieces(text: str) -> Iterator[tuple[str, str]]:
    """Yield kind and text of each piece of a line: ``text``, ``bold``, ``note`` or ``picture``."""
    at = 0
    for found in _INLINE.finditer(text):
        if found.start() > at:
            yield "text", text[at : found.start()]
        if found[2]:
            yield "picture", found[2]
        elif found[3]:
            yield "note", found[3]
        else:
            yield "bold", found[4]
        at = found.end()
    if at < len(text):
        yield "text", text[at:]


def _element(name: str, value: str, key: str = "w:val") -> Any:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    element = OxmlElement(name)
    element.set(qn(key), value)
    return element
