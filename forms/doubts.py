"""The catalogue of doubts: why a value or a whole return needs a person's eye.

Data only. Each code has one Chinese sentence; ``docs/doubts.md`` lists them all and is under test.
"""

from __future__ import annotations

from dataclasses import dataclass

CATALOGUE: dict[str, str] = {
    # dates
    "date_no_year": "“{field}”填的“{raw}”没有年份，按{year}年算",
    "date_short_year": "“{field}”填的“{raw}”年份只有两位，按{year}年算",
    "date_incomplete": "“{field}”填的“{raw}”日期不完整，缺年、月或日",
    "date_impossible": "“{field}”填的“{raw}”没有这一天",
    "date_range": "“{field}”填的“{raw}”有两个日期，先取第一个",
    "date_order": "“{field}”填的“{raw}”分不清哪个是月、哪个是日，按先月后日算",
    "date_more": "“{field}”填的“{raw}”里除了日期还有别的字",
    "date_unclear": "“{field}”填的“{raw}”认不出是哪一天",
    "date_after": "“{field}”填的“{raw}”晚于收到这份报送的日子（{received}）",
    # numbers
    "number_approximate": "“{field}”填的“{raw}”是约数",
    "number_range": "“{field}”填的“{raw}”是一个范围，先取第一个数",
    "number_several": "“{field}”填的“{raw}”里不止一个数，先取第一个",
    "number_unclear": "“{field}”填的“{raw}”认不出是几",
    "number_bounds": "“{field}”填的“{raw}”超出允许的范围（{bounds}）",
    "sum_wrong": "“{field}”填的是{raw}，各项相加是{total}",
    "number_fraction": "“{field}”应为整数，填的是“{raw}”",
    "sum_mismatch": "“{field}”填的是{value}，各项（{parts}）加起来是{sum}",
    # choices and names
    "choice_unknown": "“{field}”填的“{raw}”不在选项里：{choices}",
    "choice_several": "“{field}”只能选一项，却选了：{raw}",
    "choice_none": "“{field}”的选项一个也没有勾",
    "choice_all": "“{field}”里各选项都在，却没有勾选的记号，可能是用下划线或颜色选的，请看原件",
    "phone_unclear": "“{field}”填的“{raw}”不像电话号码",
    "identity_unclear": "“{field}”填的“{raw}”不像身份证号（位数或校验码不对）",
    "dirty": "“{field}”里有认不出或写不进表格的字符（{codes}），导出时换成 �",
    # how a value stands in the file
    "struck": "“{field}”里有划掉的字：{raw}",
    "tracked": "文中有未接受的修订，按“接受修订后”的样子读",
    "picture": "“{field}”的答案里有图片，需要看原件",
    "person_several": "“{field}”填的“{raw}”像是不止一个人",
    "value_label": "“{field}”填的“{raw}”像是另一栏的名称，或者夹着另一栏",
    "label_guessed": "“{field}”是按“{found}”一栏认的，名称与空白表不同",
    "label_twice": "“{field}”一栏写了两处，取的是其中一处，请对照原件",
    "position_guessed": "“{field}”的内容不在惯常的位置，是推断的",
    "more_beside": "“{field}”右边还有别的内容，没有算进去，见剩余文字",
    "text_joined": "“{field}”的内容由几处拼成，请核对次序",
    "ditto": "“{field}”填的“{raw}”，按上一行的内容算",
    "entry_nothing": "“{field}”只填了“{raw}”，像是说没有可报的，算不算一条请核对",
    "formula_empty": "“{field}”是公式而没有算出的结果",
    "cell_error": "“{field}”是公式错误值“{raw}”",
    # the whole return
    "required_missing": "必填的“{field}”没有填",
    "field_absent": "表里找不到“{field}”这一栏",
    "unfilled": "这是一张没有填写的空白表，不算报送",
    "unknown_form": "认不出是哪一种表单，全文放进了剩余文字",
    "unit_unknown": "认不出是哪个单位报送的（{raw}）",
    "unit_guessed": "单位按“{raw}”认作“{unit}”，请确认",
    "unit_conflict": "单位有出入：{evidence}",
    "unit_merged": "“{unit}”{day}已并入“{into}”，这一期先记在“{into}”名下",
    "period_unknown": "认不出是哪一期的报送",
    "period_guessed": "报送期按{evidence}认作{period}，请确认",
    "period_conflict": "报送期有出入：{evidence}",
    "not_due": "“{unit}”不需要报送《{form}》",
    "mail_time": "邮件上写的发出时间是{sent}，邮箱收到的时间是{received}，相差太大，是否逾期请核对",
    "file_time": "文件的时间是{received}，不可信，什么时候收到、是否逾期请核对",
    "changed": "与这一期先前报的（编号{number} {source}）不一致：{fields}。以这一份为准，先前的也留着",
    "leftover": "有{count}处文字不属于任何一栏，见剩余文字",
    "quoted": "这份《{form}》取自回复的邮件里引用的旧内容，请核对是不是这一次的报送",
    "quoted_passed": "邮件里还引用了一份填好的《{form}》，当作以前的邮件没有计入，见剩余文字",
    "unended": "文件末尾缺了结束的记号，可能少了后面的内容，请对照原件",
    "suffix": "文件的扩展名与内容不符，实际是{kind}",
    "far_cells": "工作表里离表格很远的地方还有内容，没有当作答案，见剩余文字",
    "unsafe_name": "压缩包或邮件里的文件名“{name}”含有路径，只当作名称，没有按它存放",
    "name_unreadable": "文件名无法辨认（{name}），请核对是谁报的",
    "active_content": "文件里有{kind}，没有执行也没有打开",
    "comments": "文件里有批注，没有当作答案，见剩余文字",
    # how true it is: returns held against each other
    "copied": "“{field}”与{whose}{period}的“{there}”{how}（编号{number} {source}，{place}）",
    "picture_again": "{here}的图片与{whose}{period}报送里的{how}（编号{number} {source}，{place}）",
    "saved_by_other": "文件最后由“{name}”保存，{who}（{where}）",
    # a blank form being learned
    "learn_no_title": "这张表没有标题，暂以文件名作表单名",
    "learn_no_fields": "这份文件里找不到可填的格子",
    "learn_no_label": "{at}{more}是空格，但看不出要填什么",
    "learn_repeated": "“{field}”这一栏不止一处，另一处记作“{other}”{more}，请改成合适的名称",
    "learn_example": "{at}那一行像是填写示例，已清空，当作要填的行；不是示例的话请改模板",
    "learn_list": "“{field}”印着一串可圈选的内容（{at}），按选项一栏学，空白表上各项前加方框；不是选项的话请改模板",
    "learn_left": "{at}“{raw}”{more}像是要填的地方，没有认出是哪一栏，请在模板里补上或放着不管",
    "learn_filled": "里面有 {count} 处像是填好的内容（如{at}“{raw}”），像填过的表，请换空白表再学",
    "learn_extra": "“{field}”{more}后面还有空格（{at}），只取了第一格",
    "learn_columns": "{at}起每行有 {count} 个空格而没有列名，各记作第1列、第2列……，请改成合适的名称",
    "layout_guessed": "PDF 里的表没有画全线条，栏目是按空隙分开的，可能串到别的栏，请对照原件核一遍",
    "paragraphs": "“{field}”在 PDF 里有一行恰好写满，看不出下一行是否另起一段，请对照原件分段",
    "cut_off": "“{field}”在 PDF 里的字正好占满格子，后面可能被截断，请对照原件",
    "page_scanned": "PDF 里有的页是扫描件或图片，上面的字认不出来，请对照原件补录",
    "layout_overrun": "PDF 里有的字超出了格子，可能被截断或盖住别的字，请对照原件核一遍",
    "hidden_text": "文件里有隐藏的文字，没有当作答案",
}


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why a person should look: a code of the catalogue, the field concerned (or none) and the Chinese sentence."""

    code: str
    message: str
    field: str | None = None


def doubt(code: str, field: str | None = None, /, **details: object) -> Doubt:
    """Make the doubt ``code`` about ``field``; ``details`` fill the catalogue's sentence (``KeyError`` if one lacks)."""
    return Doubt(code, CATALOGUE[code].format(field=field or "", **details), field)
