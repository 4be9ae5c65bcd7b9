"""Help pages measured in terminal cells: a Chinese character takes two, and a line never begins with a comma.

click counts characters, so its columns and folds break with Chinese; the pages' words stand elsewhere.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

import click

_TOKEN = re.compile(r"[ \t]+|[!-~…]+|.")
_NEVER_FIRST = "，。、；：？！）》”〕…"
_NEVER_LAST = "（《“〔"


def cells(text: str) -> int:
    """Return the width of ``text`` on a terminal."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def fold(text: str, width: int) -> list[str]:
    """Break one paragraph into lines of at most ``width`` cells, after the rules of Chinese setting."""
    lines, line = [], ""
    for token in _bound(text):
        if line and cells(line + token.rstrip()) > width:
            lines.append(line.rstrip())
            line = ""
        line += token if line else token.lstrip()
    return [*lines, line.rstrip()] if line.strip() else lines


def _bound(text: str) -> list[str]:
    """Split ``text`` where a line may break: around Latin words, between Chinese characters, never before a comma."""
    pieces: list[str] = []
    for token in _TOKEN.findall(text):
        joins = pieces and (token in _NEVER_FIRST or pieces[-1][-1] in _NEVER_LAST)
        if joins:
            pieces[-1] += token
        else:
            pieces.append(token)
    return pieces


class HelpPage(click.HelpFormatter):
    """click's formatter with columns and folds in cells and full-width colons."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write the line 用法."""
        head = f"{prefix or '用法：'}{prog} "
        lines = fold(args, max(self.width - cells(head), 20)) or [""]
        self.write((head + lines[0]).rstrip() + "\n")
        for line in lines[1:]:
            self.write(" " * cells(head) + line + "\n")

    def write_heading(self, heading: str) -> None:
        """Write the heading of a section."""
        self.write(f"{' ' * self.current_indent}{heading}：\n")

    def write_text(self, text: str) -> None:
        r"""Write paragraphs; a paragraph that begins with ``\b`` keeps its lines."""
        indent = " " * self.current_indent
        blocks = []
        for paragraph in re.split(r"\n\s*\n", text.strip()):
            kept = paragraph.lstrip().startswith("\b")
            lines = paragraph.replace("\b", "", 1).strip("\n").splitlines()
            if not kept:
                lines = fold("".join(_joined(lines)), self.width - self.current_indent)
            blocks.append("\n".join(indent + line for line in lines))
        self.write("\n\n".join(blocks) + "\n")

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """Write two columns: terms and what they mean."""
        listed = list(rows)
        first = min(max((cells(term) for term, _ in listed), default=0), col_max) + col_spacing
        for term, meaning in listed:
            lines = fold(meaning, max(self.width - self.current_indent - first, 10)) or [""]
            lead = " " * self.current_indent + term
            if cells(term) + col_spacing > first:
                self.write(lead + "\n")
                lead = " " * self.current_indent
            gap = self.current_indent + first - cells(lead)
            self.write((lead + " " * gap + lines[0]).rstrip() + "\n")
            for line in lines[1:]:
                self.write(" " * (self.current_indent + first) + line + "\n")


def _joined(lines: list[str]) -> Iterable[str]:
    """Join the lines of a paragraph: a space between Latin words, nothing between Chinese characters."""
    for number, line in enumerate(stripped := [line.strip() for line in lines]):
        latin = number and stripped[number - 1][-1:].isascii() and line[:1].isascii()
        yield (" " if latin else "") + line
