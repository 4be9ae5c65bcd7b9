"""The checker of a rendered page: measures a PDF against the numbers of the profile.

What stands where is known from the document; the page tells only whether it stands there.
"""

from __future__ import annotations

import itertools
import re
from pathlib import Path

from generate.standard.profile import Profile

from .elements import Elements, Kind, Part
from .finding import Finding, Findings
from .fonts import plain_name, substituted
from .places import Line, Room, in_place
from .sheet import Para
from .sheets import PdfPage, Row, Stroke

_CHAR = 156 / 28
_SURE = 8  # Chinese characters of a line that its pitch can be measured by
_HANGING = 0.6  # millimetres that the last character of a full line may stand out by
_FOUR = 14 * 25.4 / 72
_GAP_TOLERANCE = 0.5  # millimetres: what two readings of one page differ by
_FOLIO_TOLERANCE = 1.3  # a quarter of a character: 空一字 may be counted in 五号 or 四号


def measure(
    pdf: Path, elements: Elements, profile: Profile, known: tuple[Finding, ...] = ()
) -> tuple[Finding, ...]:
    """Return what the pages of ``pdf`` show against ``profile``; ``known`` are the findings of the document itself."""
    import pdfplumber

    findings = Findings(profile)
    if not elements.official:
        return ()
    with pdfplumber.open(pdf) as opened:
        pages = [PdfPage(page, number) for number, page in enumerate(opened.pages, 1)]
        replaced = tuple(substituted(pages, elements, profile))
        others = frozenset(used for _, used in replaced)
        _Measurer(pages, elements, findings, {item.rule for item in known}, others).measure()
        for asked, used in replaced:
            findings.add("替换字体", "版面", f"文档要{asked}，排出来用的是 {used}", f"应为{asked}")
    return findings.all()


class _Measurer:
    """The pages of one document under the ruler."""

    def __init__(
        self,
        pages: list[PdfPage],
        elements: Elements,
        findings: Findings,
        known: set[str],
        replacing: frozenset[str],
    ) -> None:
        self.pages, self.elements, self.findings, self.known = pages, elements, findings, known
        self.replacing = replacing
        self.profile = findings.profile
        self.left, self.top = self._number("订口", "毫米"), self._number("天头", "毫米")
        self.lower = self.top + self._number("版心", "高")

    def measure(self) -> None:
        """Apply every rule that a page can show."""
        self._paper()
        if not self.known & {"纸张", "天头", "订口", "版心"}:
            self._full_pages()
            self._closing()
        self._mark()
        self._rule()
        self._first_page()
        self._imprint()
        for page in self.pages:
            if page.width < page.height:
                self._folio(page)

    def _number(self, rule: str, key: str) -> float:
        return self.profile.number(rule, key)

    def _tolerance(self, rule: str) -> float:
        return self.profile.rule(rule).tolerance

    def _add(self, rule: str, page: PdfPage, found: str, expected: str = "") -> None:
        self.findings.add(rule, f"第{page.number}面", found, expected)

    def _paper(self) -> None:
        wanted = sorted((self._number("纸张", "宽"), self._number("纸张", "高")))
        for page in self.pages:
            sides = sorted((page.width, page.height))
            if max(abs(one - other) for one, other in zip(sides, wanted, strict=True)) > self._tolerance(
                "纸张"
            ):
                self._add("纸张", page, f"页面是 {page.width:.0f} mm×{page.height:.0f} mm")

    def _full_pages(self) -> None:
        """Count lines and characters of pages that are full of text."""
        lines, chars = self._number("每面行数", "行"), self._number("每行字数", "字")
        for page in self.pages:
            rows = [row for row in page.rows if not row.folio and row.baseline < self.lower + 3]
            if not self._is_full(page, rows):
                continue
            if len(rows) != lines and "每面行数" not in self.known:
                self._add("每面行数", page, f"满面排了{len(rows)}行", f"应为{lines:g}行")
            held = self._held(rows)
            if held != chars and "每行字数" not in self.known:
                self._add("每行字数", page, f"满行排了{held:g}个字", f"应为{chars:g}个字")

    def _held(self, rows: list[Row]) -> float:
        """Return how many characters a line holds: a mark that may not begin a line leaves a place open at its end."""
        widest = max(row.breadth for row in rows)
        wanted = self._number("每行字数", "字")
        chinese = [row for row in rows if row.breadth == len(row.text) >= _SURE]
        if wanted <= widest <= wanted + 1 or (not chinese and abs(widest - wanted) < 1):
            return wanted
        if widest > wanted or not chinese:
            return widest
        closest = min((row.right - row.left) / row.breadth for row in chinese)
        return float((self._number("版心", "宽") + _HANGING) // closest)

    def _is_full(self, page: PdfPage, rows: list[Row]) -> bool:
        body = [row for row in rows if abs(row.size - 16) < 0.5]
        plain = len(body) == len(rows) and not page.strokes and page.width < page.height
        if not plain or len(rows) < 15 or page.number == 1:
            return False
        gaps = [below.baseline - above.baseline for above, below in itertools.pairwise(rows)]
        even = max(gaps) - min(gaps) < 1.5
        return even and rows[0].baseline < self.top + 11 and rows[-1].baseline > self.lower - max(gaps) - 1

    def _mark(self) -> None:
        """Measure the upper edge of the red mark on page one."""
        first = self.pages[0]
        rows = [row for row in first.rows if row.red and row.size >= 18]
        if not rows or "标志位置" in self.known:
            return
        row = rows[0]
        height = row.size * 25.4 / 72
        ink = first.ink(row.baseline - height * 1.05, row.baseline + 0.1 * height, row.left, row.right)
        key, base = {
            Kind.LETTER: ("信函毫米", 0.0),
            Kind.ORDER: ("命令毫米", self.top),
            Kind.MINUTES: ("纪要毫米", self.top),
        }.get(self.elements.kind, ("毫米", self.top))
        wanted = base + self._number("标志位置", key)
        plain = self.top + self._number("标志位置", "毫米")
        if ink and self.elements.first(Part.NUMBER) is None and abs(ink[0] - plain) < abs(ink[0] - wanted):
            wanted = plain  # without 发文字号 nothing tells a letter from a file
        if ink is not None and abs(ink[0] - wanted) > self._tolerance("标志位置"):
            found = f"标志上边缘距页上边 {ink[0]:.1f} mm"
            self._add("标志位置", first, found, f"应为 {wanted:g} mm±{self._tolerance('标志位置'):g} mm")

    def _rule(self) -> None:
        """Measure the red line below 发文字号: its length and its distance."""
        first = self.pages[0]
        reds = [stroke for stroke in first.strokes if stroke.red and stroke.length > 60]
        if self.elements.kind is not Kind.FILE or not reds:
            return
        line = reds[0]
        long = self._number("反线", "长")
        if abs(line.length - long) > 1:
            self._add("反线", first, f"红色分隔线长 {line.length:.1f} mm", f"应长 {long:g} mm")
        above = [row for row in first.rows if 0 < line.y - row.baseline < 20 and not row.red]
        if not above or "号" not in above[-1].text:
            return
        row = above[-1]
        ink = first.ink(row.baseline - 5, line.y - line.thickness / 2 - 0.3, row.left, row.right)
        if ink is None:
            return
        gap = line.y - line.thickness / 2 - ink[1]
        if abs(gap - self._number("反线", "毫米")) > self._tolerance("反线") + 0.1:
            self._add("反线", first, f"红色分隔线在发文字号下 {gap:.1f} mm", "应为 4 mm")

    def _first_page(self) -> None:
        texts = self.elements.all(Part.TEXT)
        words = texts[0][1].tight[:6] if texts else ""
        if len(words) < 6 or "首页正文" in self.known or words in _tight(self.pages[0]):
            return
        if any(words in _tight(page) for page in self.pages[1:]):
            self._add("首页正文", self.pages[0], "没有正文")

    def _imprint(self) -> None:
        """Measure the last line of the 版记 on the page that holds it."""
        if self.elements.kind is Kind.LETTER or not self.elements.all(Part.COPIES, Part.PRINTED):
            return
        entry = self.elements.all(Part.COPIES, Part.PRINTED)[-1][1].tight
        holding = [page for page in self.pages if entry[:8] in _tight(page)]
        if not holding:
            return
        page = holding[-1]
        if page is not self.pages[-1]:
            self._add("版记位置", page, f"版记在第{page.number}面，全文有{len(self.pages)}面", "应在最后一面")
        lines = [stroke for stroke in page.strokes if not stroke.red and stroke.length > 120]
        if not lines or lines[-1].y < page.height / 2:
            return
        lowest = lines[-1]
        if abs(lowest.y - self.lower) > self._tolerance("版记位置"):
            self._add(
                "版记位置",
                page,
                f"末条分隔线距页上边 {lowest.y:.1f} mm",
                f"应为 {self.lower:g} mm（版心下边缘）",
            )
        self._thickness(page, self._of_imprint(page, lines))

    def _of_imprint(self, page: PdfPage, lines: list[Stroke]) -> list[Stroke]:
        first = self.elements.all(Part.COPIES, Part.PRINTED)[0][1].tight[:6]
        row = next((row for row in page.rows if row.text.replace(" ", "").startswith(first)), None)
        start = row.baseline if row else self.lower
        above = max((line.y for line in lines if line.y < start), default=start)
        merged: list[Stroke] = []
        for line in lines:
            if line.y >= above - 0.1 and (not merged or line.y - merged[-1].y > 1):
                merged.append(line)
        return merged

    def _thickness(self, page: PdfPage, lines: list[Stroke]) -> None:
        if "版记线粗细" in self.known or len(lines) < 2:
            return
        for count, line in enumerate(lines):
            outer = count in (0, len(lines) - 1)
            wanted = self._number("版记线粗细", "粗" if outer else "细")
            if abs(line.thickness - wanted) > self._tolerance("版记线粗细"):
                self._add("版记线粗细", page, f"分隔线粗 {line.thickness:.2f} mm", f"推荐 {wanted:g} mm")

    def _folio(self, page: PdfPage) -> None:
        """Measure the page number: its height below the 版心 and its side."""
        found = [row for row in page.rows if row.folio and row.baseline > self.lower - 1]
        if not found:
            return
        row = found[-1]
        if row.text[0] in "—－–" and "页码高低" not in self.known:
            ink = page.ink(row.baseline - 4, row.baseline + 1, row.left + 0.3, row.left + 3)
            if ink is not None:
                gap = sum(ink) / 2 - self.lower
                wanted = self._number("页码高低", "毫米")
                if abs(gap - wanted) > _GAP_TOLERANCE:
                    self._add("页码高低", page, f"一字线在版心下 {gap:.1f} mm", f"应为 {wanted:g} mm")
        if "页码左右" in self.known:
            return
        odd = page.number % 2 == 1
        inset = (self.left + 156 - row.right) if odd else row.left - self.left
        if abs(inset - _FOUR) > _FOLIO_TOLERANCE:
            side = "右" if odd else "左"
            self._add(
                "页码左右", page, f"距版心{side}边 {inset:.1f} mm", f"应居{side}空一字（{_FOUR:.1f} mm）"
            )

    def _closing(self) -> None:
        """Measure 署名 and date, and whether their page has text."""
        date, names = self.elements.first(Part.DATE), self.elements.all(Part.SIGNATURE)
        if date is None:
            return
        day = date[1].tight
        for page in self.pages:
            rows = page.rows
            where = next((n for n, row in enumerate(rows) if row.text == day), None)
            if where is None:
                continue
            self._alone(page, rows[:where], date[0])
            alone = len(names) == 1 and where > 0 and rows[where - 1].text == names[0][1].tight
            post = re.search("(书记|主任|长|主席)$", names[0][1].tight) if alone else None
            if alone and not post and not self.known & {"落款位置", "空格定位"}:
                lines = (self._line(rows[where - 1], names[0][1]), self._line(rows[where], date[1]))
                self._places(page, *lines)
            return

    def _alone(self, page: PdfPage, above: list[Row], date: int) -> None:
        """Look above the date for a line of the text, that of its tables too."""
        texts = [place for place, _ in self.elements.all(Part.TEXT)]
        first = texts[0] if texts else 0
        words = "".join(
            para.tight
            for para, part in zip(
                self.elements.sheet.paras[first:date], self.elements.parts[first:date], strict=True
            )
            if part in (Part.TEXT, Part.OTHER, Part.PRESENT)
        )
        if not any(row.text in words for row in above):
            self._add("单独落款", page, "署名和成文日期所在的面没有正文")

    def _line(self, row: Row, para: Para) -> Line:
        return Line(row, para.align, any(plain_name(font) in self.replacing for font in row.fonts))

    def _places(self, page: PdfPage, name: Line, day: Line) -> None:
        room = Room(
            self.left + self._number("版心", "宽"),
            _CHAR,
            self._number("落款位置", "字"),
            self._number("落款位置", "用印字"),
            self._tolerance("落款位置"),
        )
        if not in_place(name, day, room):
            gaps = (room.edge - line.row.right for line in (name, day))
            found = "署名距版心右边 {:.1f} mm，日期距右边 {:.1f} mm".format(*gaps)
            self._add("落款位置", page, found)


def _tight(page: PdfPage) -> str:
    return "".join("".join(row.text.split()) for row in page.rows)
