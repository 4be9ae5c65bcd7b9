"""The numbers of GB/T 9704-2012 (党政机关公文格式), each with its clause.

Lengths are twips (1/20 pt, 56.69 to the millimetre) unless a name says otherwise; sizes are points. What the standard
leaves open and practice fills (G, P) says so. Where a number was tried on a rendered page, the comment gives what came out.
"""

from __future__ import annotations

from dataclasses import dataclass

# Clause 5.1, 5.2.1: Page and 版心
PAGE_WIDTH = 11906  # 210 mm
PAGE_HEIGHT = 16838  # 297 mm
TOP = 2098  # 天头 37 mm
LEFT = 1587  # 订口 28 mm
TEXT_WIDTH = 8845  # 版心 156 mm
TEXT_HEIGHT = 12756  # 版心 225 mm
RIGHT = PAGE_WIDTH - LEFT - TEXT_WIDTH
BOTTOM = PAGE_HEIGHT - TOP - TEXT_HEIGHT

# Clause 5.2.3, Lines and characters: 22 lines of 28 characters fill the 版心
LINE = 579  # exact line pitch; 580 gives 21 lines
SPACING = -5  # character spacing; without it only 27 characters fit
LINES_PER_PAGE = 22
CHARACTERS_PER_LINE = 28

# Clause 5.2.2 and the clause of each element: Sizes in points
SIZE_BODY = 16.0  # 三号
SIZE_TITLE = 22.0  # 二号, 7.3.1
SIZE_FOUR = 14.0  # 四号: 版记 7.4.2, 页码 7.5
SIZE_SMALL_FOUR = 12.0  # 小四, tables (P)
SIZE_MARK = 44.0  # 发文机关标志: free, 醒目、美观、庄重 (7.2.4)
CHARACTER = 315  # advance of one 三号 character: 320 - 5

TITLE_LINE = 660  # exact line pitch of a title (P)

# Clause 7.2.4, 7.2.7: 标志 and 反线
MARK_LINE = 920  # exact line of the mark
MARK_OFFSET = 1984  # 35 mm from the 版心's upper edge to the mark's upper edge
RED = "FF0000"
RULE_SIZE = 12  # eighths of a point; the standard gives no thickness
RULE_SPACE = 8  # points between 文号 and the red line: 3.9 mm measured for 4 mm

# Clause 7.4: 版记
IMPRINT_THICK = 8  # 1.0 pt for 0.35 mm, eighths of a point
IMPRINT_THIN = 6  # 0.75 pt for 0.25 mm
IMPRINT_INDENT = 280  # one 四号 character left and right

# Clause 7.5: 页码
FOOTER = 1372  # from the paper's edge to the footer's lower edge
PAGE_NUMBER_RISE = 85  # room below the number: its dash stands 7.0 mm below the 版心, whatever the face
PAGE_NUMBER_INDENT = 280  # 空一字


@dataclass(frozen=True, slots=True)
class Fonts:
    """A font profile: the face names that a document asks for. Fonts themselves never ship."""

    title: str = "方正小标宋简体"
    body: str = "仿宋_GB2312"
    kai: str = "楷体_GB2312"
    hei: str = "黑体"
    song: str = "宋体"


PRACTICE = Fonts()
"""The names that offices use."""

WINDOWS = Fonts(title="宋体", body="仿宋", kai="楷体")
"""For a machine that has only the faces of Windows."""


def chars(count: float, size: float = SIZE_BODY) -> int:
    """Return the width in twips of ``count`` full-width characters of ``size`` points set at the body's spacing."""
    return round(count * (size * 20 + SPACING))
