"""The places of a line or cell that wait for an answer behind their label: 标签：____, boxes, dates under a signature.

Knows the words of one box; whose box it is comes as words that name it (``heading``, ``owner``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from extract.matching.board import OUTSIDE, Box, Piece
from extract.spelling import squeeze
from forms import FieldKind

from .fieldkinds import APART, BOX, DATE_PROMPT, PERIOD, WHERE, boxes_only, guess_kind, options_of
from .fieldnames import NUMBERED, Names, identifier, last_words
from .sentences import gaps
from .spots import Blank, Spot

_GAP = r"[ \t\u3000_＿⎵‗]*"
_DATE_GAP = rf"(?:{_GAP}(?:20\d\d(?=年[ \t\u3000_＿⎵‗]+月))?年{_GAP}月(?:{_GAP}日)?{_GAP})?"
_OTHERS = r"(?:\{\{[^{}\n]*\}\}|[$#]?\{[\w.]+\}|\[[A-Za-z_]\w*\]|[XxＸ×]{2,})"  # the tag of another tool, in place of blanks
_LABEL = r"(?P<label>(?:[（(][^\s（）()]{1,4}[)）] ?)?[^\s:：，。；;、_＿⎵‗（(][^:：，。；;\n_＿⎵‗]{0,24}?)"
INLINE = re.compile(
    rf"{_LABEL}(?P<note>[（(][^（）()\n]{{0,60}}[)）])?[ \t\u3000]*[:：]"
    rf"(?:[（(](?:(?:加?盖?公?章|签[字名章])[)）]|[^（）()\s]{{1,6}}[)）](?=[ \t\u3000]*[_＿⎵‗]{{2}}|[ \t\u3000]{{2}})))?"
    rf"(?:第(?=[ \t\u3000_＿⎵‗]+[号期次届]))?"
    rf"(?P<blank>{_GAP}(?:{_OTHERS}{_GAP})?{_DATE_GAP})(?=$|\n|[^\s_＿⎵‗])"
)
BARE_DATE = re.compile(
    r"(?P<label>[^\s:：]{2,8}(?:日期|时间))[ \t\u3000]{1,}(?P<blank>[ \t\u3000_]*年[ \t\u3000_]+月[ \t\u3000_]+日)"
)
LONE_DATE = re.compile(r"(?<![\d年月日])(?:[ \t\u3000_＿⎵‗]*|20\d\d)年[ \t\u3000_＿⎵‗]+月[ \t\u3000_＿⎵‗]+日")
MONTH = re.compile(r"\s*[（(]?[ ]*(?P<blank>20\d\d年[ \t\u3000_＿⎵‗]+月份?)[ ]*[)）]?\s*")  # （2020年  月）
_AMOUNT = re.compile(
    r"(?P<label>大写|小写|[￥¥])[)）]?[:：]?(?P<blank>[ \t\u3000_＿⎵‗]{2,})"
)  # 人民币（大写）      （￥      元）
TAG = re.compile(
    r"\{\{[ \t]*\w[^{}\n]*\}\}|[$#]?\{[A-Za-z_.][\w.]*\}"
)  # the placeholder of another tool, for words
TAGGED = re.compile(
    rf"(?:(?P<label>[\u4e00-\u9fff]{{2,12}})[ \t\u3000]+)?(?P<blank>{TAG.pattern})"
)  # 成绩 {{{{score}}}}
_BRACKETED = re.compile(
    r"(?P<label>[^\s:：，。；;、（()）]{2,24})[ \t\u3000]*[（(](?P<blank>[ \t\u3000]{3,})[)）]"
)  # BPW(     )  TTB(     ): room for a number each
_UNDERLINED = re.compile(
    r"(?:^|(?<=[\s_＿⎵‗]))(?P<label>[\u4e00-\u9fff](?:[ \u3000]{0,16}[\u4e00-\u9fff/、]){1,13}"
    r"(?:[（(][^（）()\s]{1,8}[)）][\u4e00-\u9fff]{0,4})?)"
    r"[ \t\u3000]*(?P<blank>[_＿⎵‗]{3,}|[_＿⎵]*‗[_＿⎵‗]*)(?![_＿⎵‗]*[年月日\d])(?![ \t\u3000_＿⎵‗]*(?:{WHERE}|同志|岁|元))"
)  # 学生姓名________ 学号______
_WORDS = (
    r"[\u4e00-\u9fff]{0,8}(?:名称|单位|姓名|人|者|电话|日期|时间|学号|职务|职称|地址|编号|部门|教师|主任|院长)"
    r"(?:[（(][^（）()\s]{1,6}[)）])?"
)
_SPACED = re.compile(rf"(?:^|(?<=\s))(?P<label>{_WORDS})(?P<blank>[ \t\u3000]{{4,}}|$)")
_SPACED_LINE = re.compile(
    rf"\s*(?:{_WORDS}(?:[ \u3000]{{4,}}|\t+)){{1,4}}(?:{_WORDS}\s*(?:年[ \u3000]+月[ \u3000]+日)?)?\s*"
)  # 学校名称（公章）        填表人        填表日期   年   月   日
_OPEN_BEFORE = re.compile(r"(?:^|\n|[_＿⎵]{3}|‗)[ \t\u3000]*(?:[（(][^（）()]{1,6}[)）])?\s*$")
_YES_OR_NO = re.compile(
    r"(?P<label>是否[^（()\n:：？?]{2,30})[（(](?P<blank>[ \t\u3000]+)[)）]"
)  # 是否为重点项目（  ）
_TICKED = re.compile(
    rf"(?:^|(?<=[\s；;，,。]))(?P<label>[^\s，。；;（()\n:：？?{BOX}][^，。；;\n:：？?{BOX}]{{3,28}}?)[ \t\u3000]*(?P<blank>)"
    rf"(?=[是有][ ]*[{BOX}][ \u3000]*[否无][ ]*[{BOX}]|[{BOX}][ ]*[是有][ \u3000]*[{BOX}])"
)  # 是否党员  是□ 否□
_ASKED = re.compile(
    r"(?P<label>[^\s:：。；，？?、]{4,24})[？?](?P<blank>)(?=[ \t\u3000]*\S)"
)  # 有无亲属任职？ 有（ ） 无（ ）
_TICKS = re.compile(
    rf"\s*(?:[{BOX}]|(?:[^\s（(:：]{{1,8}}[（(][ \t\u3000]*[)）]\s*){{2}}|(?:[（(\[][ \t\u3000]*[)）\]]\s*[^\s（(\[:：]{{1,8}}\s*){{2}})"
)
_BOX_BEHIND = re.compile(
    rf"(?:[ \t\u3000]*[^\s（(:：。{BOX}]{{1,10}}[ \t\u3000]*[{BOX}][；;，,、]?){{2,}}"
)  # 好 □； 较好 □； 差 □
_BOXED = re.compile(
    rf"(?:(?<=[\s\x21-\x7e；;，,。）])|^)(?P<label>[\u4e00-\u9fff]{{2,10}})[:：](?P<blank>)(?=\s*[{BOX}])"
)
_BEYOND = re.compile(rf"[ \t\u3000]{{2,}}(?=[^\s:：{BOX}]{{2,16}}[:：])")  # □通过 □未通过  评语：
_TRAILING = re.compile(
    rf"^(?P<blank>[ \t\u3000_＿⎵‗]{{6,}})(?P<label>(?:{WHERE})(?:[（(][^（）()]{{1,6}}[)）])?(?=\s|$)|[（(](?:{WHERE})[)）])"
)  # ________学院(系)
_NOT_A_LABEL = re.compile(
    r"^(?:注|说明|备注|附|附件[\d一二三四五六七八九十]*|填[表写报](?:说明|要求)|注意(?:说明|事项)?|填写注意事项|导入说明|提示|主送|抄送|[\x21-\x7e]*\d[\x21-\x7e]*)$"
)
# words before a colon that begin a sentence or address somebody, and leave no room for an answer
_TALK = re.compile(
    r"^(?:[（(\[]?[\d一二三四五六七八九十A-Z]{1,3}[)）．.、]|[①-⑳]|[\[【]?各|尊敬)|(?:如下|下列|包括|规定|要求|通知|意见|办法|同志|们)$"
)
_LEADS_ON = re.compile(r"(?:如下|下列|包括|例如|所示|为|是|以下\w{0,6}|[两三四五六几]个\w{1,4})$")
_ASKS_WHOSE = re.compile(r"日期$|时间$|电话$|^年.?月")  # belongs to the label before it: 负责人签字：  日期：
SIGNS = re.compile(r"签|章$|人$|长$|师$|任$|员$|者$|负责|领导|意见|姓名|单位$|部门$")
_STAMPED = re.compile(r"\s*(?P<who>[\u4e00-\u9fff]{2,12})[（(](?:加?盖公?章|公章|印?章)[)）][:：]?\s*")
_ENCLOSED = (
    _AMOUNT,
    _BRACKETED,
    _TRAILING,
    _YES_OR_NO,
    _SPACED,
)  # whose blank is known by what stands on both sides
_DRAWN = " \t\n\u3000⎵‗"  # blanks, plain or underlined
_WIDE = 8  # blanks before 年 that leave room for a name
_APART = 2  # blanks kept between a name and the date behind it
_LONGEST = 16
_LONGEST_ASKED = 30  # characters of a label that has options
_BEGUN = re.compile(
    rf"(?:[^\s:：，。．.；;、_＿⎵‗（()）\[{BOX}]+[（(][^（）()\s]{{1,8}}[)）])+$"
)  # the words of 毕业设计（论文）题目： before its last ones
_LONGEST_SUB = 3
_SIGNS_AS = re.compile(
    r"[（(](?P<who>(?!签|加?盖|公章)[^（）()\s]{2,16})[)）]\s*"
)  # who signs, said behind the room
_PRINTED = re.compile(r"\d{1,6}(?=[ \t\u3000]{2}|\s*$)")  # a number that somebody left in the room
_UNTIL = re.compile(
    rf"{_GAP}起?(?:[至到~～]|[—–\-]+){_GAP}(?:20\d\d)?年{_GAP}月(?:{_GAP}日)?止?"
)  # 起止时间：  年  月至  年  月 is one answer


@dataclass(frozen=True, slots=True)
class _Found:
    """A label with its blank in a line (``label`` of the match), or a date alone (none)."""

    match: re.Match[str]

    @property
    def said(self) -> str:
        """The last words before the colon, without a bracket that opens in them."""
        words = last_words(self.match["label"] or self.match["blank"])
        opened = len(re.findall("[（(]", words)) > len(re.findall("[)）]", words))
        return (opened and re.split("[（(]", words)[-1].strip()) or words

    @property
    def start(self) -> int:
        """Where the words of the label begin, behind what the pattern took along."""
        if "label" not in self.match.re.groupindex or not self.match["label"]:
            return self.match.start()
        return self.match.start("label") + max(self.match["label"].rfind(self.said), 0)

    @property
    def label(self) -> str:
        """The words of the label, those of the tag where another tool's stands alone, none for a date alone."""
        if "label" not in self.match.re.groupindex:
            return ""
        if self.match.re is _AMOUNT:
            return self.match["label"] if self.match["label"] == "大写" else "小写金额"
        said = self.said
        begun = _BEGUN.search(self.match.string, 0, max(self.match.start("label"), 0))
        whole = begun[0] + said if begun is not None else said
        return whole if len(squeeze(whole)) <= _LONGEST_ASKED else said


def asks(text: str) -> bool:
    """Whether anything in ``text`` may wait for an answer behind a label of its own, or for a date."""
    return any(
        pattern.search(text)
        for pattern in (INLINE, BARE_DATE, LONE_DATE, TAGGED, _YES_OR_NO, _AMOUNT, _UNDERLINED)
    )


def inline(box: Box, blank: Blank, names: Names, heading: str = "", owner: str = "") -> None:
    """Find the 标签：____ places of a box; ``heading`` is what stands over them, ``owner`` the path of its own answer."""
    before = owner
    places = set()
    for piece in box.pieces:
        if piece.place in places:
            continue  # a text box inside a cell counts its paragraphs as the cell does: no tag would find it
        places.add(piece.place)
        if _goes_on(piece, before, blank):
            continue
        if owner and before == owner == blank.spots[-1].path and _is(blank.spots[-1].label, piece.text):
            continue  # the question itself, whose room lies under it
        line = _Line(box, piece, blank, names, heading)
        before = line.read(before)
        line.read_gaps()
        before = before or _stamped(piece.text)


def within_sentence(box: Box, blank: Blank, names: Names, heading: str = "") -> None:
    """Find only the gaps within a line that leads on to the text under it: 本人____郑重承诺如下：."""
    for piece in box.pieces:
        _Line(box, piece, blank, names, heading).read_gaps()


def dates_under(box: Box, signers: Sequence[str], blank: Blank, names: Names) -> bool:
    """Take up a line of nothing but dates, one under each of several who signed side by side; say whether it is one."""
    piece = box.pieces[0]
    dates = list(LONE_DATE.finditer(piece.text))
    if len(dates) < _APART or len(dates) != len(signers) or squeeze(LONE_DATE.sub("", piece.text)):
        return False
    line = _Line(box, piece, blank, names, "")
    for signer, found in zip(signers, dates, strict=True):
        line.date(signer, found.start(), found.end())
    return True


def _goes_on(piece: Piece, before: str, blank: Blank) -> bool:
    """Take up a line of nothing but further options of the choice over it: 样品制备：□固体…, □液体… on a line of its own."""
    text = boxes_only(piece.text)
    spot = blank.spots[-1] if before and blank.spots else None
    if spot is None or spot.path != before or not spot.options or not text.strip().startswith(tuple(BOX)):
        return False
    options = options_of(text)
    if not options or set(options) & set(spot.options):
        return False
    every = (*spot.options, *options)
    kind = kind_of(spot.label, every)
    blank.spots[-1] = replace(spot, options=every, kind=kind, also=(*spot.also, piece.place))
    return True


def _is(label: str, line: str) -> bool:
    """Whether a line says a label and no more."""
    return identifier(label) == identifier(line) != ""


class _Line:
    """One paragraph being read from the left; ``read`` takes and returns the path of the field before."""

    def __init__(self, box: Box, piece: Piece, blank: Blank, names: Names, heading: str) -> None:
        self._box = box
        self._piece = piece
        self._blank = blank
        self._names = names
        self._heading = heading
        self._outside = box.grid == OUTSIDE
        self._text = boxes_only(piece.text)
        self._over: list[str] = []  # 培养时间：始：   末： has a label over the others

    def read(self, before: str) -> str:
        if self.month():
            return before
        last = 0  # where the stretch of the field before ends
        for found in self._found():
            match = found.match
            if found.start < last:
                continue
            if not found.label:
                before = before or _stamped(self._text[: match.start()])
                alone = self._outside and squeeze(match.string) == squeeze(match[0])
                if (before or alone) and not re.search(r"[，。；]", self._text[last : match.start()]):
                    before, last = self.date(before, match.start(), match.end()), match.end()
                continue
            if "\n" in self._text[last : match.start()]:
                self._over = []
            options, end = self._extent(match)
            if self._is_over(found, options):
                self._over = [found.label]
                last = match.end("blank")
                continue
            if not self._is_open(found, options):
                continue
            last = end
            before = self._take(found, options, end, before)
        return before

    def month(self) -> bool:
        """Take up a line of nothing but the month that the form is for, its year printed; say whether it is one."""
        found = MONTH.fullmatch(self._text)
        if found is not None:
            path = self._names.path([PERIOD], around=[self._heading])
            self._add(path, PERIOD, FieldKind.TEXT, found.span("blank"))
        return found is not None

    def read_gaps(self) -> None:
        """Take up what is left open within sentences: 本人____，身份证号____."""
        taken = [spot for spot in self._blank.spots if spot.place == self._piece.place]
        for gap in gaps(self._text):
            before = max((spot.end for spot in taken if spot.end <= gap.start), default=-1)
            if before >= 0 and not self._text[before : gap.start].strip(_DRAWN):
                continue  # nothing would part it from the answer before it
            if not any(spot.start <= gap.end and gap.start <= spot.end for spot in taken):
                path = self._names.path([gap.name], around=[self._heading])
                drawn = (
                    self._text[gap.start : gap.end].strip(_DRAWN) == "" and gap.end - gap.start > 2 * _APART
                )
                end = gap.start + _APART if drawn else gap.end  # the rest stays in sight
                self._add(path, gap.name, gap.kind, (gap.start, end))

    def _found(self) -> Iterator[_Found]:
        patterns: Sequence[re.Pattern[str]] = (
            INLINE,
            BARE_DATE,
            LONE_DATE,
            TAGGED,
            _BOXED,
            _YES_OR_NO,
            _TICKED,
            _ASKED,
            _UNDERLINED,
            _AMOUNT,
        )
        every = [match for pattern in patterns for match in pattern.finditer(self._text)]
        if self._outside:
            every += _TRAILING.finditer(self._text)
            every += _SPACED.finditer(self._text) if _SPACED_LINE.fullmatch(self._text) else ()
        if _bracketed(self._text):
            every += _BRACKETED.finditer(self._text)
        yield from map(_Found, sorted(every, key=lambda match: match.start()))

    def _extent(self, match: re.Match[str]) -> tuple[tuple[str, ...], int]:
        """Return the options behind a label, and where its answer ends."""
        rest, *lines = self._text[match.end() :].split("\n")
        if match.re in _ENCLOSED:
            return (), match.end("blank")
        further = _BOXED.search(rest) or _BEYOND.search(rest)  # 高压灭菌器：□A0076天平：□A0501
        rest = rest[: further.start()] if further else rest
        if behind := _BOX_BEHIND.match(boxes_only(rest)):
            return options_of(behind[0]), match.end() + behind.end()
        # 有（   ）无（   ） is a choice, three of them are amounts
        ticked = _TICKS.match(rest) and len(_BRACKETED.findall(rest)) <= _APART
        options = options_of(rest) if ticked else ()
        apart = APART.match(self._text, match.start("blank"))
        if apart is not None and len(apart["plain"]) >= _WIDE:
            return (), apart.start() + _APART
        printed = _PRINTED.match(rest) if len(match["blank"]) >= _APART else None
        if not options and printed and guess_kind(last_words(match["label"])) is FieldKind.INTEGER:
            return (), match.end() + printed.end()
        if not options and "年" in match["blank"] and (until := _UNTIL.match(rest)):
            return options, match.end() + until.end()
        if not options:
            return options, match.end("blank") - _apart(match["blank"], rest)
        while not further and lines and lines[0].strip().startswith(tuple(BOX)) and options_of(lines[0]):
            options, rest = (*options, *options_of(lines[0])), f"{rest}\n{lines.pop(0)}"
        return options, match.end() + len(rest.rstrip())

    def _is_open(self, found: _Found, options: tuple[str, ...]) -> bool:
        match, label = found.match, found.label
        rest = self._text[match.end() :].partition("\n")[0]
        if self._outside and not match["blank"] and not options and _TALK.search(label):
            return False
        if match.re in _ENCLOSED:
            return True
        if self._names_gap(match, label) and not options:
            return False
        most = _LONGEST_ASKED if options else _LONGEST
        if (
            _NOT_A_LABEL.match(squeeze(found.said))
            or len(re.sub(r"[（(][^（）()]*[)）]", "", squeeze(label))) > most
        ):
            return False
        if not match["blank"] and not options and (_LEADS_ON.search(label) or self._heads_choices(match)):
            return False
        if _SIGNS_AS.fullmatch(rest) and SIGNS.search(label):
            return True  # 签字：（申请人）
        if match.re in (_ASKED, _TICKED):
            return bool(options)
        if match.re is _UNDERLINED and re.search("[，。；]", rest):
            return False  # a gap in a sentence
        if match.re is _UNDERLINED and not _OPEN_BEFORE.search(self._text[: match.start()]):
            return False  # a name that somebody wrote on the line
        if (
            match.re is TAGGED and not match["label"]
        ):  # in a sentence nothing would tell where the answer begins
            return not self._outside and squeeze(self._text) == squeeze(match["blank"])
        return bool(
            options
            or match["blank"].strip(" ")
            or not rest.strip()
            or len(match["blank"]) >= _APART
            or _next_label(rest)
        )

    def _heads_choices(self, match: re.Match[str]) -> bool:
        """Whether a numbered line only stands over the questions under it: 1.工作情况： over 态度：好□ 中□."""
        rest, _, under = self._text[match.end() :].partition("\n")
        if rest.strip() or not NUMBERED.match(self._text[: match.end()].rpartition("\n")[2]):
            return False
        number = self._box.pieces.index(self._piece) + 1
        under = (under or "".join(piece.text for piece in self._box.pieces[number : number + 1])).strip()
        found = INLINE.match(under)
        return found is not None and _BOX_BEHIND.match(boxes_only(under[found.end() :])) is not None

    def _names_gap(self, match: re.Match[str], label: str) -> bool:
        """Whether a label says what belongs into the gap that it touches: ____学院____专业, ____党委组织部：."""
        if self._text[match.start("label") - 1 : match.start("label")] not in tuple("_＿⎵‗"):
            return False
        before = self._text[: match.start("label")].strip(" \t\u3000_＿⎵‗")
        if match.re is _UNDERLINED:
            return re.fullmatch(WHERE, label) is not None
        return not (before or match["blank"])

    def _is_over(self, found: _Found, options: tuple[str, ...]) -> bool:
        """Whether a label stands over the short ones that follow it closely: 培养时间：始：    末：."""
        match = found.match
        if options or match["blank"] or self._over or match.re is not INLINE:
            return False
        line = self._text[match.end() :].partition("\n")[0]
        if _BOXED.match(line) or (_BRACKETED.match(line) and _bracketed(line)):
            return True
        subs = list(INLINE.finditer(line))
        short = [sub for sub in subs if len(squeeze(sub["label"])) <= _LONGEST_SUB]
        plain = all(guess_kind(sub["label"]) is FieldKind.TEXT for sub in subs)
        return len(subs) >= 2 and subs[0].start() == 0 and len(short) == len(subs) and plain

    def _take(self, found: _Found, options: tuple[str, ...], end: int, before: str) -> str:
        match, label = found.match, found.label
        whose = "" if before.endswith("日期") else before  # a date says nothing of what follows it
        around = [before, self._heading] if _ASKS_WHOSE.search(label) else [self._heading, whose]
        who = _SIGNS_AS.fullmatch(self._text[match.end() :].partition("\n")[0])
        if who is not None and SIGNS.search(label):
            label = who["who"] + label
        path = self._names.path([*self._over, label], around=around)
        start = match.start("blank")
        date = "" if options else match["blank"]
        cut = _name_ends(label, date) if "年" in date else -1
        if cut >= 0:
            self._add(path, label, guess_kind(label), (start, start + cut))
            return self.date(path, start + cut, end)
        kind = FieldKind.DATE if DATE_PROMPT.fullmatch(match["blank"]) else kind_of(label, options)
        if "年" in date and end > match.end():
            kind = FieldKind.TEXT  # from one day to another
        blank = match["blank"].strip(_DRAWN) == "" and end <= match.end("blank")
        if kind is not FieldKind.DATE and not options and blank:
            room = 0 if re.search("[\t‗]", match["blank"]) else _APART  # the rest stays in sight
            end = min(end, start + room) if not room or end - start > 2 * _APART else end
        self._blank.spots.append(Spot(path, label, kind, self._piece.place, start, end, "", options))
        return path

    def date(self, before: str, start: int, end: int) -> str:
        """Take up a date that has no label of its own; it belongs to the field ``before``. Return its path."""
        text = self._piece.text[start:end]
        lead = len(text) - len(text.lstrip(" \t\u3000_＿⎵‗"))
        first = start + max(lead - 2 * _APART, min(lead, _APART) if start else 0)
        *parents, name = before.split(".")
        around = [] if name else [self._heading]
        path = self._names.path([*parents, name if name.endswith("日期") else f"{name}日期"], around=around)
        self._add(path, "", FieldKind.DATE, (first, end))
        return path

    def _add(self, path: str, label: str, kind: FieldKind, stretch: tuple[int, int]) -> None:
        self._blank.spots.append(Spot(path, label, kind, self._piece.place, *stretch))


def _stamped(text: str) -> str:
    """Return who stamps in the last line of a text, to whom the date under it belongs; "" where nobody does."""
    found = _STAMPED.fullmatch(text.rstrip().rpartition("\n")[2])
    return found["who"] if found is not None else ""


def _bracketed(text: str) -> bool:
    """Whether several brackets in a text leave room, each behind its own words."""
    return len(_BRACKETED.findall(text)) > 1


def _next_label(rest: str) -> bool:
    """Whether another label follows at once, and no answer that somebody gave."""
    match = INLINE.match(rest.lstrip())
    named = match is not None and not match["label"][0].isdecimal()
    return match is not None and named and last_words(match["label"]) == match["label"].strip()


def _name_ends(label: str, blank: str) -> int:
    """Return where in ``blank`` the room for a name ends that a date follows; -1 when the date is the whole answer."""
    room = len(blank[: blank.index("年")])
    if guess_kind(label) is FieldKind.DATE or not (room >= _WIDE or SIGNS.search(squeeze(label))):
        return -1
    return max(room - 3 * _APART, 0)


def _apart(gap: str, rest: str) -> int:
    """Return how many blanks at the end of ``gap`` keep the answer apart from the label that follows."""
    after = len(gap) - len(gap.rstrip())
    return (after if gap.strip() else min(after // 2, 2)) if rest.strip() else 0


def kind_of(label: str, options: tuple[str, ...]) -> FieldKind:
    """Return the kind that a label and the options beside it suggest."""
    if not options:
        return guess_kind(label)
    several = re.search(r"可多选|多选", label) is not None or (len(options) > 4 and "单选" not in label)
    return FieldKind.CHOICES if several else FieldKind.CHOICE
