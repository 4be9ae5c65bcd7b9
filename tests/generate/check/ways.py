"""The same document broken by other means than direct formatting: styles, defaults, themes, lists, sections, settings.

Each way leads to the one rule that must be found, or to none where Word shows nothing of it.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Callable

from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from lxml import etree

from .broken import COPIES, FIRST, LEVEL_3, LEVEL_4, NUMBER, RUN_IN, TITLE
from .making import W, at, footer, look, paragraphs, properties, put, remove, retype

Way = Callable[[Document], None]
BODY = "zhengwen"


def _xml(text: str) -> etree._Element:
    """Return ``text`` with the namespace declared on its outermost element."""
    tag = re.match(r"<[\w:]+", text)
    assert tag is not None
    return parse_xml(f'{tag[0]} xmlns:w="{W}"{text[tag.end() :]}')


def _style(document: Document, ident: str) -> etree._Element:
    return next(
        item for item in document.styles.element.iter(qn("w:style")) if item.get(qn("w:styleId")) == ident
    )


def _in_style(ident: str, xml: str, where: str = "rPr") -> Way:
    """Return the way that sets a property of the style itself."""

    def change(document: Document) -> None:
        new, holder = _xml(xml), properties(_style(document, ident), where)
        old = holder.find(new.tag)
        if old is None:
            holder.append(new)
        else:
            for key, value in new.attrib.items():
                old.set(key, value)

    return change


def _defaults(document: Document) -> None:
    # The style says no size; the document's defaults say 四号.
    holder = properties(_style(document, BODY), "rPr")
    holder.remove(holder.find(qn("w:sz")))
    size = next(document.styles.element.find(qn("w:docDefaults")).iter(qn("w:sz")))
    size.set(qn("w:val"), "28")


def _based_on(document: Document) -> None:
    # A style of the clerk's own, based on ours, without the indent.
    document.styles.element.append(
        _xml(
            '<w:style w:type="paragraph" w:customStyle="1" w:styleId="own"><w:name w:val="own"/><w:basedOn w:val="zhengwen"/>'
            '<w:pPr><w:ind w:firstLineChars="0" w:firstLine="0"/></w:pPr></w:style>'
        )
    )
    properties(at(document, FIRST)).find(qn("w:pStyle")).set(qn("w:val"), "own")


def _character_style(document: Document, properties_xml: str, start: str = FIRST) -> None:
    document.styles.element.append(
        _xml(
            '<w:style w:type="character" w:customStyle="1" w:styleId="ch"><w:name w:val="ch"/>'
            f"<w:rPr>{properties_xml}</w:rPr></w:style>"
        )
    )
    for run in at(document, start).iter(qn("w:r")):
        properties(run, "rPr").insert(0, _xml('<w:rStyle w:val="ch"/>'))


def _kai(document: Document) -> None:
    # The words name no face of their own: the character style's comes before the paragraph style's.
    for run in at(document, FIRST).iter(qn("w:r")):
        fonts = properties(run, "rPr").find(qn("w:rFonts"))
        if fonts is not None:
            fonts.attrib.pop(qn("w:eastAsia"), None)
    _character_style(document, '<w:rFonts w:eastAsia="楷体_GB2312"/>')


def _linked(document: Document) -> None:
    # A linked pair: the character side, blue, is on the words of one paragraph.
    document.styles.element.append(
        _xml(
            '<w:style w:type="paragraph" w:customStyle="1" w:styleId="lp"><w:name w:val="lp"/><w:basedOn w:val="zhengwen"/>'
            '<w:link w:val="ch"/></w:style>'
        )
    )
    _character_style(document, '<w:color w:val="1F4E79"/>')


def _toggled(document: Document) -> None:
    # Bold in the paragraph style and bold in the character style: Word shows neither (17.7.3).
    properties(_style(document, BODY), "rPr").append(_xml("<w:b/>"))
    for item in paragraphs(document):
        style = properties(item).find(qn("w:pStyle"))
        if style is not None and style.get(qn("w:val")) == BODY:
            for run in item.iter(qn("w:r")):
                properties(run, "rPr").insert(0, _xml('<w:rStyle w:val="ch"/>'))
    document.styles.element.append(
        _xml(
            '<w:style w:type="character" w:customStyle="1" w:styleId="ch"><w:name w:val="ch"/>'
            "<w:rPr><w:b/></w:rPr></w:style>"
        )
    )


def _mark_only(document: Document) -> None:
    # A paragraph mark of another face and size: nobody sees it.
    properties(at(document, FIRST)).append(
        _xml('<w:rPr><w:rFonts w:eastAsia="宋体"/><w:color w:val="FF0000"/><w:sz w:val="21"/></w:rPr>')
    )


def _later_section(document: Document) -> None:
    # The annexes stand in a section of their own with another margin.
    last = document.element.body.find(qn("w:sectPr"))
    label = at(document, "附件1")
    put(label, '<w:pageBreakBefore w:val="0"/>')
    own = copy.deepcopy(last)
    holder = label.getprevious()
    while holder is None or holder.tag != qn("w:p"):
        holder = holder.getprevious()
    ending = _xml('<w:p><w:pPr><w:pStyle w:val="xi"/></w:pPr></w:p>')
    ending.find(qn("w:pPr")).append(own)
    label.addprevious(ending)
    last.find(qn("w:pgMar")).set(qn("w:top"), "1440")
    last.find(qn("w:pgMar")).set(qn("w:bottom"), "2642")


def _numbering(document: Document) -> etree._Element:
    """Return the root of a new part for lists."""
    from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
    from docx.opc.packuri import PackURI
    from docx.opc.part import XmlPart

    root = _xml("<w:numbering/>")
    part = XmlPart(PackURI("/word/numbering.xml"), CONTENT_TYPE.WML_NUMBERING, root, document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.NUMBERING)
    return root


def _list_indent(document: Document) -> None:
    # The indent comes from the list that the paragraph is in.
    part = _numbering(document)
    part.append(
        _xml(
            '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="none"/>'
            '<w:suff w:val="nothing"/><w:lvlText w:val=""/><w:pPr><w:ind w:left="1680" w:hanging="420" w:hangingChars="0"/>'
            "</w:pPr></w:lvl></w:abstractNum>"
        )
    )
    part.append(_xml('<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'))
    item = at(document, FIRST)
    style = _style(document, BODY)
    indent = properties(style).find(qn("w:ind"))
    for other in paragraphs(document):
        name = properties(other).find(qn("w:pStyle"))
        if name is not None and name.get(qn("w:val")) == BODY and other is not item:
            put(other, '<w:ind w:firstLineChars="200" w:firstLine="640"/>')
    properties(style).remove(indent)
    properties(item).append(_xml('<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'))


def _typed_by_word(document: Document) -> None:
    # Word numbers the paragraph itself, with 、 after the figure.
    part = _numbering(document)
    part.append(
        _xml(
            '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
            '<w:suff w:val="nothing"/><w:lvlText w:val="%1、"/></w:lvl></w:abstractNum>'
        )
    )
    part.append(_xml('<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'))
    item = at(document, LEVEL_3)
    retype(item, "1.", "")
    properties(item).append(_xml('<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'))


def _boxed_keywords(document: Document) -> None:
    # 主题词 inside the 版记's box.
    copies = at(document, COPIES)
    new = copy.deepcopy(copies)
    for run in list(new.iter(qn("w:r")))[1:]:
        remove(run)
    next(new.iter(qn("w:t"))).text = "主题词：共青团　组织　通知"
    copies.addprevious(new)


def _hidden(document: Document) -> None:
    # Hidden words of another face are not printed.
    item = at(document, FIRST)
    item.append(
        _xml(
            '<w:r><w:rPr><w:rFonts w:ascii="宋体" w:hAnsi="宋体" w:eastAsia="宋体"/><w:vanish/><w:color w:val="FF0000"/></w:rPr>'
            "<w:t>主题词：内部</w:t></w:r>"
        )
    )


def _deleted(document: Document) -> None:
    # Deleted words in another face are not printed.
    at(document, FIRST).append(
        _xml(
            '<w:del w:id="9" w:author="a" w:date="2026-01-01T00:00:00Z"><w:r><w:rPr><w:rFonts w:eastAsia="宋体"/></w:rPr>'
            "<w:delText>旧的文字</w:delText></w:r></w:del>"
        )
    )


def _controlled(document: Document) -> None:
    # A paragraph within a content control, in another face.
    item = at(document, FIRST)
    look(item, '<w:rFonts w:ascii="宋体" w:hAnsi="宋体" w:eastAsia="宋体"/>')
    control = _xml("<w:sdt><w:sdtPr/><w:sdtContent/></w:sdt>")
    item.addprevious(control)
    control.find(qn("w:sdtContent")).append(item)


def _linked_words(document: Document) -> None:
    # A hyperlink's blue.
    item = at(document, FIRST)
    link = _xml('<w:hyperlink w:anchor="x"/>')
    runs = list(item.iter(qn("w:r")))
    runs[-1].addnext(link)
    link.append(_xml('<w:r><w:rPr><w:color w:val="0563C1"/></w:rPr><w:t>云川共青团网站</w:t></w:r>'))


def _gutter(document: Document) -> None:
    for item in document.element.body.iter(qn("w:pgMar")):
        item.set(qn("w:gutter"), "284")
        item.set(qn("w:right"), str(int(item.get(qn("w:right"))) - 284))


def _latin(document: Document) -> None:
    # Figures in a western face: the standard names the face of Chinese characters.
    look(at(document, NUMBER), '<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman"/>')


def _theme(document: Document) -> None:
    # The style of the text asks for the theme's face.
    fonts = properties(_style(document, BODY), "rPr").find(qn("w:rFonts"))
    fonts.set(qn("w:eastAsiaTheme"), "minorEastAsia")


def _even_in_style(document: Document) -> None:
    # The even page's number leans on a style of the clerk's own that centres it.
    document.styles.element.append(
        _xml(
            '<w:style w:type="paragraph" w:customStyle="1" w:styleId="mid"><w:name w:val="mid"/><w:basedOn w:val="yema"/>'
            '<w:pPr><w:jc w:val="center"/></w:pPr></w:style>'
        )
    )
    item = footer(document, even=True)
    properties(item).find(qn("w:pStyle")).set(qn("w:val"), "mid")
    own = properties(item).find(qn("w:jc"))
    if own is not None:
        properties(item).remove(own)


def _settings(document: Document) -> None:
    flag = document.settings.element.find(qn("w:evenAndOddHeaders"))
    flag.set(qn("w:val"), "false")


def _old_date(document: Document) -> None:
    # The date of the 版记 in Chinese numerals, as until 2012.
    retype(at(document, "共青团云川市委员会办公室"), "2026年3月9日印发", "二〇二六年三月九日印发")


WAYS: dict[str, tuple[str, Way]] = {
    "样式里正文是宋体": (
        "正文字体",
        _in_style(BODY, '<w:rFonts w:ascii="宋体" w:hAnsi="宋体" w:eastAsia="宋体"/>'),
    ),
    "缺省字号是四号": ("正文字号", _defaults),
    "正文样式用主题字体": ("主题字体", _theme),
    "自建样式没有缩进": ("正文缩进", _based_on),
    "链接的字符样式是蓝色": ("颜色", _linked),
    "字符样式是楷体": ("正文字体", _kai),
    "两处加粗互相抵消": ("", _toggled),
    "只有段落标记不同": ("", _mark_only),
    "附件一节的上边距": ("天头", _later_section),
    "缩进来自列表": ("正文缩进", _list_indent),
    "自动编号用顿号": ("层次标点", _typed_by_word),
    "版记里有主题词": ("主题词", _boxed_keywords),
    "隐藏的文字": ("", _hidden),
    "删去的文字": ("", _deleted),
    "内容控件里是宋体": ("正文字体", _controlled),
    "超链接是蓝色": ("颜色", _linked_words),
    "装订线另加5毫米": ("订口", _gutter),
    "文号数字用西文字体": ("", _latin),
    "双数页码的样式居中": ("页码左右", _even_in_style),
    "设置里不分奇偶页": ("页码左右", _settings),
    "段前半行": (
        "段距",
        lambda document: put(at(document, RUN_IN), '<w:spacing w:beforeLines="50" w:before="290"/>'),
    ),
    "段后自动": ("段距", lambda document: put(at(document, RUN_IN), '<w:spacing w:afterAutospacing="1"/>')),
    "字符缩进盖过磅值": (
        "正文缩进",
        lambda document: put(at(document, LEVEL_4), '<w:ind w:firstLineChars="400" w:firstLine="640"/>'),
    ),
    "印发日期用汉字": ("印发写法", _old_date),
    "样式里行距是1.5倍": ("每面行数", _in_style(BODY, '<w:spacing w:line="360" w:lineRule="auto"/>', "pPr")),
    "标题样式的字缩放": ("", lambda document: look(at(document, TITLE), '<w:kern w:val="2"/>')),
}
"""By name: the rule that must be found, empty where nothing may be."""
