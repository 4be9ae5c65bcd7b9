"""Learning a form from a blank that a clerk already has: the tagged template and the YAML that go into 表单.

Pure: bytes in, bytes and text out; the command writes them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import PurePath

import yaml

from extract.extractor import READERS
from extract.readers.excel.xlsx import read_excel
from extract.readers.word.doc import read_blank
from extract.readers.word.docx import trace_word
from extract.sniff import refusal, sniff
from extract.unreadable import UnreadableError
from forms import Doubt, FieldKind, Role

from .blankform import understand
from .entryrows import with_entry_rows
from .fieldkinds import asks_yes_or_no, guess_role
from .fieldnames import identifier
from .retype import retype, retype_sheets
from .spots import Blank, Spot
from .tagging import tag_excel, tag_word
from .titles import title_of
from .underlines import drawn, ruled

_FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f.{}\[\]%#]')
_LONGEST_NAME = 40
_MOST_FILLED = 5000  # texts of a blank
_SHEETS = frozenset(("xls", "ods", "csv"))


@dataclass(frozen=True, slots=True)
class Learned:
    """A form learned from a blank. ``suffix`` is that of the template (``.docx`` or ``.xlsx``).

    ``rows`` says how many rows a Word blank has for each group; a sheet goes on below its last.
    """

    name: str
    template: bytes
    suffix: str
    spots: tuple[Spot, ...]
    doubts: tuple[Doubt, ...]
    rows: Mapping[str, int] = field(default_factory=dict)

    @property
    def yaml(self) -> str:
        """The form's YAML, as ``forms.load_form`` reads it."""
        body: dict[str, object] = {"名称": self.name, "模板": f"{self.name}{self.suffix}"}
        body["字段"] = {spot.path: _entry(spot, self.spots) for spot in self.spots if not spot.group}
        groups = dict.fromkeys(spot.group for spot in self.spots if spot.group)
        if groups:
            body["明细"] = {
                group: {
                    **({"空行": self.rows[group]} if group in self.rows else {}),
                    "字段": {s.path: _entry(s, self.spots) for s in self.spots if s.group == group},
                }
                for group in groups
            }
        text: str = yaml.safe_dump(
            body, allow_unicode=True, sort_keys=False, default_flow_style=None, width=110
        )
        return f"# 《{self.name}》的字段，由空白表学得。类型、必填、别名请按实际改一改。\n{text}"


def learn(data: bytes, source: str) -> Learned:
    """Learn the form that the blank ``data`` is; raise ``UnreadableError`` when it cannot be read.

    A docx or xlsx becomes its own template; another workbook is typed anew as an xlsx, anything else as a docx.
    """
    kind = sniff(data)
    reader = READERS.get(kind)
    if reader is None:
        raise UnreadableError(refusal(kind))
    document = read_blank(data, drawn) if kind == "doc" else reader(data)
    if sum(bool(paragraph.text.strip()) for paragraph in document.paragraphs()) > _MOST_FILLED:
        raise UnreadableError(f"里面有 {_MOST_FILLED} 处以上的内容，像填好的台账，不像空白表。请只留表头再学")
    if kind in _SHEETS:
        data = retype_sheets(document)
        kind, document = "xlsx", read_excel(data)
    elif kind not in ("docx", "xlsx"):
        data = retype(document, title_of(document))
        kind = "docx"
    if kind == "docx":
        blank = understand(ruled(trace_word(data)))
        return _learned(blank, source, tag_word(data, blank), ".docx")
    rows = with_entry_rows(document)
    blank = understand(rows.document)
    blank.doubts += rows.doubts
    return _learned(blank, source, tag_excel(data, blank, rows.emptied), ".xlsx")


def _learned(blank: Blank, source: str, template: bytes, suffix: str) -> Learned:
    word = suffix == ".docx"
    rows = {group.name: group.last - group.first + 1 for group in blank.groups if word}
    return Learned(
        _name(blank, source), template, suffix, tuple(_settled(blank.spots)), tuple(blank.doubts), rows
    )


def _name(blank: Blank, source: str) -> str:
    title = re.sub(r"\s+", "", blank.title)
    plain = re.sub(r"[（(][^（）()]*[)）]$", "", title) or PurePath(source).stem
    return _FORBIDDEN.sub("", plain)[:_LONGEST_NAME] or "未命名表单"


def _settled(spots: list[Spot]) -> list[Spot]:
    """Return the spots with yes-or-no questions given their two options."""
    return [
        replace(spot, kind=FieldKind.CHOICE, options=("是", "否"))
        if asks_yes_or_no(spot.label) and not spot.options
        else spot
        for spot in spots
    ]


def _entry(spot: Spot, spots: tuple[Spot, ...]) -> dict[str, object]:
    entry: dict[str, object] = {"类型": spot.kind.label}
    if spot.options:
        entry["选项"] = list(spot.options)
    role = None if spot.group else guess_role(spot.label)
    first = next(other for other in spots if guess_role(other.label) is role)
    if role is not None and first is spot:
        entry["用途"] = role.value
        if role is Role.FILLED:
            entry["类型"] = FieldKind.DATE.label
    spelled = re.sub(r"\s", "", spot.label)
    if spelled != spot.path.rpartition(".")[2] and identifier(spelled):
        entry["别名"] = [spelled.rstrip(":：")]
    return entry
