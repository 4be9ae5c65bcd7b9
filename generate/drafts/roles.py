"""What each line of a draft is: mark, number, title, 主送, heading, 附件说明, 署名, date, 附件, 版记 (GB/T 9704-2012 7).

Knows the words of lines and a few hints of their looks; files and pages are not its affair. The order of lines is never
changed: a line is told what it is, or it is text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

from generate.standard.levels import level_of


class Role(Enum):
    """What a line is."""

    COPY_NUMBER = auto()
    SECRECY = auto()
    MARK = auto()
    NUMBER = auto()
    NUMBER_SIGNERS = auto()
    SIGNERS = auto()
    TITLE = auto()
    TITLE_NOTE = auto()
    NUMBER_BELOW = auto()
    ADDRESSEES = auto()
    TEXT = auto()
    NOTE = auto()
    NOTE_ONE = auto()
    NOTE_NEXT = auto()
    NOTE_REST = auto()
    SIGNATURE = auto()
    DATE = auto()
    SIGNED_DATE = auto()
    REMARK = auto()
    LABEL = auto()
    IMPRINT = auto()
    BLOCK = auto()


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a draft without the blanks around it; ``heading`` is its outline level from 1, 0 for none.

    ``block`` tells a table or picture, which has no text of its own here; ``page`` that it begins a page.
    """

    text: str
    heading: int = 0
    centred: bool = False
    block: bool = False
    page: bool = False


_YEAR = r"(?:[12]\d{3}|[一二][〇○零ＯO0一二三四五六七八九]{3})"
_DAY = rf"{_YEAR}\s*年\s*[\d一二三四五六七八九十]{{1,3}}\s*月\s*[\d一二三四五六七八九十]{{1,3}}\s*日"
_DATE = re.compile(_DAY)
_SIGNED_DATE = re.compile(rf"[^\s。；，]{{2,30}}(?:\s{{2,}}|\t){_DAY}")
_PRINTED = re.compile(rf".{{0,40}}{_DAY}\s*印发")
_NUMBER = re.compile(r"[^\s\d。，]{1,20}\s*[〔\[［【(（〈]\s*\d{2,4}\s*[〕\]］】)）〉]\s*第?\s*\d+\s*号")
_SIGNER = re.compile(r"签\s*发\s*人\s*[：:]")
_COPY_NUMBER = re.compile(r"\d{6,7}")
_SECRECY = re.compile(r"(绝密|机密|秘密)(★.*)?|特急|加急|特提|平急")
_MARK = re.compile(r"[^，。、；：\s《》]{3,40}文件")
_LABEL = re.compile(r"附\s*件\s*[\d一二三四五六七八九十]{0,3}\s*[：:]?")
_NOTE = re.compile(r"附\s*件\s*[：:]\s*\S")
_ITEM = re.compile(r"\d{1,2}\s*[.．、]")
_COPIES = re.compile(r"(抄\s*送|主\s*送|抄\s*报|分\s*送)\s*[：:]")
_KINDS = "通知|决定|意见|方案|制度|报告|请示|批复|函|纪要|办法|规定|细则|通报|公告|通告|命令|令|决议|议案|公报|条例|总结|计划|要点"
_KINDS += "|安排|规划|规则|章程|倡议书|建议书|讲话|清单|说明|一览表|统计表|登记表|汇总表|情况表|名单|台账"
_ENDING = re.compile(rf"(?:{_KINDS})(?:[（(][^（）()]{{1,12}}[）)])?")
_TITLE_NOTE = re.compile(r"[（(](?:征求意见稿|试行|草案|讨论稿|送审稿|暂行|修订稿?|\d{4}年.{0,20}通过)[）)]")
_NAMED = re.compile("[委部局会府院校厅室处办司站社]$")
_CLOSING = re.compile(r"特此|此致|敬礼|以上")
_LONGEST_TITLE = 60
_TITLE_LINES = 4


def roles(lines: Sequence[Line]) -> tuple[Role, ...]:
    """Return the role of each line of a whole draft."""
    return tuple(_Reader(lines).read())


class _Reader:
    """Reads lines from the first to the last; a station is a method that returns the next place."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._lines = lines
        self._roles = [Role.BLOCK if line.block else Role.TEXT for line in lines]

    def read(self) -> list[Role]:
        self._sign()
        place = self._title(self._letterhead(self._head(0)))
        while place < len(self._lines):
            place = self._next(place)
        return self._roles

    def _next(self, place: int) -> int:
        line, role = self._lines[place], self._roles[place]
        if line.block:
            return place + 1
        if role in (Role.DATE, Role.SIGNED_DATE):
            return self._after_date(place + 1)
        if role is not Role.TEXT:
            return place + 1
        if _NOTE.match(line.text) and len(line.text) < 120:
            return self._note(place)
        if _LABEL.fullmatch(line.text):
            return self._label(place)
        if _COPIES.match(line.text) or _PRINTED.fullmatch(line.text):
            return self._put(place, Role.IMPRINT)
        if place and self._roles[place - 1] is Role.IMPRINT and line.text.endswith("印发"):
            return self._put(place, Role.IMPRINT)
        return place + 1

    def _put(self, place: int, role: Role) -> int:
        self._roles[place] = role
        return place + 1

    def _free(self, place: int) -> bool:
        return place < len(self._lines) and self._roles[place] is Role.TEXT

    def _sign(self) -> None:
        """Find dates that stand alone, with a short line above them that names an organ."""
        for place, line in enumerate(self._lines):
            if line.block:
                continue
            if _SIGNED_DATE.fullmatch(line.text):
                self._roles[place] = Role.SIGNED_DATE
            elif _DATE.fullmatch(line.text) and place and self._organ(place - 1):
                self._roles[place], self._roles[place - 1] = Role.DATE, Role.SIGNATURE
            elif _DATE.fullmatch(line.text) and place and _closes(self._lines[place - 1]):
                self._roles[place] = Role.SIGNED_DATE

    def _organ(self, place: int) -> bool:
        line = self._lines[place]
        plain = self._free(place) and 2 <= len(line.text) <= 40 and not line.heading
        if not plain or _CLOSING.match(line.text):
            return False
        return not re.search(r"[。；！？：:，]", line.text) and not level_of(line.text)

    def _head(self, place: int) -> int:
        """Take the lines of 版头, as far as there are any."""
        tests = (
            (_COPY_NUMBER, Role.COPY_NUMBER),
            (_SECRECY, Role.SECRECY),
            (_MARK, Role.MARK),
            (_NUMBER, Role.NUMBER),
        )
        while self._free(place):
            text = self._lines[place].text
            if _SIGNER.match(text):
                role = Role.SIGNERS
            elif _SIGNER.search(text) and _NUMBER.match(text):
                role = Role.NUMBER_SIGNERS
            else:
                found = next((role for test, role in tests if test.fullmatch(text)), None)
                if found is None or (found is Role.MARK and "关于" in text):
                    return place
                role = found
            place = self._put(place, role)
        return place

    def _letterhead(self, place: int) -> int:
        """Pass the lines drawn above the title; an organ's name above them is the mark."""
        named = self._free(place) and self._organ(place) and _NAMED.search(self._lines[place].text)
        start = after = place + 1 if named else place
        while after < len(self._lines) and self._lines[after].block and after < start + 2:
            after += 1
        if after == start or not self._free(after) or not self._lines[after].centred:
            return place
        if named:
            self._put(place, Role.MARK)
        return after

    def _title(self, place: int) -> int:
        """Take the title's lines, a remark in brackets under it, and 主送机关 if they follow."""
        end = self._title_end(place)
        for number in range(place, end):
            self._roles[number] = Role.TITLE
        if end > place and self._free(end) and _TITLE_NOTE.fullmatch(self._lines[end].text):
            end = self._put(end, Role.TITLE_NOTE)
        if end > place and self._free(end) and _NUMBER.fullmatch(self._lines[end].text):
            end = self._put(end, Role.NUMBER_BELOW)
        if end > place and self._free(end) and _addressed(self._lines[end]):
            end = self._put(end, Role.ADDRESSEES)
        return end

    def _title_end(self, place: int) -> int:
        """Return the place after the title that begins at ``place``; ``place`` itself where none does."""
        end = place
        while self._free(end) and end - place < _TITLE_LINES and _titled(self._lines[end]):
            text = self._lines[end].text
            end += 1
            if _ends(text):
                return end
        if end == place:
            return place
        first = self._lines[place]
        shown = first.heading or first.centred
        return place + 1 if shown or len(first.text) <= 40 else place

    def _after_date(self, place: int) -> int:
        """Take 附注, and the title of a text that the notice carries."""
        if self._free(place) and re.fullmatch(r"[（(].+[）)]", self._lines[place].text):
            place = self._put(place, Role.REMARK)
        if self._free(place) and not _LABEL.fullmatch(self._lines[place].text):
            if _COPIES.match(self._lines[place].text) or _PRINTED.fullmatch(self._lines[place].text):
                return place
            end = self._title_end(place)
            if end > place and (self._lines[place].centred or _ends(self._lines[end - 1].text)):
                return self._title(place)
        return place

    def _note(self, place: int) -> int:
        """Take 附件说明: its first line, numbered lines after it, and what wrapped by hand before a 署名."""
        numbered = _ITEM.search(self._lines[place].text.split("：")[-1].split(":")[-1].strip()[:3])
        place = self._put(place, Role.NOTE if numbered else Role.NOTE_ONE)
        while (
            self._free(place) and _ITEM.match(self._lines[place].text) and not _sentence(self._lines[place])
        ):
            place = self._put(place, Role.NOTE_NEXT)
        rest = place
        while self._free(rest) and rest - place < 3 and not _sentence(self._lines[rest]):
            rest += 1
        if rest < len(self._lines) and self._roles[rest] is Role.SIGNATURE:
            for number in range(place, rest):
                self._roles[number] = Role.NOTE_REST
            return rest
        return place

    def _label(self, place: int) -> int:
        """Take the label of a 附件 and its title; ``附件：`` before numbered lines is a 附件说明."""
        following = self._lines[place + 1] if self._free(place + 1) else None
        if following is not None and _ITEM.match(following.text) and not _sentence(following):
            self._roles[place] = Role.NOTE
            place += 1
            while self._free(place) and _ITEM.match(self._lines[place].text):
                place = self._put(place, Role.NOTE_NEXT)
            return place
        self._roles[place] = Role.LABEL
        return self._title(place + 1)


def _ends(text: str) -> bool:
    found = list(_ENDING.finditer(text))
    return bool(found) and found[-1].end() == len(text)


def _titled(line: Line) -> bool:
    """Whether a line may belong to a title: short, no sentence, no number of a level."""
    if level_of(line.text) or len(line.text) > _LONGEST_TITLE or _LABEL.fullmatch(line.text):
        return False
    return not re.search(r"[。；！？：:]$|。", line.text)


def _addressed(line: Line) -> bool:
    """Whether a line names 主送机关: it ends with a colon and announces nothing."""
    if not line.text.endswith(("：", ":")) or level_of(line.text) or line.heading or len(line.text) > 600:
        return False
    return not re.search(r"(如下|以下|下列|包括|即|为)[^，。]{0,6}[：:]$|。", line.text)


def _closes(line: Line) -> bool:
    """Whether a date alone may follow as the date of the whole: after a sentence, a closing phrase or 附件说明."""
    return _sentence(line) or any(test.match(line.text) for test in (_CLOSING, _NOTE, _ITEM))


def _sentence(line: Line) -> bool:
    return line.text.endswith(("。", "；", "！", "？")) or len(line.text) > 80
