"""Runs of WordprocessingML from marked text: the marks of the sample, and moves, fields, links, ruby and boxes besides.

The marks of ``samples.luohe.marks`` are written by that module. Those added here: ``from``/``to`` (a tracked move), ``link``,
``date`` and ``simple`` (fields with their code), ``smart`` (smartTag), ``ruby`` (base:reading), ``under`` (underlined),
``size`` (split into runs of one sign each), ``check`` (content control of Word 2010: 1 or 0), ``tick`` (legacy form field),
``pick``/``drop`` (date picker, drop-down list), ``form`` (legacy text field), ``double`` (struck through twice),
``tab``, ``br``, ``hyphen`` (no-break hyphen), ``soft`` (soft hyphen), ``zero`` (zero-width space).
"""

from __future__ import annotations

from html import escape

from samples.luohe import marks
from samples.luohe.marks import Extras, words

from .model import MARK

_AUTHOR = 'w:author="审核" w:date="2020-08-25T09:00:00Z"'
_W14 = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'


def runs(text: str, props: str, extras: Extras) -> str:
    """Return the runs of one line of marked ``text``, each with the run properties ``props``."""
    made, place, waiting = [], 0, ""
    for found in MARK.finditer(text):
        waiting += text[place : found.start()]
        place = found.end()
        if found[1] in _OWN or found[1] in _BARE:
            made += [marks.runs(waiting, props, extras), _own(found[1], found[2] or "", props, extras)]
            waiting = ""
        else:
            waiting += found[0]
    return "".join([*made, marks.runs(waiting + text[place:], props, extras)])


def _own(kind: str, text: str, props: str, extras: Extras) -> str:
    if kind in _BARE:
        return f"<w:r><w:rPr>{props}</w:rPr>{_BARE[kind]}</w:r>"
    return _OWN[kind](text, props, extras)


def _moved_from(text: str, props: str, extras: Extras) -> str:
    return f'<w:moveFrom w:id="{extras.next()}" {_AUTHOR}>{words(text, props)}</w:moveFrom>'


def _moved_to(text: str, props: str, extras: Extras) -> str:
    return f'<w:moveTo w:id="{extras.next()}" {_AUTHOR}>{words(text, props)}</w:moveTo>'


def _link(text: str, props: str, _extras: Extras) -> str:
    return f'<w:hyperlink w:anchor="_top">{words(text, props)}</w:hyperlink>'


def _date_field(text: str, props: str, _extras: Extras) -> str:
    def sign(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    code = words(' TIME \\@ "yyyy年M月d日" ', props, "w:instrText")
    return sign("begin") + code + sign("separate") + words(text, props) + sign("end")


def _simple_field(text: str, props: str, _extras: Extras) -> str:
    return f'<w:fldSimple w:instr=" DOCPROPERTY 统计数 ">{words(text, props)}</w:fldSimple>'


def _smart(text: str, props: str, _extras: Extras) -> str:
    return f'<w:smartTag w:uri="urn:example" w:element="place">{words(text, props)}</w:smartTag>'


def _ruby(text: str, props: str, _extras: Extras) -> str:
    base, _, reading = text.partition(":")
    return (
        f'<w:r><w:ruby><w:rubyPr><w:rubyAlign w:val="center"/></w:rubyPr><w:rt>{words(reading, props)}</w:rt>'
        f"<w:rubyBase>{words(base, props)}</w:rubyBase></w:ruby></w:r>"
    )


def _underlined(text: str, props: str, _extras: Extras) -> str:
    return words(text, props + '<w:u w:val="single"/>')


def _split(text: str, props: str, _extras: Extras) -> str:
    return '<w:proofErr w:type="spellStart"/>'.join(words(sign, props) for sign in text)


def _check(text: str, props: str, extras: Extras) -> str:
    sign = "☒" if text == "1" else "☐"
    box = f'<w14:checkbox {_W14}><w14:checked w14:val="{text}"/></w14:checkbox>'
    return (
        f'<w:sdt><w:sdtPr><w:id w:val="{extras.next()}"/>{box}</w:sdtPr>'
        f"<w:sdtContent>{words(sign, props)}</w:sdtContent></w:sdt>"
    )


def _tick(text: str, _props: str, _extras: Extras) -> str:
    data = (
        f'<w:ffData><w:enabled/><w:checkBox><w:sizeAuto/><w:default w:val="{text}"/></w:checkBox></w:ffData>'
    )
    code = '<w:r><w:instrText xml:space="preserve"> FORMCHECKBOX </w:instrText></w:r>'
    return (
        f'<w:r><w:fldChar w:fldCharType="begin">{data}</w:fldChar></w:r>{code}'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def _picked(text: str, props: str, extras: Extras) -> str:
    kind = '<w:date w:fullDate="2021-01-01T00:00:00Z"><w:dateFormat w:val="yyyy年M月d日"/></w:date>'
    return _control(kind, words(text, props), extras)


def _dropped_down(text: str, props: str, extras: Extras) -> str:
    names = ("请选择", "实地走访", "座谈交流", "问卷调查")
    items = "".join(f'<w:listItem w:displayText="{name}" w:value="{name}"/>' for name in names)
    return _control(f"<w:dropDownList>{items}</w:dropDownList>", words(text, props), extras)


def _control(kind: str, content: str, extras: Extras) -> str:
    return (
        f'<w:sdt><w:sdtPr><w:alias w:val="选择"/><w:id w:val="{extras.next()}"/>{kind}</w:sdtPr>'
        f"<w:sdtContent>{content}</w:sdtContent></w:sdt>"
    )


def _form_text(text: str, props: str, _extras: Extras) -> str:
    data = '<w:ffData><w:name w:val="文字1"/><w:enabled/><w:textInput><w:default w:val="请填写"/></w:textInput></w:ffData>'
    return (
        f'<w:r><w:fldChar w:fldCharType="begin">{data}</w:fldChar></w:r>{words(" FORMTEXT ", props, "w:instrText")}'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{words(text, props)}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def _double_struck(text: str, props: str, _extras: Extras) -> str:
    fonts, size, rest = props.partition("<w:sz ")
    return words(text, f"{fonts}<w:dstrike/>{size}{rest}")


_OWN = {
    "pick": _picked,
    "drop": _dropped_down,
    "form": _form_text,
    "double": _double_struck,
    "from": _moved_from,
    "to": _moved_to,
    "link": _link,
    "date": _date_field,
    "simple": _simple_field,
    "smart": _smart,
    "ruby": _ruby,
    "under": _underlined,
    "size": _split,
    "check": _check,
    "tick": _tick,
}
_BARE = {
    "tab": "<w:tab/>",
    "br": "<w:br/>",
    "hyphen": "<w:noBreakHyphen/>",
    "soft": "<w:softHyphen/>",
    "zero": f"<w:t>{escape(chr(0x200B))}</w:t>",
}
