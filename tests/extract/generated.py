"""Neutral documents drawn by hypothesis: the catalogue's labels, spelled well and badly, among answers, merges and nesting."""

from __future__ import annotations

import re

from hypothesis import strategies as st

from extract import Aside, Cell, Document, Grid, Layouts, Look, Mark, Paragraph
from extract.model import Block
from extract.readers.word.docx import read_word
from forms import Place

ANSWERS = (
    *(
        "",
        " ",
        "甲",
        "王小明",
        "3",
        "12人",
        "约20",
        "二三十人",
        "2020年7月8日",
        "  年 月 日",
        "7月3日",
        "2020.7.8",
    ),
    *(
        "无",
        "/",
        "____",
        "合计",
        "备注：",
        "一、思想好\n二、工作实",
        "（1）第一；（2）第二",
        "附件1",
        "第1页",
        "😀",
    ),
    *(
        'A<B>&"{{x}}',
        "团干部3人，团员青年20人",
        "其中：团干部",
        "填表人：张三 电话：1",
        "☑是 □否",
        "走访了团员青年",
    ),
)
_TAG = re.compile(r"\{\{.*?\}\}")
SIGNS = "甲乙3 、。：:\n团干部年月日①(（）)□☑/—　·;，x{}<>&%\u200b"


def labels_of(layouts: Layouts) -> list[str]:
    """Return every label, other wording and title of ``layouts`` as people spell them."""
    found: list[str] = []
    for layout in layouts.all:
        found += [layout.form.name, *layout.form.titles]
        for field in [
            *layout.form.fields,
            *(field for group in layout.form.groups for field in group.fields),
        ]:
            found += [*field.parents, field.name, *field.labels]
    return list(dict.fromkeys(found))


@st.composite
def _spelled(draw: st.DrawFn, labels: list[str]) -> str:
    """Return a label as it is or reworded, alone or with a colon, a number, a note, or an answer behind it."""
    label = draw(st.sampled_from(labels))
    match draw(st.sampled_from(("", "", "", "drop", "add", "space", "break", "swap"))):
        case "drop" if len(label) > 2:
            at = draw(st.integers(0, len(label) - 1))
            label = label[:at] + label[at + 1 :]
        case "add" | "space" | "break" as how:
            at = draw(st.integers(0, len(label)))
            label = label[:at] + {"add": "的", "space": "  ", "break": "\n"}[how] + label[at:]
        case "swap":
            label = label[2:] + label[:2]
    shape = draw(
        st.sampled_from(
            (
                "{}",
                "{}",
                "{}",
                "{}：",
                "{}:",
                "1.{}",
                "（二）{}：",
                "{}（盖章）",
                "{} {a}",
                "{}：{a}",
                "{a}，{}：{a}",
            )
        )
    )
    return shape.replace("{a}", draw(st.sampled_from(ANSWERS))).replace("{}", label)


def texts_of(layouts: Layouts) -> st.SearchStrategy[str]:
    """Return texts such as stand in cells and paragraphs of returns of ``layouts``."""
    labels = labels_of(layouts)
    spelled = _spelled(labels)
    return st.one_of(
        spelled,
        spelled,
        st.sampled_from(ANSWERS),
        st.text(SIGNS, max_size=12),
        st.lists(st.one_of(spelled, st.sampled_from(ANSWERS)), min_size=2, max_size=3).map("".join),
    )


class _Making:
    """Draws one document; numbers tables and paragraphs so that every place is its own."""

    def __init__(self, draw: st.DrawFn, layouts: Layouts) -> None:
        self._draw = draw
        self._layouts = layouts
        self._texts = texts_of(layouts)
        self._tables = 0
        self._paragraphs = 0

    def blocks(self) -> tuple[Block, ...]:
        made: list[Block] = []
        kinds = st.sampled_from(("paragraph", "paragraph", "grid", "form", "kept", "kept", "list"))
        for kind in self._draw(st.lists(kinds, max_size=5)):
            match kind:
                case "paragraph":
                    self._paragraphs += 1
                    made.append(
                        self._paragraph(self._draw(self._texts), Place("正文", paragraph=self._paragraphs))
                    )
                case "grid":
                    made.append(self._grid(0))
                case "form":
                    made.append(self._form())
                case "list":
                    made.append(self._list())
                case "kept":
                    made += self._kept()
        return tuple(made)

    def asides(self) -> tuple[Aside, ...]:
        kinds = ("批注", "隐藏文字", "脚注")
        return tuple(
            Aside(
                self._draw(self._texts), Place("批注", paragraph=number), self._draw(st.sampled_from(kinds))
            )
            for number in range(self._draw(st.sampled_from((0, 0, 1, 2))))
        )

    def _paragraph(self, text: str, place: Place) -> Paragraph:
        marks = []
        for _ in range(self._draw(st.sampled_from((0, 0, 0, 0, 1, 2)))):
            start = self._draw(st.integers(0, len(text)))
            look = self._draw(st.sampled_from(tuple(Look)))
            end = start if look in (Look.PICTURE, Look.FORMULA) else self._draw(st.integers(start, len(text)))
            marks.append(Mark(start, end, look))
        return Paragraph(text, place, tuple(marks))

    def _name(self) -> str:
        self._tables += 1
        return f"表{self._tables}"

    def _cell(self, name: str, at: tuple[int, int], spans: tuple[int, int], texts: list[str]) -> Cell:
        row, column = at
        blocks = [
            self._paragraph(text, Place(name, row + 1, column + 1, number))
            for number, text in enumerate(texts, 1)
        ]
        return Cell(row, column, *spans, tuple(blocks))

    def _grid(self, depth: int) -> Grid:
        """Return a grid with any merges and, here and there, a grid within a cell."""
        name = self._name()
        rows, columns = self._draw(st.integers(1, 5)), self._draw(st.integers(1, 4))
        taken: set[tuple[int, int]] = set()
        cells: list[Cell] = []
        for row in range(rows):
            for column in range(columns):
                if (row, column) in taken:
                    continue
                high, wide = self._draw(
                    st.sampled_from(((1, 1),) * 6 + ((2, 1), (1, 2), (3, 1), (2, 2), (1, 4)))
                )
                while any((row, other) in taken for other in range(column, column + wide)):
                    wide -= 1
                taken |= {(r, c) for r in range(row, row + high) for c in range(column, column + wide)}
                texts = self._draw(st.lists(self._texts, min_size=1, max_size=2))
                made = self._cell(name, (row, column), (high, wide), texts)
                if depth < 2 and self._draw(st.integers(0, 11)) == 11:
                    made = Cell(row, column, high, wide, (*made.blocks, self._grid(depth + 1)))
                cells.append(made)
        return Grid(name, tuple(cells))

    def _form(self) -> Grid:
        """Return the rows of a form in its order, some missing, some answered twice, some with rows between."""
        name = self._name()
        layout = self._draw(st.sampled_from(self._layouts.all))
        cells: list[Cell] = []
        row = 0
        for slot in layout.slots:
            if self._draw(st.integers(0, 9)) == 0:
                continue
            label = self._draw(st.sampled_from([slot.path.rpartition(".")[2], self._draw(self._texts)]))
            column = 1 if slot.parent >= 0 else 0
            cells.append(self._cell(name, (row, column), (1, 1), [label]))
            answers = self._draw(st.lists(self._texts, max_size=2))
            cells += [
                self._cell(name, (row, column + number), (1, 1), [answer])
                for number, answer in enumerate(answers, start=1)
            ]
            row += 1 if slot.field is not None or answers else 0
            row += self._draw(st.sampled_from((0, 0, 0, 0, 1)))
        return Grid(name, tuple(cells))

    def _kept(self) -> list[Block]:
        """Return a form that kept the grid of its template, its tags answered, with a row or two changed."""
        layout = self._draw(st.sampled_from(self._layouts.all))
        made: list[Block] = []
        for block in read_word(layout.form.template.read_bytes()).blocks:
            if isinstance(block, Grid):
                made.append(self._answered(block))
            else:
                self._paragraphs += 1
                place = Place("正文", paragraph=self._paragraphs)
                made.append(self._paragraph(self._filled(block.text), place))
        return made

    def _filled(self, text: str) -> str:
        return _TAG.sub(lambda _: self._draw(self._texts), text)

    def _answered(self, template: Grid) -> Grid:
        name = self._name()
        lines: list[list[Cell]] = []
        for row in sorted({cell.row for cell in template.cells}):
            line = [cell for cell in template.cells if cell.row == row]
            texts = ["".join(p.text for p in cell.blocks if isinstance(p, Paragraph)) for cell in line]
            if "{%" in "".join(texts):
                continue
            times = self._draw(st.sampled_from((1,) * 30 + (0, 2)))
            times = self._draw(st.integers(0, 3)) if "行." in "".join(texts) else times
            lines += [line] * times
        cells = []
        for row, line in enumerate(lines):
            for number in range(len(line) + self._draw(st.sampled_from((0,) * 30 + (1, -1)))):
                model = line[min(number, len(line) - 1)]
                text = "\n".join(p.text for p in model.blocks if isinstance(p, Paragraph))
                answers = [self._filled(text)]
                answers += self._draw(st.lists(self._texts, max_size=1)) if _TAG.search(text) else []
                column = model.column + (number - len(line) + 1 if number >= len(line) else 0)
                cells.append(self._cell(name, (row, column), (model.row_span, model.column_span), answers))
        return Grid(name, tuple(cells))

    def _list(self) -> Grid:
        """Return a header row of labels above rows of values, with totals and empty cells among them."""
        name = self._name()
        layout = self._draw(st.sampled_from(self._layouts.all))
        heads = self._draw(st.lists(st.sampled_from(layout.slots), min_size=2, max_size=6))
        cells = [
            self._cell(name, (0, number), (1, 1), [slot.path.rpartition(".")[2]])
            for number, slot in enumerate(heads)
        ]
        for row in range(1, 1 + self._draw(st.integers(0, 4))):
            for column in range(len(heads)):
                text = self._draw(st.one_of(st.sampled_from(ANSWERS), self._texts))
                cells.append(self._cell(name, (row, column), (1, 1), [text]))
        return Grid(name, tuple(cells))


@st.composite
def documents(draw: st.DrawFn, layouts: Layouts) -> Document:
    """Return any document that could come back for the forms of ``layouts``, or for none of them."""
    making = _Making(draw, layouts)
    return Document(making.blocks(), making.asides())
