"""The named styles of a document to GB/T 9704-2012, as the XML of a styles part without theme fonts.

Knows faces, sizes, alignments and line pitches of every element; the numbers come from ``standard``.
"""

from __future__ import annotations

from dataclasses import dataclass
from xml.sax.saxutils import quoteattr

from generate.standard import numbers as standard
from generate.standard.numbers import Fonts

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


@dataclass(frozen=True, slots=True)
class Style:
    """One paragraph style.

    ``face`` names a field of ``Fonts``; ``size`` is in points, ``line`` the exact line pitch in twips (0: as tall as the
    text). ``left``, ``right`` and ``first`` (negative: hanging) are twips; ``outline`` is the level in the navigation pane.
    ``double`` is the kind of a red double line below (``w:val`` of a border).
    """

    id: str
    name: str
    face: str = "body"
    size: float = standard.SIZE_BODY
    align: str = "both"
    line: int = standard.LINE
    left: int = 0
    right: int = 0
    first: int = 0
    outline: int | None = None
    keep: bool = False
    spacing: int = standard.SPACING
    color: str = ""
    rule: bool = False
    page: bool = False
    after: int = 0
    before: int = 0
    double: str = ""


_DOUBLE_SIZE = 24  # eighths of a point: 1.02 and 0.32 mm with their gap (P)
_DOUBLE_SPACE = 6  # points between the mark's line and the double line
_TWO = 640  # 左空二字 (7.3.3); twice the nominal 三号 character, as Word writes it

BODY = Style("zhengwen", "公文正文", first=_TWO)
TITLE = Style(
    "biaoti", "公文标题", "title", standard.SIZE_TITLE, "center", standard.TITLE_LINE, keep=True, spacing=0
)
LEVEL_1 = Style("yiji", "一级标题", "hei", first=_TWO, outline=0, keep=True)
LEVEL_2 = Style("erji", "二级标题", "kai", first=_TWO, outline=1, keep=True)
LEVEL_3 = Style("sanji", "三级标题", first=_TWO)
LEVEL_4 = Style("siji", "四级标题", first=_TWO)
BLANK = Style("konghang", "空行")
ADDRESSEES = Style("zhusong", "主送机关")
NOTE = Style("fujianshuoming", "附件说明", left=standard.chars(6), first=-standard.chars(4))
NOTE_ONE = Style("fujianshuoming1", "附件说明（一件）", left=standard.chars(5), first=-standard.chars(3))
NOTE_NEXT = Style("fujianshuoming2", "附件说明（续）", left=standard.chars(6), first=-standard.chars(1))
SIGNATURE = Style("shuming", "署名", align="left", keep=True)
DATE = Style("chengwenriqi", "成文日期", align="left")
ATTACHMENT_LABEL = Style("fujian", "附件标签", "hei", page=True, keep=True)
MARK_SPACE = Style("biaozhikong", "标志上空", line=standard.MARK_OFFSET)
MARK = Style(
    "biaozhi",
    "发文机关标志",
    "title",
    standard.SIZE_MARK,
    "center",
    standard.MARK_LINE,
    spacing=0,
    color=standard.RED,
)
NUMBER = Style("wenhao", "发文字号", align="center", rule=True)
HEAD_ROW = Style("fenhao", "份号", align="left")
HEAD_ROW_BLACK = Style("miji", "密级和紧急程度", "hei", align="left")
JOINT_MARK = Style(
    "lianshu", "联署机关标志", "title", standard.SIZE_MARK, "distribute", 0, spacing=0, color=standard.RED
)
SIGNER = Style("qianfaren", "签发人", align="left")
NUMBER_UP = Style("shangxingwenhao", "上行文字号", align="left", first=standard.chars(1), rule=True)
LETTER_MARK = Style(
    "xinhanbiaozhi",
    "信函标志",
    "title",
    standard.SIZE_MARK,
    "center",
    standard.MARK_LINE,
    left=-397,  # the double line is 170 mm long: 7 mm more than the 版心 at either side (10.1)
    right=-397,
    spacing=0,
    color=standard.RED,
    double="thickThinSmallGap",
)
LETTER_LINE = Style("xinhanxian", "信函下线", size=1, line=20, spacing=0, double="thinThickSmallGap")
LETTER_HEAD = Style("xinhanmiji", "信函密级", "hei", align="left")
LETTER_NUMBER = Style("xinhanwenhao", "信函文号", align="right")
ORDER_NUMBER = Style("linghao", "令号", align="center")
MINUTES_LINE = Style("jiyaoxingwen", "纪要机关和日期", align="left", first=standard.chars(1), rule=True)
ATTENDANCE = Style("chuxi", "出席名单", left=standard.chars(5), first=-standard.chars(3))
CONSULTATION = Style("zhengqiuyijian", "征求意见稿标注", "kai", align="center")
JOINT_SIGNATURE = Style("lianhe", "联合署名", align="left", keep=True)
STAMP = Style("qianmingzhang", "签名章", align="right", right=4 * standard.chars(1), keep=True)
REMARK = Style("fuzhu", "附注", first=_TWO)
IMPRINT = Style(
    "banji",
    "版记",
    size=standard.SIZE_FOUR,
    left=standard.IMPRINT_INDENT,
    right=standard.IMPRINT_INDENT,
    line=500,
)
HAIR = Style("xi", "细行", size=1, line=20, spacing=0)
PAGE_NUMBER = Style(
    "yema", "公文页码", "song", standard.SIZE_FOUR, "left", 280, spacing=0, after=standard.PAGE_NUMBER_RISE
)
TABLE_TITLE = Style("biaoti2", "表题", "hei", standard.SIZE_FOUR, "center", 500, keep=True, spacing=0)
TABLE_TEXT = Style("biaoge", "表格文字", size=standard.SIZE_SMALL_FOUR, align="left", line=0, spacing=0)
TABLE_HEAD = Style("biaotou", "表头文字", "hei", standard.SIZE_SMALL_FOUR, "center", 0, spacing=0, keep=True)
FOOTNOTE = Style("jiaozhu", "脚注", size=10.5, line=0, spacing=0)
"""五号 (P); not among ``ALL``: only documents with notes have it."""
FORM_LABEL = Style("biaodanlan", "表单栏目", size=standard.SIZE_FOUR, align="center", line=440, spacing=0)
FORM_TEXT = Style("biaodanwen", "表单文字", size=standard.SIZE_FOUR, align="both", line=440, spacing=0)
FORM_DATE = Style("tianbiao", "填表时间", align="right")
TAG = Style("biaoji", "模板标记", "song", 9, "left", 240, spacing=0, color="7F7F7F")

ALL = (
    BODY,
    TITLE,
    LEVEL_1,
    LEVEL_2,
    LEVEL_3,
    LEVEL_4,
    BLANK,
    ADDRESSEES,
    NOTE,
    NOTE_ONE,
    NOTE_NEXT,
    SIGNATURE,
    DATE,
    JOINT_SIGNATURE,
    STAMP,
    REMARK,
    ATTACHMENT_LABEL,
    HEAD_ROW,
    HEAD_ROW_BLACK,
    MARK_SPACE,
    JOINT_MARK,
    SIGNER,
    NUMBER_UP,
    LETTER_MARK,
    LETTER_LINE,
    LETTER_HEAD,
    LETTER_NUMBER,
    ORDER_NUMBER,
    MINUTES_LINE,
    ATTENDANCE,
    CONSULTATION,
    MARK,
    NUMBER,
    IMPRINT,
    HAIR,
    PAGE_NUMBER,
    TABLE_TITLE,
    TABLE_TEXT,
    TABLE_HEAD,
    FORM_LABEL,
    FORM_TEXT,
    FORM_DATE,
    TAG,
)


def faces(name: str) -> str:
    """Return ``w:rFonts`` that asks for the face ``name`` for every script, quotes and dashes included (hint)."""
    face = quoteattr(name)
    return f'<w:rFonts w:ascii={face} w:hAnsi={face} w:eastAsia={face} w:cs={face} w:hint="eastAsia"/>'


def styles_xml(fonts: Fonts) -> str:
    """Return the styles part for ``fonts``: document defaults, the styles above and the plain table styles."""
    styles = "".join(style_xml(style, fonts) for style in ALL)
    return (
        f'<w:styles xmlns:w="{W}"><w:docDefaults><w:rPrDefault><w:rPr>{faces(fonts.body)}'
        '<w:kern w:val="0"/><w:sz w:val="32"/><w:szCs w:val="32"/>'
        '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        "<w:pPrDefault/></w:docDefaults>"
        '<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/><w:qFormat/>'
        '<w:pPr><w:widowControl w:val="0"/>'
        '<w:spacing w:before="0" w:after="0"/><w:jc w:val="both"/></w:pPr></w:style>'
        f"{_PLAIN}{styles}</w:styles>"
    )


_PLAIN = (
    '<w:style w:type="character" w:default="1" w:styleId="a0"><w:name w:val="Default Paragraph Font"/>'
    '<w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
    '<w:style w:type="table" w:default="1" w:styleId="a1"><w:name w:val="Normal Table"/><w:uiPriority w:val="99"/>'
    '<w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/>'
    '<w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/>'
    "</w:tblCellMar></w:tblPr></w:style>"
    '<w:style w:type="table" w:styleId="wangge"><w:name w:val="Table Grid"/><w:basedOn w:val="a1"/><w:tblPr><w:tblBorders>'
    + "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    + "</w:tblBorders></w:tblPr></w:style>"
)


# No air between Chinese and figures and no snapping, so that 28 characters fill a line (5.2.3). overflowPunct is Word's
# default; LibreOffice 7.4 reads it the other way round and would let 29 characters stand in a line without it.
_PUNCTUATION = (
    '<w:wordWrap w:val="0"/><w:overflowPunct w:val="1"/><w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/>'
    '<w:snapToGrid w:val="0"/>'
)


def style_xml(style: Style, fonts: Fonts) -> str:
    """Return one style as XML with the prefix ``w``."""
    size = f'<w:sz w:val="{style.size * 2:.0f}"/><w:szCs w:val="{style.size * 2:.0f}"/>'
    color = f'<w:color w:val="{style.color}"/>' if style.color else ""
    spacing = f'<w:spacing w:val="{style.spacing}"/>' if style.spacing else ""
    return (
        f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{style.id}"><w:name w:val="{style.name}"/>'
        f'<w:basedOn w:val="a"/><w:qFormat/><w:pPr>{_paragraph(style)}</w:pPr>'
        f"<w:rPr>{faces(getattr(fonts, style.face))}{color}{spacing}{size}</w:rPr></w:style>"
    )


def _paragraph(style: Style) -> str:
    """Return the paragraph properties of ``style`` in the order of the schema (ECMA-376 17.3.1.26)."""
    parts = ["<w:keepNext/>"] if style.keep else []
    parts += ["<w:pageBreakBefore/>"] if style.page else []
    if style.rule:
        parts.append(
            f'<w:pBdr><w:bottom w:val="single" w:sz="{standard.RULE_SIZE}" w:space="{standard.RULE_SPACE}" '
            f'w:color="{standard.RED}"/></w:pBdr>'
        )
    if style.double:
        parts.append(
            f'<w:pBdr><w:bottom w:val="{style.double}" w:sz="{_DOUBLE_SIZE}" w:space="{_DOUBLE_SPACE}" '
            f'w:color="{standard.RED}"/></w:pBdr>'
        )
    exact = f'w:line="{style.line}" w:lineRule="exact"' if style.line else 'w:line="240" w:lineRule="auto"'
    parts.append(_PUNCTUATION)
    parts.append(f'<w:spacing w:before="{style.before}" w:after="{style.after}" {exact}/>')
    parts.append(_indent(style))
    parts.append(f'<w:jc w:val="{style.align}"/>')
    parts += [f'<w:outlineLvl w:val="{style.outline}"/>'] if style.outline is not None else []
    return "".join(parts)


def _indent(style: Style) -> str:
    side = f'w:left="{style.left}" w:right="{style.right}"'
    if style.first < 0:
        return f'<w:ind {side} w:hanging="{-style.first}"/>'
    if style.first == _TWO:
        return f'<w:ind {side} w:firstLineChars="200" w:firstLine="{style.first}"/>'
    return f'<w:ind {side} w:firstLine="{style.first}"/>'
