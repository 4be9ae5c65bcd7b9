"""RTF: code pages and Unicode, destinations that nobody sees, merged and nested tables, fields and list numbers."""

from __future__ import annotations

import pytest

from extract.readers.rtf import read_rtf
from tests.extract.readers.office import shown

HEAD = (
    rb"{\rtf1\ansi\ansicpg936\deff0{\fonttbl{\f0\fnil\fcharset134 \'cb\'ce\'cc\'e5;}"
    rb"{\f1\fnil\fcharset2 Wingdings;}{\f2\fcharset0 Arial;}}"
)


def _rtf(body: str) -> bytes:
    """Return an RTF file; Chinese characters of ``body`` become GBK bytes in hexadecimal."""
    coded = "".join(c if c.isascii() else "".join(f"\\'{b:02x}" for b in c.encode("gbk")) for c in body)
    return HEAD + coded.encode("ascii") + b"}"


def _row(*cells: str, flags: tuple[str, ...] = ()) -> str:
    """Return a row; ``flags`` go before the edge of each cell."""
    marks = [*flags, *[""] * (len(cells) - len(flags))]
    edges = "".join(f"{mark}\\cellx{1000 * n}" for n, mark in enumerate(marks, start=1))
    texts = "".join(f"\\pard\\intbl {text}\\cell" for text in cells)
    return f"\\trowd\\trleft0{edges}{texts}\\row "


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (r"填表时间\par", "填表时间"),
        (r"\u22635?\u-10179?\u-8704? x\par", "填😀 x"),
        (r"{\uc2\u22635\'cc\'ee}\'b5\par", "填\ufffd"),
        (r"\f2 \'d6\'dc\par", "周"),
        (r"A{\*\unknown 不见}B{\info{\author 某}}\par", "AB"),
        (r"可{\v 藏}见{\deleted 删}{\strike 划}\par", "可见划 <struck 2:3>"),
        (r"{\field{\*\fldinst{DATE \\@ yyyy}}{\fldrslt 2020}}年\par", "2020年"),
        (r"{\f1 \'fe}是{\f1 \'a8}否\par", "☑是□否"),
        (r"{\field{\*\fldinst eq \\o\\ac(\u9633?,\u8730?)}{\fldrslt }}是\par", "☑是"),
        (r"{\field{\*\fldinst SYMBOL 254 \\f Wingdings}{\fldrslt\f1 }}是\par", "☑是"),
        (r"{\listtext\pard 一、\tab}项目\par", "一、项目"),
        (r"{\listtext\f1\'b7\tab}项目\par", "项目"),
        (r"甲\line 乙\tab 丙\emdash\~丁\par", "甲\n乙\t丙—\xa0丁"),
        (
            r"{\field{\*\fldinst{FORMCHECKBOX{\*\formfield{\fftype1\ffres25\ffdefres1}}}}{\fldrslt}}选\par",
            "☑选",
        ),
    ],
)
def test_a_paragraph_shows(body: str, text: str) -> None:
    assert shown(read_rtf(_rtf(body))) == [text]


def test_merged_cells_are_one_cell() -> None:
    first = _row("宽", "", "右", flags=(r"\clmgf", r"\clmrg"))
    rows = first + _row("高", "乙", "丙", flags=(r"\clvmgf",)) + _row("", "丁", "戊", flags=(r"\clvmrg",))
    assert shown(read_rtf(_rtf(rows + r"\pard 后\par"))) == [
        "表1", "0,0 1x2", "宽", "0,2 1x1", "右", "1,0 2x1", "高", "1,1 1x1", "乙", "1,2 1x1", "丙",
        "2,1 1x1", "丁", "2,2 1x1", "戊", "后",
    ]  # fmt: skip


def test_cells_of_other_widths_span_columns() -> None:
    wide = r"\trowd\cellx3000\pard\intbl 宽\cell\row "
    assert shown(read_rtf(_rtf(_row("甲", "乙", "丙") + wide)))[-2:] == ["1,0 1x3", "宽"]


def test_a_nested_table_stands_in_its_cell() -> None:
    inner = (
        r"\pard\intbl\itap2 内\nestcell{\*\nesttableprops\trowd\cellx500\nestrow}{\nonesttables\par}"
        r"\pard\intbl 后\cell\row "
    )
    assert shown(read_rtf(_rtf(r"\trowd\cellx3000" + inner))) == [
        "表1",
        "0,0 1x1",
        "表2",
        "0,0 1x1",
        "内",
        "后",
    ]


def test_headers_come_once_and_notes_stand_aside() -> None:
    body = r"{\header 页眉\par}{\headerf 页眉\par}正文{\footnote 脚注字}{\*\annotation 批注字}\par{\footer 页脚\par}"
    document = read_rtf(_rtf(body))
    assert shown(document) == ["页眉", "正文", "页脚"]
    assert [(aside.kind, aside.text) for aside in document.asides] == [("脚注", "脚注字"), ("批注", "批注字")]


def test_a_text_box_counts_once() -> None:
    box = r"前{\shp{\*\shpinst{\shptxt 框里\par}}{\shprslt{\*\do{\dptxbxtext 框里\par}}}}后\par"
    assert shown(read_rtf(_rtf(box))) == ["前后", "框里"]


def test_groups_that_never_close_are_read_to_the_end() -> None:
    assert shown(read_rtf(HEAD + b"{\\shptxt abc")) == ["", "abc"]


def test_raised_figures_and_white_text() -> None:
    """Keep raised figures raised, and put white text aside unless a ground lies under it."""
    colours = r"{\colortbl;\red0\green0\blue0;\red255\green255\blue255;}"
    document = read_rtf(_rtf(colours + r"37{\super 1}{\cf2 98}\par{\cf2\chcbpat1 66}\par"))
    assert [paragraph.text for paragraph in document.paragraphs()] == ["37¹", "66"]
    assert [aside.text for aside in document.asides] == ["98"]


def test_a_file_without_its_last_brace_is_told_from_one_that_was_cut() -> None:
    """Read whole paragraphs that no brace closes, and say so; refuse a file that breaks off within its text."""
    whole = _rtf(r"甲\par" + _row("乙", "丙"))
    assert read_rtf(whole).notices == ()
    assert read_rtf(whole[:-1]).notices == ("unended",)
    assert read_rtf(_rtf(r"人数：1")[:-1]).notices == ("cut",)
    assert read_rtf(_rtf(r"{\b 甲\par")[:-1]).notices == ("cut",)
