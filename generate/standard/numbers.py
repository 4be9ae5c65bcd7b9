"""The numbers of a document to GB/T 9704-2012 (党政机关公文格式), as the generator uses them.

They come from the file of rules (``profile``) by which documents are checked too. Lengths are twips (1/20 pt, 56.69 to
the millimetre) unless a name says otherwise; sizes are points. What the standard leaves open and practice fills (P) says
so. Where a number was tried on a rendered page, the comment gives what came out.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from .profile import Profile, shipped

_RULES = shipped()


def twips(millimetres: float) -> int:
    """Return a length of ``millimetres`` in twips."""
    return round(millimetres * 1440 / 25.4)


def _length(rule: str, key: str = "毫米") -> int:
    return twips(_RULES.number(rule, key))


def _points(rule: str, key: str = "磅") -> float:
    return _RULES.number(rule, key)


# Clause 5.1, 5.2.1: Page and 版心
PAGE_WIDTH = _length("纸张", "宽")  # 11906
PAGE_HEIGHT = _length("纸张", "高")  # 16838
TOP = _length("天头")  # 2098
LEFT = _length("订口")  # 1587
TEXT_WIDTH = math.ceil(_RULES.number("版心", "宽") * 1440 / 25.4)  # 8845: not a twip less than 156 mm
TEXT_HEIGHT = _length("版心", "高")  # 12756
RIGHT = PAGE_WIDTH - LEFT - TEXT_WIDTH
BOTTOM = PAGE_HEIGHT - TOP - TEXT_HEIGHT

# Clause 5.2.3, Lines and characters: 22 lines of 28 characters fill the 版心
LINE = round(_points("每面行数") * 20)  # 579, the exact line pitch; 580 gives 21 lines
SPACING = round(_points("每行字数", "间距磅") * 20)  # -5; without it only 27 characters fit
LINES_PER_PAGE = int(_RULES.number("每面行数", "行"))
CHARACTERS_PER_LINE = int(_RULES.number("每行字数", "字"))

# Clause 5.2.2 and the clause of each element: Sizes in points
SIZE_BODY = _points("正文字号")  # 三号
SIZE_TITLE = _points("标题字号")  # 二号, 7.3.1
SIZE_FOUR = _points("版记字体")  # 四号: 版记 7.4.2, 页码 7.5
SIZE_SMALL_FOUR = 12.0  # 小四, tables (P)
SIZE_MARK = _points("标志字体")  # 发文机关标志: free, 醒目、美观、庄重 (7.2.4)
CHARACTER = round(SIZE_BODY * 20) + SPACING  # 315, the advance of one 三号 character

TITLE_LINE = round(_points("标题字号", "行距磅") * 20)  # exact line pitch of a title (P)

# Clause 7.2.4, 7.2.7: 标志 and 反线
MARK_LINE = 920  # exact line of the mark
MARK_OFFSET = _length("标志位置")  # 1984: 35 mm from the 版心's upper edge to the mark's upper edge
RED = str(_RULES.rule("反线").numbers["颜色"])
RULE_SIZE = round(_points("反线", "线磅") * 8)  # eighths of a point; the standard gives no thickness
RULE_SPACE = round(
    _points("反线", "边距磅")
)  # points between 文号 and the red line: 3.9 mm measured for 4 mm

# Clause 7.4: 版记
IMPRINT_THICK = round(_RULES.number("版记线粗细", "粗") * 72 / 25.4 * 8)  # 8 eighths of a point for 0.35 mm
IMPRINT_THIN = round(_RULES.number("版记线粗细", "细") * 72 / 25.4 * 8)  # 6 for 0.25 mm
IMPRINT_INDENT = round(
    _RULES.number("版记缩进", "字") * SIZE_FOUR * 20
)  # 280, one 四号 character left and right

# Clause 7.5: 页码
FOOTER = _length("页码高低", "页脚")  # 1372, from the paper's edge to the footer's lower edge
PAGE_NUMBER_RISE = 85  # room below the number: its dash stands 7.0 mm below the 版心, whatever the face
PAGE_NUMBER_INDENT = round(_RULES.number("页码左右", "字") * SIZE_FOUR * 20)  # 280, 空一字


@dataclass(frozen=True, slots=True)
class Fonts:
    """The face names that a document asks for. Fonts themselves never ship."""

    title: str = _RULES.face("小标宋")
    body: str = _RULES.face("仿宋")
    kai: str = _RULES.face("楷体")
    hei: str = _RULES.face("黑体")
    song: str = _RULES.face("宋体")


PRACTICE = Fonts()
"""The names that offices use."""

WINDOWS = Fonts(title="宋体", body="仿宋", kai="楷体")
"""For a machine that has only the faces of Windows."""


def fonts_of(profile: Profile) -> Fonts:
    """Return the faces that ``profile`` generates with: the first name of each kind."""
    kinds = ("小标宋", "仿宋", "楷体", "黑体", "宋体")
    title, body, kai, hei, song = (profile.face(kind) for kind in kinds)
    return Fonts(title, body, kai, hei, song)


def chars(count: float, size: float = SIZE_BODY) -> int:
    """Return the width in twips of ``count`` full-width characters of ``size`` points set at the body's spacing."""
    return round(count * (size * 20 + SPACING))
