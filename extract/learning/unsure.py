"""What a person should look at before a learned form is used: places that look open but belong to no field, and answers that stand there.

Knows a blank that has been understood; finds no fields itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.matching.board import OUTSIDE, Board, Box, Piece
from extract.matching.stencil import begun_rows
from extract.spelling import squeeze
from forms import Doubt, FieldKind, Place, doubt

from .fieldkinds import APART, boxes_only, guess_kind
from .fieldnames import identifier
from .inline import TAG
from .spots import Blank, Spot

_UNIT = r"(?:个月|人次|万元|元|岁|%|％)(?![\u4e00-\u9fff])"
_OPEN = re.compile(
    rf"{TAG.pattern}|"
    r"[□☐○◯]|[_＿⎵]{3,}|‗|年[ \t\u3000_＿⎵‗]+月[ \t\u3000_＿⎵‗]*日|[（(][ \t\u3000]{2,}[)）]"
    rf"|[\u4e00-\u9fff][ \t\u3000_＿⎵‗]{{2,8}}{_UNIT}|[:：][ \t\u3000]{{3,}}"
    r"|[:：；;，,（(][ \u3000]*[\u4e00-\u9fff]{1,8}[ \u3000_]{3,}(?:人|名|份|次)(?=[\s；;，,。）)]|$)"  # 同意    人；
    r"|第[ \u3000]{1,}学期|(?<!\d)20[ \u3000_]{2,}(?!\d)|第[ \u3000]{2,}号|[〔\[][ \u3000]{2,}[〕\]]"
    r"|[（(][^（）()\d]{0,6}[ \u3000_]+月[ \u3000_]+日[)）]"  # （截至  月  日）
    r"|[\u4e00-\u9fff][ \t\u3000_＿⎵‗]{3,}[（(](?:签[名字章]|盖章|公章)[)）]"
)
_GAP = re.compile(r"[\s_＿⎵‗]*")
_NUMBER = re.compile(r"\d{17}[\dXx]|\d{7,15}|[\w.\-]+@[\w\-]+(?:\.[\w\-]+)+")
_DATE = re.compile(r"(?:19|20)\d\d(?:年\d{1,2}月(?:\d{1,2}日)?|[./\-]\d{1,2}(?:[./\-]\d{1,2})?)")
_NAME = re.compile(
    "[赵钱孙李周吴郑王冯陈卫蒋沈韩杨朱秦许何吕张孔曹严华金魏陶姜谢邹章苏潘葛范彭鲁韦马苗方俞任袁柳鲍史唐薛雷贺倪汤罗郝安常于傅齐康伍余顾孟黄萧尹姚邵汪祁毛禹米"
    "贝计成戴宋庞熊纪舒屈项祝董梁杜阮蓝闵席季贾路江童颜郭梅林钟徐邱骆高夏蔡田樊胡凌霍虞万柯卢莫丁邓单洪包诸左石崔吉龚程邢裴陆荣翁甄封储段侯宁甘厉祖武符刘景"
    "龙叶黎白池乔闻党翟谭申冉桑桂牛边温庄晏柴瞿阎连习艾靳暴向古易廖耿文欧聂辛简饶曾关岳褚佟沙焦仲尚蒲冷栾丛鞠娄靖]"
    "[\u4e00-\u9fff]{1,2}"
)
_WHAT = (
    *(
        "学院",
        "院系",
        "系别",
        "专业",
        "班级",
        "年级",
        "学号",
        "学生姓名",
        "姓名",
        "题目",
        "课题名称",
        "项目名称",
    ),
    *("指导教师", "职称", "填报单位", "单位名称", "联系人"),
)
_SPELLED = "|".join(r"[ \u3000]*".join(word) for word in _WHAT)  # 学    院
_SAID = re.compile(
    rf"(?:{_SPELLED})(?:[（(][^（）()]{{1,6}}[)）])?[ \t\u3000]*[:：]"
    r"[ \t\u3000]*(?P<value>[^\s:：_＿⎵‗（(□{}]{2,40})(?=[\s。；;]|$)"
)
_SIGNED = re.compile(r"日期[:：](?:19|20)\d\d[年./\-]\d{1,2}[月./\-]\d{1,2}")
_FEWEST = 8  # characters of a title that somebody gave to a work
_NOBODY = re.compile(r"[Xx×某○*…]|请|如")  # a pattern, no answer
_RANK = re.compile(r"(?:教授|讲师|助教|研究员|实验师|工程师|教师|医师|会计师|经济师|农艺师)")
_PROSE = 15  # characters of a line that is no label
_SHOWN = 12  # signs of a text that a doubt repeats
_COLUMNS = 4  # of a list
_FILLED = 2  # answers from which on a form was filled in


def doubtful(board: Board, blank: Blank, repeated: list[tuple[str, str]]) -> Iterator[Doubt]:
    """Yield what should be asked about ``blank``, understood from ``board``: like things of a table once, counted.

    ``repeated`` are labels that stand more than once and what the others were called.
    """
    yield from _gathered(blank, repeated)
    yield from _left_open(board, blank)
    answers = list(_answers(board, {spot.place.part for spot in blank.spots}))
    if len(answers) >= _FILLED:
        at, text = answers[0]
        yield doubt("learn_filled", None, at=at.place, raw=text[:_SHOWN], count=len(answers))


def _gathered(blank: Blank, repeated: list[tuple[str, str]]) -> Iterator[Doubt]:
    parts: dict[str, list[Place]] = {}
    for place in blank.unnamed:
        parts.setdefault(place.part, []).append(place)
    for first, *others in parts.values():
        yield doubt("learn_no_label", None, at=first, more=_more(len(others), "处"))
    labels: dict[str, list[tuple[str, Place]]] = {}
    for name, place in blank.further:
        labels.setdefault(place.part, []).append((name, place))
    for (name, place), *rest in labels.values():
        yield doubt("learn_extra", name, at=place, more=_more(len(rest), "栏"))
    words: dict[str, list[tuple[str, str]]] = {}
    for name, path in repeated:
        words.setdefault(name.rpartition(".")[2], []).append((name, path))
    for (name, path), *again in words.values():
        yield doubt("learn_repeated", name, other=path, more=_more(len(again), "处"))


def _more(others: int, counted: str) -> str:
    """Return how many alike there are in all, "" for one alone."""
    return f"等 {others + 1} {counted}" if others else ""


def _left_open(board: Board, blank: Blank) -> Iterator[Doubt]:
    """Yield a doubt for the places that look open and are part of no field, one for all that look alike."""
    spots: dict[object, list[Spot]] = {}
    for spot in blank.spots:
        spots.setdefault(spot.place, []).append(spot)
    gone = {place for spot in blank.spots for place in spot.also}
    rows = {(group.grid, row) for group in blank.groups for row in range(group.first, group.last + 1)}
    asked: dict[tuple[str, str], list[str]] = {}
    goes_on = False
    for box in board.boxes:
        first = box.pieces[0].place
        drawn = box.grid == OUTSIDE and _GAP.fullmatch(box.text) is not None
        reached = max((_gap_end(box.text, spot.end) for spot in spots.get(first, ())), default=-1)
        if drawn and goes_on:
            continue  # more lines to write the same answer on
        goes_on = reached == len(box.text) or (goes_on and not box.text.strip())
        whole = any(spot.start < 0 for piece in box.pieces for spot in spots.get(piece.place, ()))
        if whole or (first.part, first.row) in rows:
            continue
        for piece in (piece for piece in box.pieces if piece.place not in gone):
            taken = [(spot.start, _gap_end(piece.text, spot.end)) for spot in spots.get(piece.place, ())]
            left = [
                m
                for m in _OPEN.finditer(boxes_only(piece.text))
                if not any(a <= m.end() and m.start() <= b for a, b in taken)
            ]
            if left:
                raw = piece.text[max(left[0].start() - _SHOWN, 0) : left[0].end()].strip()
                shown = re.sub("[⎵‗]+", "____", " ".join(raw.split()))
                asked.setdefault((piece.place.part, shown), []).extend(str(piece.place) for _ in left)
    for (_, raw), places in asked.items():  # the same words in row after row are asked about once
        yield doubt("learn_left", None, at=places[0], raw=raw, more=_more(len(places) - 1, "处"))


def _gap_end(text: str, end: int) -> int:
    """Return where the gap ends of which an answer takes the beginning; the rest stays in sight as it is."""
    apart = APART.match(text, end)
    if apart is not None:
        return apart.end("plain") - 1
    found = _GAP.match(text, end)
    return found.end() if found is not None else end


def _answers(board: Board, parts: set[str]) -> Iterator[tuple[Piece, str]]:
    """Yield what reads as an answer that somebody gave: numbers, names and dates where a label asks for them.

    Full rows tell only in the ``parts`` that have fields; elsewhere a table of codes is printed.
    """
    for grid, rows in enumerate(board.rows):
        if any(box.pieces[0].place.part in parts for line in rows.values() for box in line[:1]):
            yield from _full_rows(board, grid)
    for box in board.boxes:
        text = "".join(box.text.split())
        said = [m["value"] for m in _SAID.finditer(box.text) if not _NOBODY.search(m["value"])]
        if box.grid != OUTSIDE and (_SIGNED.search(text) or _written(box.text)):
            yield box.pieces[0], text
        elif said:
            yield from ((box.pieces[0], value) for value in said)
        elif box.grid == OUTSIDE:
            if re.search(r"[:：](?:19|20)\d\d年\d{1,2}月\d{1,2}日", text) or _SIGNED.search(text):
                yield box.pieces[0], text
        elif (
            _NUMBER.fullmatch(text)
            or _is_work(board, box)
            or any(_fits(label, text) for label in _labels(board, box))
        ):
            yield box.pieces[0], text


def _full_rows(board: Board, grid: int) -> Iterator[tuple[Piece, str]]:
    """Yield cells of a row with something in every column, as the one over it has, before another such or an empty one."""
    rows = [
        (tuple((box.column, box.column_end) for box in boxes), boxes, [box.filled for box in boxes])
        for _, boxes in begun_rows(board, grid)
        if len(boxes) >= _COLUMNS and all(box.row_end == box.row + 1 for box in boxes)
    ]
    for (spans, _, over), (same, boxes, filled), (under, _, below) in zip(
        rows, rows[1:], rows[2:], strict=False
    ):
        if spans == same == under and all(over) and all(filled) and (all(below) or not any(below)):
            for box in boxes[:_FILLED]:
                yield box.pieces[0], "".join(box.text.split())


def _labels(board: Board, box: Box) -> Iterator[str]:
    left = next(board.left_of(box), None)
    above = next(board.above(box), None)
    for other in (left, above):
        if other is not None:
            yield identifier(other.text)


def _written(text: str) -> bool:
    """Whether a cell opens with its question and goes on with sentences that answer it."""
    first, *rest = (line.strip() for line in text.split("\n"))
    if not re.fullmatch(r"[^:：。]{2,24}(?:[（(].*[)）])?[:：]", first) or re.search(
        r"说明|要求|须知|承诺|声明|注意", first
    ):
        return False
    return len([line for line in rest if len(line) > _PROSE and not line.startswith(("（", "(", "注"))]) > 1


def _is_work(board: Board, box: Box) -> bool:
    """Whether a cell right of 题目 or 项目名称 holds the title that somebody gave to a work."""
    left = next(board.left_of(box), None)
    if left is None or not re.search(r"(?:题目|课题名称|项目名称|论文名称)$", identifier(left.text)):
        return False
    plain = squeeze(box.text)
    return (
        len(plain) >= _FEWEST
        and re.search(r"[\u4e00-\u9fff]{4}", plain) is not None
        and not _NOBODY.search(plain)
    )


def _fits(label: str, text: str) -> bool:
    if label.endswith("性别"):
        return text in ("男", "女")
    if label.endswith("民族"):
        return text == "汉" or re.fullmatch(r"\w{1,3}族", text) is not None
    if label.endswith("职称"):
        return _RANK.search(text) is not None and len(text) <= _SHOWN
    kind = guess_kind(label)
    if kind is FieldKind.PERSON or label.endswith("教师"):
        return _NAME.fullmatch(text) is not None and guess_kind(text) is FieldKind.TEXT
    return kind is FieldKind.DATE and _DATE.match(text) is not None
