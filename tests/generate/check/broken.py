"""A correct document broken in exactly one named way, with the one rule that must say so."""

from __future__ import annotations

from collections.abc import Callable

from docx.document import Document
from docx.oxml.ns import qn

from .making import (
    add_blank,
    add_line,
    at,
    blank_above,
    face,
    footer,
    look,
    page,
    paragraphs,
    properties,
    put,
    remove,
    retype,
    size,
    words,
)

Break = Callable[[Document], None]

NUMBER, TITLE, TO = "云团发", "关于进一步加强", "各县（区）团委"
FIRST, RUN_IN, LEVEL_3, LEVEL_4 = "为进一步", "（一）建立", "1.每月", "（1）填写"
NOTE, SECOND, NAME, DAY, REMARK = "附件：1.", "2.联系点", "共青团云川市委员会", "2026年3月9日", "（此件"
COPIES, PRINTED = "抄送：", "共青团云川市委员会办公室"


def _margins(**changes: int) -> Break:
    return lambda document: page(document, **changes)


def _face(start: str, name: str) -> Break:
    return lambda document: face(at(document, start), name)


def _size(start: str, points: float) -> Break:
    return lambda document: size(at(document, start), points)


def _look(start: str, xml: str) -> Break:
    return lambda document: look(at(document, start), xml)


def _put(start: str, xml: str) -> Break:
    return lambda document: put(at(document, start), xml)


def _retype(start: str, old: str, new: str) -> Break:
    return lambda document: retype(at(document, start), old, new)


def _unblank(start: str) -> Break:
    return lambda document: remove(blank_above(at(document, start)))


def _blank(start: str) -> Break:
    return lambda document: add_blank(at(document, start))


def _name(document: Document):
    """Return the 署名, which has the words of no other paragraph."""
    return next(item for item in paragraphs(document) if words(item) == NAME)


def _paper(document: Document) -> None:
    for item in document.element.body.iter(qn("w:pgSz")):
        item.set(qn("w:w"), "12240")
    page(document, right=12240 - 1587 - 8845)


def _theme(document: Document) -> None:
    for run in at(document, FIRST).iter(qn("w:r")):
        fonts = properties(run, "rPr").find(qn("w:rFonts"))
        fonts.set(qn("w:eastAsiaTheme"), "minorEastAsia")


def _quotes(document: Document) -> None:
    for run in at(document, LEVEL_4).iter(qn("w:r")):
        fonts = properties(run, "rPr").find(qn("w:rFonts"))
        fonts.set(qn("w:hint"), "default")
        fonts.set(qn("w:ascii"), "Times New Roman")
        fonts.set(qn("w:hAnsi"), "Times New Roman")


def _spaces(document: Document) -> None:
    item = at(document, FIRST)
    put(item, '<w:ind w:firstLine="0" w:firstLineChars="0"/>')
    retype(item, "为进一步", "\u3000\u3000为进一步")


def _mark_border(xml: dict[str, str]) -> Break:
    def change(document: Document) -> None:
        put(at(document, NUMBER), "<w:pBdr/>")
        border = properties(at(document, NUMBER)).find(qn("w:pBdr"))
        wanted = {"val": "single", "sz": "12", "space": "8", "color": "FF0000"} | xml
        child = border.makeelement(qn("w:bottom"), {qn(f"w:{key}"): text for key, text in wanted.items()})
        border.append(child)

    return change


def _unruled(document: Document) -> None:
    put(at(document, NUMBER), "<w:pBdr/>")
    border = properties(at(document, NUMBER)).find(qn("w:pBdr"))
    border.append(border.makeelement(qn("w:bottom"), {qn("w:val"): "nil"}))


def _offset(twips: int) -> Break:
    def change(document: Document) -> None:
        space = next(paragraphs(document))
        while words(space) != "特急":
            space = space.getnext()
        put(space.getnext(), f'<w:spacing w:line="{twips}" w:lineRule="exact"/>')

    return change


def _swapped(document: Document) -> None:
    secret, urgent = at(document, "秘密"), at(document, "特急")
    secret.addprevious(urgent)


def _undated(document: Document) -> None:
    remove(at(document, DAY))


def _moved_name(document: Document) -> None:
    put(_name(document), '<w:ind w:left="0" w:right="0"/>')


def _typed_name(document: Document) -> None:
    item = _name(document)
    put(item, '<w:ind w:left="0"/>')
    retype(item, NAME, "\u3000" * 17 + NAME)


def _one_page(document: Document) -> None:
    put(at(document, "附件1"), '<w:pageBreakBefore w:val="0"/>')


def _lines(document: Document) -> list[object]:
    return [
        item
        for item in document.element.body.iter(qn("w:pBdr"))
        if next(item.iter(qn("w:top")), None) is not None
    ]


def _unlined(place: int) -> Break:
    def change(document: Document) -> None:
        remove(_lines(document)[place])  # type: ignore[arg-type]

    return change


def _thin_line(document: Document) -> None:
    top = next(_lines(document)[0].iter(qn("w:top")))  # type: ignore[attr-defined]
    top.set(qn("w:sz"), "4")


def _imprint_swapped(document: Document) -> None:
    copies, printed = at(document, COPIES), at(document, PRINTED)
    place = copies.getnext()
    printed.addnext(copies)
    place.addprevious(printed)


def _unnumbered(document: Document) -> None:
    for even in (False, True):
        item = footer(document, even=even)
        for child in list(item):
            item.remove(child)


def _dash(mark: str) -> Break:
    def change(document: Document) -> None:
        for node in footer(document).iter(qn("w:t")):
            node.text = (node.text or "").replace("—", mark)

    return change


def _centred_number(document: Document) -> None:
    put(footer(document), '<w:jc w:val="center"/>')


def _edge_number(document: Document) -> None:
    put(footer(document), '<w:ind w:right="0"/>')


def _no_odd_even(document: Document) -> None:
    document.settings.odd_and_even_pages_header_footer = False


def _first_differs(document: Document) -> None:
    section = document.sections[0]
    section.different_first_page_header_footer = True
    section.first_page_footer.is_linked_to_previous = False


def _number_size(document: Document) -> None:
    for even in (False, True):
        size(footer(document, even=even), 9)


def _grey_number(document: Document) -> None:
    look(at(document, NUMBER), '<w:color w:val="FF0000"/>')


def _below(start: str, text: str) -> Break:
    return lambda document: add_line(at(document, start), text)


def _first_page(document: Document) -> None:
    put(at(document, FIRST), "<w:pageBreakBefore/>")


BROKEN: dict[str, tuple[str, Break]] = {
    "纸张是信纸": ("纸张", _paper),
    "上边距25.4毫米": ("天头", _margins(top=1440)),
    "上边距差3毫米": ("天头", _margins(top=2268, bottom=1814)),
    "左边距31.8毫米": ("订口", _margins(left=1803)),
    "右边距31.8毫米": ("版心", _margins(right=1803)),
    "下边距25.4毫米": ("版心", _margins(bottom=1440, footer=828)),
    "正文一段是宋体": ("正文字体", _face(FIRST, "宋体")),
    "主送机关是黑体": ("正文字体", _face(TO, "黑体")),
    "附件说明是楷体": ("正文字体", _face(NOTE, "楷体_GB2312")),
    "正文一段用主题字体": ("主题字体", _theme),
    "正文一段四号": ("正文字号", _size(FIRST, 14)),
    "成文日期小三": ("正文字号", _size(DAY, 15)),
    "行距30磅": ("每面行数", _put(FIRST, '<w:spacing w:line="600" w:lineRule="exact"/>')),
    "行距1.5倍": ("每面行数", _put(FIRST, '<w:spacing w:line="360" w:lineRule="auto"/>')),
    "段后12磅": ("段距", _put(FIRST, '<w:spacing w:after="240"/>')),
    "字距加宽1磅": ("每行字数", _look(FIRST, '<w:spacing w:val="20"/>')),
    "字距没有紧缩": ("每行字数", _look(RUN_IN, '<w:spacing w:val="0"/>')),
    "正文一段蓝色": ("颜色", _look(FIRST, '<w:color w:val="0000FF"/>')),
    "文号红色": ("颜色", _grey_number),
    "标题用主题颜色": ("颜色", _look(TITLE, '<w:color w:val="auto" w:themeColor="accent1"/>')),
    "份号7位": ("份号", _retype("000012", "000012", "0000012")),
    "份号居右": ("份号位置", _put("000012", '<w:jc w:val="right"/>')),
    "密级仿宋": ("密级字体", _face("秘密", "仿宋_GB2312")),
    "密级居右": ("密级位置", _put("秘密", '<w:jc w:val="right"/>')),
    "保密期限用汉字": ("保密期限", _retype("秘密", "1年", "一年")),
    "紧急程度四号": ("紧急程度字体", _size("特急", 14)),
    "紧急程度居右": ("紧急程度位置", _put("特急", '<w:jc w:val="right"/>')),
    "紧急程度在密级上面": ("版头次序", _swapped),
    "标志太高": ("标志位置", _offset(20)),
    "标志是宋体": ("标志字体", _face("共青团云川市委员会文件", "宋体")),
    "标志黑色": ("标志字体", _look("共青团云川市委员会文件", '<w:color w:val="000000"/>')),
    "标志居左": ("标志居中", _put("共青团云川市委员会文件", '<w:jc w:val="left"/>')),
    "文号用方括号": ("文号括号", _retype(NUMBER, "〔2026〕", "[2026]")),
    "文号用圆括号": ("文号括号", _retype(NUMBER, "〔2026〕", "（2026）")),
    "文号用中括号": ("文号括号", _retype(NUMBER, "〔2026〕", "【2026】")),
    "顺序号补零": ("文号虚位", _retype(NUMBER, "7号", "07号")),
    "顺序号加第": ("文号第字", _retype(NUMBER, "7号", "第7号")),
    "年份两位": ("文号年份", _retype(NUMBER, "2026", "26")),
    "文号只空一行": ("文号位置", _unblank(NUMBER)),
    "文号居左": ("文号位置", _put(NUMBER, '<w:jc w:val="left"/>')),
    "文号四号": ("文号字体", _size(NUMBER, 14)),
    "没有反线": ("反线", _unruled),
    "反线黑色": ("反线", _mark_border({"color": "000000"})),
    "反线紧贴文号": ("反线", _mark_border({"space": "1"})),
    "反线比版心短": ("反线", _put(NUMBER, '<w:ind w:left="1000" w:right="1000"/>')),
    "标题是黑体": ("标题字体", _face(TITLE, "黑体")),
    "标题三号": ("标题字号", _size(TITLE, 16)),
    "标题加粗": ("加粗", _look(TITLE, "<w:b/>")),
    "标题居左": ("标题居中", _put(TITLE, '<w:jc w:val="left"/>')),
    "标题首行缩进": ("标题居中", _put(TITLE, '<w:ind w:firstLine="640"/>')),
    "标题上只空一行": ("标题位置", _unblank(TITLE)),
    "标题上空三行": ("标题位置", _blank(TITLE)),
    "标题下不空行": ("主送空行", _unblank(TO)),
    "主送空两字": ("主送顶格", _put(TO, '<w:ind w:firstLineChars="200" w:firstLine="640"/>')),
    "主送没有冒号": ("主送冒号", _retype(TO, "：", "")),
    "主送半角冒号": ("主送冒号", _retype(TO, "：", ":")),
    "正文从第二面开始": ("首页正文", _first_page),
    "首行缩进4字": ("正文缩进", _put(FIRST, '<w:ind w:firstLineChars="400" w:firstLine="1280"/>')),
    "首行不缩进": ("正文缩进", _put(FIRST, '<w:ind w:firstLineChars="0" w:firstLine="0"/>')),
    "回行也缩进": ("正文缩进", _put(FIRST, '<w:ind w:left="640"/>')),
    "缩进又敲空格": ("正文缩进", _retype(FIRST, "为进一步", "\u3000\u3000为进一步")),
    "用空格缩进": ("空格缩进", _spaces),
    "正文加粗": ("加粗", _look(FIRST, "<w:b/>")),
    "正文里空行": ("正文空行", _blank("二、重点")),
    "第一层是楷体": ("层次字体", _face("一、总体", "楷体_GB2312")),
    "第二层是仿宋": ("层次字体", _face(RUN_IN, "仿宋_GB2312")),
    "第一层断号": ("层次序号", _retype("三、有关", "三、", "四、")),
    "第三层跳到第五": ("层次序号", _retype(LEVEL_3, "1.", "3.")),
    "层次跳级": ("层次序号", lambda document: remove(at(document, RUN_IN)) or remove(at(document, LEVEL_3))),
    "第三层用顿号": ("层次标点", _retype(LEVEL_3, "1.", "1、")),
    "括号后加顿号": ("层次标点", _retype(LEVEL_4, "（1）", "（1）、")),
    "层次用半角括号": ("层次标点", _retype(LEVEL_4, "（1）", "(1)")),
    "引号用西文字体": ("引号字体", _quotes),
    "附件说明上不空行": ("附件说明空行", _unblank(NOTE)),
    "附件说明末尾句号": ("附件说明标点", _retype(SECOND, "表", "表。")),
    "附件说明分号": ("附件说明标点", _retype(NOTE, "表", "表；")),
    "附件说明书名号": ("附件说明书名号", _retype(SECOND, "联系点安排表", "《联系点安排表》")),
    "附件说明顿号": ("附件说明写法", _retype(NOTE, "1.", "1、")),
    "附件说明半角冒号": ("附件说明写法", _retype(NOTE, "：", ":")),
    "附件说明顶格": ("附件说明缩进", _put(NOTE, '<w:ind w:left="1260" w:hanging="1260"/>')),
    "第二个附件没有对齐": (
        "附件说明缩进",
        _put(SECOND, '<w:ind w:left="640" w:hanging="0" w:firstLine="0"/>'),
    ),
    "署名上不空行": ("落款空行", lambda document: remove(blank_above(_name(document)))),
    "署名居左": ("落款位置", _moved_name),
    "日期居右到边": ("落款位置", _put(DAY, '<w:jc w:val="right"/>')),
    "用空格排署名": ("空格定位", _typed_name),
    "没有成文日期": ("缺成文日期", _undated),
    "日期补零": ("日期虚位", _retype(DAY, "3月9日", "03月09日")),
    "日期用汉字": ("汉字日期", _retype(DAY, "2026年3月9日", "二〇二六年三月九日")),
    "附注顶格": ("附注", _put(REMARK, '<w:ind w:firstLineChars="0" w:firstLine="0"/>')),
    "附件没有另面": ("附件另面", _one_page),
    "附件标签居中": ("附件标签", _put("附件1", '<w:jc w:val="center"/>')),
    "附件标签加冒号": ("附件标签", _retype("附件1", "附件1", "附件1：")),
    "附件标签是仿宋": ("附件标签字体", _face("附件1", "仿宋_GB2312")),
    "附件标题紧接标签": ("附件标题", lambda document: remove(blank_above(at(document, "任务分工表")))),
    "附件标题不一致": ("附件名称", _retype("任务分工表", "任务分工表", "任务分解一览表")),
    "版记没有首条线": ("版记分隔线", _unlined(0)),
    "版记没有末条线": ("版记分隔线", _unlined(-1)),
    "首条线太细": ("版记线粗细", _thin_line),
    "抄送三号": ("版记字体", _size(COPIES, 16)),
    "抄送黑体": ("版记字体", _face(COPIES, "黑体")),
    "抄送顶格": ("版记缩进", _put(COPIES, '<w:ind w:left="840" w:hanging="840"/>')),
    "抄送没有句号": ("抄送写法", _retype(COPIES, "。", "")),
    "印发没有印发二字": ("印发写法", _retype(PRINTED, "9日印发", "9日印")),
    "印发日期补零": ("日期虚位", _retype(PRINTED, "3月9日", "03月09日")),
    "印发在抄送上面": ("版记位置", _imprint_swapped),
    "没有页码": ("缺页码", _unnumbered),
    "页码用连字符": ("页码形式", _dash("-")),
    "页码没有一字线": ("页码形式", _dash("")),
    "页码小五": ("页码字体", _number_size),
    "页码居中": ("页码左右", _centred_number),
    "单页码没有空一字": ("页码左右", _edge_number),
    "页码不分奇偶": ("页码左右", _no_odd_even),
    "首页没有页码": ("首页页码", _first_differs),
    "页码太低": ("页码高低", _margins(footer=850)),
    "有主题词": ("主题词", _below(REMARK, "主题词：共青团 工作 通知")),
    "有共印份数": ("共印份数", _below(REMARK, "（共印50份）")),
}
"""By name: the rule that must be found, and nothing beside it, and what breaks the document."""
