"""Lists whose cells each take a line of their own."""

from __future__ import annotations

from extract import Aligned, Document, Layouts, Paragraph, align
from forms import Place
from tests.extract.neutral import codes

TITLE, HEAD = "活动情况表\n填报单位：源汇区团委", "活动名称\n时间\n人数"


def _found(layouts: Layouts, text: str) -> Aligned:
    """Return the one form in ``text``, a paragraph for each line that is not empty."""
    lines = enumerate(text.split("\n"), start=1)
    blocks = tuple(Paragraph(line, Place("正文", paragraph=number)) for number, line in lines if line.strip())
    (found,) = align(Document(blocks), layouts, 2020)
    return found


def _rows(found: Aligned) -> list[list[str]]:
    return [[str(reading.value) for reading in row.readings] for row in found.rows]


def test_a_list_saved_as_text_a_line_for_each_cell(all_layouts: Layouts) -> None:
    """Count the lines under the header off into entries; an empty line is an empty cell."""
    found = _found(
        all_layouts,
        f"{TITLE}\n{HEAD}\n清明祭扫\n2020年4月4日\n30\n植树\n2020年3月12日\n\n登山\n2020年5月4日\n12人",
    )
    assert _rows(found) == [
        ["清明祭扫", "2020-04-04", "30"],
        ["植树", "2020-03-12"],
        ["登山", "2020-05-04", "12"],
    ]
    assert codes(found) == set()
    assert not found.leftover


def test_a_line_of_the_wrong_kind_ends_the_list(all_layouts: Layouts) -> None:
    """Take no entry whose date or count stands in another line: what is left is shown."""
    found = _found(
        all_layouts, f"{TITLE}\n{HEAD}\n清明祭扫\n2020年4月4日\n30\n植树\n一次\n好\n2020年3月12日\n8"
    )
    assert _rows(found) == [["清明祭扫", "2020-04-04", "30"]]
    assert [item.text for item in found.leftover] == ["植树", "一次", "好", "2020年3月12日", "8"]
