"""From a filled form to blocks: the grid of the blank, labels above values, one line for each answer, stacked rows.

Knows no file format. Grids are laid out over eight fine columns; ``compact`` drops the borders that no row uses.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise

from .model import CADRES, COUNTS, NAME, POST, Block, Cell, Filled, Item, Line, Row, Table, visible

FINE = (1180, 1180, 1040, 1040, 780, 780, 1423, 1422)


def blocks(filled: Filled) -> list[Block]:
    """Return the blocks of ``filled`` before its steps: lines above, title, date, body, lines below."""
    made: list[Block] = list(filled.before)
    if not filled.untitled:
        made.append(Line(filled.title, "title", "center"))
    dated = Line(date_text(filled), "date", "left" if filled.dated == "left" else "right", filled.date.given)
    if filled.dated in ("line", "left"):
        made.append(dated)
    if filled.dated == "together":
        made.append(Line("　　".join(_taken_out(filled))))
    made += LAYOUTS[filled.layout](filled)
    if filled.dated == "below":
        made.append(dated)
    return [*made, *filled.after]


def _taken_out(filled: Filled) -> Iterator[str]:
    """Yield who and when as ``标签：值``; these answers no longer stand in the table."""
    short = [item for item in filled.items if item.path in (NAME, POST, "组织观摩部室")]
    for item in (*short, filled.date):
        item.absent = item is not filled.date
        yield f"{_flat(item)}：{item.shown}"


def date_text(filled: Filled) -> str:
    """Return the date line: label, colon, date."""
    return filled.date.label.rstrip("：: ") + "：" + filled.date.shown


def compact(rows: list[Row], widths: tuple[int, ...] | list[int]) -> Table:
    """Return the table of ``rows`` without the grid columns whose border no cell uses."""
    used = {0, len(widths)}
    for row in rows:
        place = row.before
        used.add(place)
        for cell in row.cells:
            place += cell.span
            used.add(place)
    borders = sorted(used)
    for row in rows:
        place = row.before
        row.before = borders.index(place)
        for cell in row.cells:
            start, place = borders.index(place), place + cell.span
            cell.span = borders.index(place) - start
    spans = pairwise(borders)
    return Table(rows, [sum(widths[start:end]) for start, end in spans])


def label(item: Item, span: int = 2) -> Cell:
    """Return the label cell of ``item``."""
    return Cell(item.label, span, label=True)


def answer(item: Item, span: int) -> Cell:
    """Return the answer cell of ``item``."""
    text = f"{_flat(item)}：{item.shown}" if item.row == "echo" else item.shown
    return Cell(text, span, control=item.control, given=item.given)


def _grid(filled: Filled) -> list[Block]:
    rows = list(_grid_rows(filled))
    if filled.dated == "row":
        rows.insert(0, Row([label(filled.date), answer(filled.date, 6)]))
    return [compact(rows, FINE)]


def _grid_rows(filled: Filled) -> Iterator[Row]:
    present = [item for item in filled.items if not item.absent]
    while present:
        item = present.pop(0)
        if item.row in ("inside", "under"):
            head = item.label.strip("：: ") + ("：" if item.row == "inside" else "\n")
            yield Row([Cell(head + item.shown, 8)])
        elif item.row in ("halves", "parts", "merged_parts"):
            yield from _parted(item)
        elif item.row == "nested":
            yield _nested_counts(filled, item, present.pop(0))
        elif item.row == "block":
            yield from _block_rows(item)
        elif filled.counts == "squeezed" and item.path == NAME:
            post = present.pop(0)
            yield Row([Cell(f"{_flat(item)}：{item.shown}　　{_flat(post)}：{post.shown}", 8)])
        elif item.path in COUNTS and present and present[0].path in COUNTS and filled.counts != "flat":
            yield from _count_rows(filled, item, present.pop(0))
        elif _paired(filled, item, present):
            yield _pair(item, present)
        else:
            control = item.control == "row"
            yield Row([label(item), answer(item, 6)], control=control)


def _parted(item: Item) -> Iterator[Row]:
    """Yield an answer in two cells beside each other, or in a row for each paragraph below each other."""
    first, *more = item.shown.split("\n")
    if item.row == "halves":
        yield Row([label(item), Cell(first, 3), Cell("\n".join(more), 3)])
        return
    merged = item.row == "merged_parts"
    yield Row([Cell(item.label, 2, "restart" if merged else "", label=True), Cell(first, 6)])
    for text in more:
        yield Row([Cell("", 2, "continue" if merged else "", label=True), Cell(text, 6)])


def _nested_counts(filled: Filled, first: Item, second: Item) -> Row:
    """Return the row 走访人数 with both numbers in a table within the answer's cell."""
    rows = [Row([Cell(each.label, 1, label=True), Cell(each.shown)]) for each in (first, second)]
    return Row([Cell(filled.counts_label, 2, label=True), Cell("", 6, blocks=[Table(rows, [1600, 2000])])])


def _block_rows(item: Item) -> Iterator[Row]:
    """Yield a block of people of the clerk's own: a heading merged downwards, columns with the form's own labels."""
    people = [line.split("，") for line in item.shown.split("\n")]
    yield Row(
        [Cell(item.label, 2, "restart", label=True), *(Cell(name, 3, label=True) for name in (NAME, POST))]
    )
    for person in people:
        yield Row([Cell("", 2, "continue", label=True), *(Cell(text, 3) for text in person)])


def _paired(filled: Filled, item: Item, present: list[Item]) -> bool:
    if not (filled.paired and present) or present[0].row in ("inside", "under"):
        return False
    pair = {item.path, present[0].path}
    return pair == {NAME, POST} or (item.path in (NAME, POST) and present[0].row == "beside")


def _pair(item: Item, present: list[Item]) -> Row:
    cells = [item, present.pop(0)]
    spans: tuple[tuple[int, int], ...] = ((2, 2), (2, 2))
    if cells[1].row == "beside" and present and present[0].path in (NAME, POST):
        cells.append(present.pop(0))  # a column of the clerk's own between the two
        spans = ((1, 1), (1, 1), (2, 2))
    both = zip(cells, spans, strict=True)
    return Row([cell for each, (one, two) in both for cell in (label(each, one), answer(each, two))])


def _count_rows(filled: Filled, first: Item, second: Item) -> Iterator[Row]:
    head = Cell(filled.counts_label, 2, label=True)
    one, two = label(first), label(second)
    match filled.counts:
        case "combined":
            yield Row([head, Cell(filled.combined, 6)])
        case "oneline":
            one.span = two.span = 1
            yield Row([head, one, answer(first, 2), two, answer(second, 2)])
        case "columns":  # the two sub-labels above their numbers
            head.merge, one.span, two.span = "restart", 3, 3
            yield Row([head, one, two])
            yield Row([Cell("", 2, "continue", label=True), answer(first, 3), answer(second, 3)])
        case _:
            head.merge = "restart" if filled.counts == "merged" else ""
            yield Row([head, one, answer(first, 4)])
            again = filled.counts_label if filled.counts == "repeated" else ""
            below = Cell(again, 2, "continue" if head.merge else "", label=True)
            yield Row([below, two, answer(second, 4)])


def _stacked(filled: Filled) -> list[Block]:
    """Each label in a row of its own across the table, its answer in the row below."""
    rows = []
    for item in _present(filled):
        rows += [Row([Cell(item.label, 8, label=True)]), Row([answer(item, 8)])]
    return [compact(rows, FINE)]


def _header_over(filled: Filled) -> list[Block]:
    """Put a header row of the short labels with their answers below; the long answers stacked or label to the left."""
    present = list(_present(filled))
    short = [item for item in present if len(visible(item.shown)) <= 34 and "\n" not in item.shown][:6]
    rest = [item for item in present if not any(item is each for each in short)]
    width = 8846 // len(short)
    top = Table(
        [Row([Cell(i.label, 1, label=True) for i in short]), Row([answer(i, 1) for i in short])],
        [width] * len(short),
    )
    below = compact([Row([label(item), answer(item, 6)]) for item in rest], FINE)
    made: list[Block] = [top, Line("")]
    return [*made, below] if rest else made


def _paragraphs(filled: Filled) -> list[Block]:
    """No table: a line ``标签：值`` for each answer; further paragraphs of an answer follow in lines of their own."""
    made: list[Block] = []
    for item in _present(filled):
        first, *more = item.shown.split("\n")
        made += [Line(f"{_flat(item)}：{first}"), *(Line(text) for text in more)]
    return made


def _headed(filled: Filled) -> list[Block]:
    """No table: every label numbered as a heading (一、…), its answer in the paragraphs below."""
    made: list[Block] = []
    for number, item in zip("一二三四五六七八九十", _present(filled), strict=False):
        made += [Line(f"{number}、{_flat(item)}"), *(Line(text) for text in item.shown.split("\n"))]
    return made


def _tabbed(filled: Filled) -> list[Block]:
    """Put the short answers in lines above the table, two in a line with a tab between; the long ones in the table."""
    short = [item for item in filled.items if item.path in (NAME, POST, "组织观摩部室")]
    text = "⟦tab⟧".join(f"{_flat(item)}：{item.shown}" for item in short)
    rest = [item for item in filled.items if not any(item is each for each in short)]
    inner = Filled(filled.form, "", "", "", filled.date, rest)
    inner.counts, inner.combined, inner.counts_label = filled.counts, filled.combined, filled.counts_label
    return [Line(text), *_grid(inner)]


def _two_up(filled: Filled) -> list[Block]:
    """Short answers two in a row, like 走访团组织名称 beside 走访形式."""
    rows, open_row = [], []
    for item in _present(filled):
        if len(visible(item.shown)) <= 30 and "\n" not in item.shown:
            open_row += [label(item), answer(item, 2)]
        else:
            rows.append(Row([label(item), answer(item, 6)]))
        if len(open_row) == 4:
            rows.append(Row(open_row))
            open_row = []
    if open_row:
        open_row[1].span = 6
        rows.append(Row(open_row))
    return [compact(rows, FINE)]


def _columns(filled: Filled) -> list[Block]:
    """Three columns with a header: 序号, 项目, 填写内容."""
    rows = [Row([Cell(text, span, label=True) for text, span in (("序号", 1), ("项目", 2), ("填写内容", 5))])]
    for number, item in enumerate(_present(filled), start=1):
        rows.append(Row([Cell(str(number), 1, label=True), label(item), answer(item, 5)]))
    return [compact(rows, FINE)]


def _remarks(filled: Filled) -> list[Block]:
    """Add a column 备注 at the right with a word of the clerk's in it."""
    rows = [Row([Cell(text, span, label=True) for text, span in (("项目", 2), ("内容", 4), ("备注", 2))])]
    notes = {2: "已与对方核对", 5: "附签到表一份"}
    for number, item in enumerate(_present(filled)):
        rows.append(Row([label(item), answer(item, 4), Cell(notes.get(number, ""), 2)]))
    return [compact(rows, FINE)]


def _present(filled: Filled) -> Iterator[Item]:
    """Yield the items; both counts become one item when they stand in one text, else their labels stand alone."""
    both = filled.counts == "combined"
    for item in filled.items:
        if item.absent or (both and item.path == COUNTS[1]):
            continue
        if both and item.path == CADRES:
            yield Item("", filled.counts_label, None, filled.combined)
        elif "".join(item.label.split()) in ("团干部", "团员青年"):
            yield Item(
                item.path, f"走访{''.join(item.label.split())}人数", item.value, item.shown, given=item.given
            )
        else:
            yield item


def _flat(item: Item) -> str:
    return "".join(item.label.split()).strip("：:")


LAYOUTS: dict[str, Callable[[Filled], list[Block]]] = {
    "grid": _grid,
    "stacked": _stacked,
    "header_over": _header_over,
    "paragraphs": _paragraphs,
    "headed": _headed,
    "tabbed": _tabbed,
    "two_up": _two_up,
    "columns": _columns,
    "remarks": _remarks,
}
