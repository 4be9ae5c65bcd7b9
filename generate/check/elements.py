"""Recognises the elements of a 公文 by position and content: each paragraph of a ``Sheet`` gets its part.

Knows what elements there are and how they read; does not know what they must look like.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from generate.standard.levels import level_of

from .sheet import Para, Sheet, Where, black, red


class Part(StrEnum):
    """An element of the page; the value is what a clerk calls it."""

    COPY = "份号"
    SECRECY = "密级"
    URGENCY = "紧急程度"
    MARK = "发文机关标志"
    NUMBER = "发文字号"
    SIGNER = "签发人"
    TITLE = "标题"
    ADDRESSEES = "主送机关"
    TEXT = "正文"
    NOTE = "附件说明"
    SIGNATURE = "署名"
    DATE = "成文日期"
    REMARK = "附注"
    PRESENT = "出席人员"
    LABEL = "附件顺序号"
    ANNEX_TITLE = "附件标题"
    ANNEX_TEXT = "附件正文"
    KEYWORDS = "主题词"
    COPIES = "抄送机关"
    PRINTED = "印发机关和印发日期"
    AMOUNT = "印发份数"
    OTHER = "其他文字"
    BLANK = "空行"


class Kind(StrEnum):
    """The form of a document by its head (clause 10), which decides some rules."""

    FILE = "文件"
    LETTER = "信函"
    ORDER = "命令"
    MINUTES = "纪要"


_HAN = "[〇○Ｏ零一二三四五六七八九十]"
_ARABIC_DAY = r"\d{2,4}年\d{1,2}月\d{1,2}日"
_HAN_DAY = rf"[二一]{_HAN}{{3}}年{_HAN}{{1,3}}月{_HAN}{{1,3}}日"
_BLANK_DAY = r"[\dXx×]{4}年[\dXx×]{0,2}月[\dXx×]{0,2}日"
DAY = re.compile(rf"{_ARABIC_DAY}|{_HAN_DAY}|{_BLANK_DAY}")
HAN_DAY = re.compile(_HAN_DAY)
SECRECY = re.compile(r"(绝密|机密|秘密)(★.*)?(特急|加急|特提|平急)?")
URGENCY = re.compile(r"(特急|加急|特提|平急)")
NUMBER = re.compile(
    r"(?P<word>[\u4e00-\u9fffA-Za-z×]{1,16}?)(?P<open>[〔【\[［(（〖{﹝]?)(?P<year>\d{2,4}[Xx×]?|[Xx×]{4})(?P<close>[〕】\]］)）〗}﹞]?)"
    r"(?P<ordinal>第?)(?P<count>\d{1,4}|[Xx×]{1,3})号"
)
ORDER_NUMBER = re.compile(r"第\d+[号期]")
SIGNER = re.compile(r"签发人(?P<colon>[：:]?)(?P<names>.*)")
_KINDS = (
    "通知|通报|决定|决议|公报|公告|通告|意见|报告|请示|批复|议案|函|复函|纪要|命令|令|方案|办法|规定|细则|条例|规则|要点|计划|总结|"
    "规划|制度|建议|答复|预案|倡议书|公示|证明"
)
_TITLE = re.compile(rf"(?:.*[\u4e00-\u9fff])?(?:{_KINDS})(?:[（(][^（）()]{{1,12}}[）)])?[。！；，]?")
_COPIES = re.compile(r"(抄送|抄报|主送|分送)[：:]?")
_PRINTED = re.compile(rf".*({DAY.pattern})(日)?印(发|制)?")
_KEYWORDS = re.compile(r"主题词[：:]?.*")
_AMOUNT = re.compile(r"[（(]?共?印(发)?\d+份[）)]?")
LABEL = re.compile(r"附件?(?P<count>\d{1,2}|[一二三四五六七八九十]{1,3})?(?P<colon>[：:]?)")
NOTE = re.compile(r"附件?(?P<colon>[：:]?)(?P<rest>.*)")
NOTE_ITEM = re.compile(r"(?P<count>\d{1,2})(?P<stop>[.．、，：:]|(?=[\u4e00-\u9fff《]))(?P<name>.*)")
PRESENT = re.compile(r"(出席|请假|列席|参加|主持|记录|缺席)(人员|人)?[：:].*")
_DRAFT = re.compile("征求意见稿|讨论稿|送审稿|草案|草稿")
_ORGAN = re.compile(
    r"委|局|部|厅|府|办|院|校|公司|会|中心|支部|组织|单位|处|科|室|社|团|行|站|所|机关|馆|区|县|市"
)
_TELEGRAMS = ("发电", "明电", "电报", "传真")
_STOPS = "。；！？，、：:;"
_LINES_TO_NUMBER = (
    2  # empty lines between mark and 发文字号 of a 文件 (7.2.5), there too where it has no number yet
)


@dataclass(frozen=True, slots=True)
class Elements:
    """The parts of a sheet's paragraphs, one for each, and the document's form."""

    sheet: Sheet
    parts: tuple[Part, ...]
    kind: Kind
    official: bool

    def all(self, *wanted: Part) -> list[tuple[int, Para]]:
        """Return the paragraphs with their places that are one of ``wanted``, from the top down."""
        return [(place, self.sheet.paras[place]) for place, part in enumerate(self.parts) if part in wanted]

    @property
    def draft(self) -> bool:
        """Whether the document says that it is a draft and so has no date yet."""
        head = [para.tight for para in self.sheet.paras if para.words][:8]
        return any(_DRAFT.search(line) and len(line) < 60 for line in head)

    def first(self, part: Part) -> tuple[int, Para] | None:
        """Return the first paragraph of ``part`` with its place."""
        return next(iter(self.all(part)), None)

    def annex_starts(self) -> list[int]:
        """Return the places where an annex (a labelled or carried text) begins."""
        starts, previous = [], Part.BLANK
        for place, part in enumerate(self.parts):
            if part is Part.BLANK:
                continue
            if part is Part.LABEL or (
                part is Part.ANNEX_TITLE and previous not in (Part.LABEL, Part.ANNEX_TITLE)
            ):
                starts.append(place)
            previous = part
        return starts


def recognise(sheet: Sheet) -> Elements:
    """Return the element that each paragraph of ``sheet`` is, and whether it is a 公文 at all."""
    return _Recogniser(sheet).elements()


class _Recogniser:
    """One pass over the paragraphs from the head down; later steps fill what earlier ones left open."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.paras = sheet.paras
        self.parts: list[Part | None] = [Part.BLANK if para.blank else None for para in self.paras]

    def elements(self) -> Elements:
        self._imprint()
        title = self._title()
        self._head(title)
        end = title[-1] + 1 if title else self._after_head()
        start = self._addressees(end)
        day = self._day(start)
        self._signature(start, day)
        stop = self._notes(start, day)
        self._text(start, stop)
        if day is not None:
            self._remark(day)
            self._annexes(day + 1)
        else:
            self._annexes(stop)
        parts = tuple(part or Part.OTHER for part in self.parts)
        return Elements(self.sheet, parts, self._kind(), self._official(parts, title))

    def _open(self, start: int = 0, stop: int | None = None) -> Iterator[tuple[int, Para]]:
        """Yield the paragraphs from ``start`` to ``stop`` that have no part yet and hold words."""
        for place in range(start, len(self.paras) if stop is None else stop):
            if self.parts[place] is None and self.paras[place].words:
                yield place, self.paras[place]

    def _imprint(self) -> None:
        copies = False
        for place, para in self._open():
            tight = para.tight
            if _KEYWORDS.fullmatch(tight):
                self.parts[place] = Part.KEYWORDS
            elif _AMOUNT.fullmatch(tight):
                self.parts[place] = Part.AMOUNT
            elif _COPIES.match(tight) and tight[2:3] in ("：", ":") and place > 2:
                self.parts[place], copies = Part.COPIES, True
            elif (
                _PRINTED.fullmatch(tight) and len(tight) < 60 and tight.endswith(("印发", "印制", "印"))
            ) or (copies and para.tabs and DAY.search(tight) and len(tight) < 60):
                self.parts[place] = Part.PRINTED

    def _title(self) -> list[int]:
        """Find the title: the first line that ends with a kind of document, with centred lines of its look above."""
        candidates = list(self._open())[:24]
        found = next((place for place, para in candidates if self._is_title(para, place)), None)
        if found is None:
            found = next((p for p, para in candidates if _big(para) and not _head_part(para)), None)
        if found is None:
            return []
        places = [found]
        for place in range(found - 1, -1, -1):
            para = self.paras[place]
            if self.parts[place] is Part.BLANK and places[0] - place < 3 and not para.new_page:
                continue
            if self.parts[place] is not None or not _same_title(para, self.paras[found]):
                break
            places.insert(0, place)
        for place in places:
            self.parts[place] = Part.TITLE
        return places

    def _is_title(self, para: Para, place: int) -> bool:
        tight = para.tight
        if (
            not (2 <= len(tight) <= 120)
            or (len(tight) < 4 and para.align != "center")
            or not _TITLE.fullmatch(tight)
            or level_of(tight)
            or "：" in tight[:6]
        ):
            return False
        if para.where is Where.CELL or all(red(run.color) for run in para.runs if run.text.strip()):
            return False
        centred = para.align == "center" or para.led >= 4 or para.size >= 18
        return centred or (tight.startswith("关于") and place < 12) or (place < 4 and "关于" in tight)

    def _head(self, title: list[int]) -> None:
        """Name what stands above the title; number and mark also where they stand between title and text."""
        stop = title[0] if title else self._after_head()
        for place, para in self._open(0, stop):
            self.parts[place] = _head_part(para) or (Part.MARK if _is_mark(para) else None)
        last_signer = max(
            (p for p, part in enumerate(self.parts[:stop]) if part is Part.SIGNER), default=None
        )
        if last_signer is not None:
            for place, para in self._open(last_signer + 1, stop):
                self.parts[place] = Part.SIGNER if len(para.tight) <= 12 else None
        if title:
            self._below_title(title[-1] + 1)

    def _below_title(self, start: int) -> None:
        for place, para in list(self._open(start))[:5]:
            part = _head_part(para)
            if part is Part.NUMBER and len(para.tight) < 40:
                self.parts[place] = part
            elif para.align == "center" and _is_mark(para):
                self.parts[place] = Part.MARK
            elif para.align == "center" and len(para.tight) < 60:
                self.parts[place] = Part.OTHER
            elif part is None and para.align != "center":
                return

    def _after_head(self) -> int:
        """Return where the head ends in a document without a title, as a 命令 has none."""
        end = 0
        for place, para in list(self._open())[:8]:
            if _head_part(para) is None and not _is_mark(para):
                break
            end = place + 1
        return end

    def _addressees(self, start: int) -> int:
        for place, para in self._open(start):
            tight = para.tight
            if para.where is not Where.BODY:
                continue
            if _is_addressees(para, tight):
                self.parts[place] = Part.ADDRESSEES
                return place + 1
            break
        return start

    def _day(self, start: int) -> int | None:
        for place, para in self._open(start):
            if para.where is Where.BODY and DAY.fullmatch(para.tight):
                return place
        return None

    def _signature(self, start: int, day: int | None) -> None:
        if day is None:
            return
        self.parts[day] = Part.DATE
        for place in range(day - 1, start - 1, -1):
            para = self.paras[place]
            if self.parts[place] is Part.BLANK:
                continue
            if self.parts[place] is not None or not _is_signature(para):
                return
            self.parts[place] = Part.SIGNATURE

    def _notes(self, start: int, day: int | None) -> int:
        """Find 附件说明 and return where the text proper ends."""
        stop = self._end_of_text(start, day)
        noted = False
        for place, para in self._open(start, stop):
            tight = para.tight
            if para.where is not Where.BODY:
                continue
            head = NOTE.fullmatch(tight)
            if (
                head
                and tight[:2] == "附件"
                and (head["colon"] or NOTE_ITEM.match(tight[2:]))
                and len(tight) < 120
            ):
                self.parts[place], noted = Part.NOTE, True
            elif noted and NOTE_ITEM.match(tight) and "。" not in tight[:-1] and len(tight) < 80:
                self.parts[place] = Part.NOTE
            elif noted:
                noted = False
        return stop

    def _end_of_text(self, start: int, day: int | None) -> int:
        if day is not None:
            return day
        for place, para in self._open(start):
            following = next((p.tight for _, p in self._open(place + 1)), "")
            is_label = (
                LABEL.fullmatch(para.tight) and para.tight.startswith("附件") and para.where is Where.BODY
            )
            if is_label and (para.new_page or not NOTE_ITEM.match(following)):
                return place
        ends = (Part.COPIES, Part.PRINTED, Part.KEYWORDS)
        return next((p for p, part in enumerate(self.parts) if part in ends and p > start), len(self.paras))

    def _text(self, start: int, stop: int) -> None:
        """Name the text: it ends where 附件说明 begins."""
        notes = (place for place in range(start, stop) if self.parts[place] is Part.NOTE)
        stop = next(notes, stop)
        for place, para in self._open(start, stop):
            if para.where is Where.BODY and PRESENT.fullmatch(para.tight) and self._minutes():
                self.parts[place] = Part.PRESENT
            elif para.where is Where.BODY and para.align not in ("center", "right"):
                self.parts[place] = Part.TEXT

    def _remark(self, day: int) -> None:
        for place, para in self._open(day + 1):
            if (
                para.tight[:1] in "（("
                and para.tight[-1:] in "）)"
                and len(para.tight) < 80
                and not para.new_page
            ):
                self.parts[place] = Part.REMARK
            return

    def _annexes(self, start: int) -> None:
        """Name what follows the date: labels, titles and texts of annexes, and the notes that stand in them."""
        inside, titled, noted = False, False, False
        page = False
        for place in range(start, len(self.paras)):
            para = self.paras[place]
            page = page or para.new_page or self._new_section(place)
            if self.parts[place] is not None or not para.words:
                continue
            if para.where is not Where.BODY:
                titled = True
                continue
            tight = para.tight
            if _is_label(tight) and (page or not NOTE_ITEM.match(self._next_words(place))):
                self.parts[place], inside, titled, page = Part.LABEL, True, False, False
            elif (page and para.align == "center") or (inside and not titled and _titular(para)):
                self.parts[place], inside, page = Part.ANNEX_TITLE, True, False
                titled = self._next_words(place) == "" or not self._continues_title(place)
            elif inside:
                titled, page = True, False
                noted = self._annex_line(place, para, noted=noted)

    def _annex_line(self, place: int, para: Para, *, noted: bool) -> bool:
        tight = para.tight
        if tight.startswith(("附件：", "附件:")) and len(tight) > 3:
            self.parts[place] = Part.NOTE
            return True
        if noted and NOTE_ITEM.match(tight) and "。" not in tight[:-1] and len(tight) < 80:
            self.parts[place] = Part.NOTE
            return True
        running = level_of(tight) or ("。" in tight and len(tight) > 28)
        if running and para.align not in ("center", "right"):
            self.parts[place] = Part.ANNEX_TEXT
        return False

    def _continues_title(self, place: int) -> bool:
        following = next((para for _, para in self._open(place + 1)), None)
        return following is not None and _same_title(following, self.paras[place])

    def _next_words(self, place: int) -> str:
        return next((para.tight for _, para in self._open(place + 1)), "")

    def _new_section(self, place: int) -> bool:
        before, here = self.paras[place - 1].section if place else 0, self.paras[place].section
        return before != here and self.sheet.sections[min(here, len(self.sheet.sections) - 1)].starts_page

    def _minutes(self) -> bool:
        wanted = (Part.MARK, Part.TITLE)
        heads = (para.tight for para, part in zip(self.paras, self.parts, strict=True) if part in wanted)
        return any(head.endswith("纪要") for head in heads)

    def _kind(self) -> Kind:
        marks = [p.tight for p, part in zip(self.paras, self.parts, strict=True) if part is Part.MARK]
        if any(_is_mark(para) and not para.tight.endswith("文件") for para in self.sheet.head):
            return Kind.LETTER
        if not marks or any(mark.endswith("文件") for mark in marks):
            return Kind.FILE
        if any(mark.endswith("纪要") for mark in marks):
            return Kind.MINUTES
        if any(mark.endswith("令") for mark in marks):
            return Kind.ORDER
        return Kind.LETTER if self._ruled_at_once() else Kind.FILE

    def _ruled_at_once(self) -> bool:
        """Whether the red line follows the mark directly, as in a 信函; elsewhere 发文字号 stands above the line."""
        mark = max(place for place, part in enumerate(self.parts) if part is Part.MARK)
        empty = 0
        for para, part in zip(self.paras[mark:], self.parts[mark:], strict=True):
            if part is Part.TITLE:
                return False
            if any(line is not None and line.red for line in (para.top, para.bottom)) or para.graphics:
                return part is not Part.NUMBER and empty < _LINES_TO_NUMBER
            empty += part is Part.BLANK
            if part is Part.NUMBER:
                return para.align == "right"
        return False

    def _draft(self) -> bool:
        """Whether the head says 征求意见稿 or the like."""
        head = [para.tight for para in self.paras if para.words][:4]
        return any(_DRAFT.search(line) and len(line) < 60 for line in head)

    def _official(self, parts: tuple[Part, ...], title: list[int]) -> bool:
        found = set(parts)
        named = bool(title) and _TITLE.fullmatch(self.paras[title[-1]].tight) is not None
        closing = {Part.ADDRESSEES, Part.DATE, Part.NUMBER, Part.MARK} & found
        marks = [para.tight for para, part in zip(self.paras, parts, strict=True) if part is Part.MARK]
        if any(mark.endswith(_TELEGRAMS) for mark in marks):
            return False  # 电报 has a form of its own, outside of this standard
        if marks and {Part.NUMBER, Part.DATE, Part.PRINTED} & found:
            return True
        if title and self._draft():
            return True
        announced = named and "关于" in "".join(self.paras[place].tight for place in title)
        return (
            (named and bool(closing)) or announced or Part.NUMBER in found or {Part.MARK, Part.TITLE} <= found
        )


def _head_part(para: Para) -> Part | None:
    tight = para.tight
    if re.fullmatch(r"(份号[：:]?)?(№|No\.?)?\d{5,8}", tight):
        return Part.COPY
    if SECRECY.fullmatch(tight):
        return Part.SECRECY
    if URGENCY.fullmatch(tight):
        return Part.URGENCY
    if NUMBER.match(tight) and len(tight) < 60 and not tight.endswith(("。", "）")):
        return Part.NUMBER
    if ORDER_NUMBER.fullmatch(tight):
        return Part.NUMBER
    return Part.SIGNER if SIGNER.match(tight) and len(tight) < 40 else None


def _is_mark(para: Para) -> bool:
    coloured = [run for run in para.runs if run.text.strip() and (red(run.color) or not black(run.color))]
    all_coloured = bool(coloured) and len(coloured) == sum(1 for run in para.runs if run.text.strip())
    big = para.size >= 20 and para.align in ("center", "distribute", "both")
    return (all_coloured and para.size >= 18) or (big and para.tight.endswith(("文件", "令", "纪要")))


def _big(para: Para) -> bool:
    return para.align == "center" and para.size >= 18 and not _is_mark(para) and len(para.tight) >= 4


def _same_title(para: Para, title: Para) -> bool:
    alike = para.align == title.align == "center" and para.where is title.where
    other = _head_part(para) is not None or _is_mark(para) or DAY.search(para.tight)
    return alike and abs(para.size - title.size) < 2 and not other and para.tight[-1:] not in "。；"


def _is_addressees(para: Para, tight: str) -> bool:
    if len(tight) > 400 or level_of(tight) or "。" in tight or para.align in ("center", "right"):
        return False
    if re.search("如下|以下|为了|根据|按照|现将|是$|附件", tight):
        return False
    if tight[-1] in "：:":
        return True
    flush = para.indent < 1 and tight[-1] not in "。；！？，、" and not re.search("[。；！？]", tight)
    return flush and len(tight) < 150 and _ORGAN.search(tight) is not None and not DAY.search(tight)


def _is_signature(para: Para) -> bool:
    tight = para.tight
    if para.where is not Where.BODY or len(tight) > 40 or level_of(tight) or tight[-1] in _STOPS:
        return False
    if NOTE_ITEM.match(tight) or tight.startswith("附件"):
        return False
    return para.align in ("right", "center") or para.indent > 4 or _ORGAN.search(tight[-4:]) is not None


def _is_label(tight: str) -> bool:
    found = LABEL.fullmatch(tight)
    return found is not None and tight.startswith("附件")


def _titular(para: Para) -> bool:
    return para.align == "center" or (
        len(para.tight) <= 40 and para.tight[-1] not in _STOPS and not level_of(para.tight)
    )
