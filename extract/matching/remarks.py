"""Lines that are no answers: remarks and signatures around a form, how it is to be filled in, the salutes of a mail.

Knows words only; where they stand is for ``govern`` to weigh.
"""

from __future__ import annotations

import re

NOTE = re.compile(
    r"\s*[（(]?(?:Sheet \d{1,2}: |(?:注|说明|备注|填[表报写]说明|报送说明|附注?|附[件表图页]\s*[\d一二三四五六七八九十]*)\s*[:：]"
    r"|(?:填报|报送|上报|填表)?(?:单位|部门)(?:名称)?\s*[（(][^（）()]*章[^（）()]*[)）]\s*[:：]|(?:联系)?电话\s*[:：]"
    r"|(?:单位|部门|主要|主管|分管|具体)?(?:(?:填[表报]|审[核批]|负责|联系|经办|制表|报送|签)人|领导)\s*(?:[（(][^（）()]*[)）])?\s*[:：]"
    r"|(?:以上|上述)(?:材料|情况|内容|数据|信息)?(?:由|为|均|经|系|请|特此|属实|真实|无误)|特此(?:报告|说明|报送))"
)
"""A remark on a form, or who signs and seals it."""
TELLS_HOW = re.compile(
    r"^\s*(?:以下|下列|本[表栏]|此[表栏])|请[^。；]{0,20}[填列写附注]|另附[页纸]|不超过\s*\d+\s*字|分[条项]列出|如实填"
)
"""How a form is to be filled in, for whoever fills it in."""
SALUTE = re.compile(
    r"\s*(?:此致|(?:此致)?\s*敬礼|致礼|顺[祝颂致].{0,10}|祝(?:您|你|各位)?(?:领导|老师)?(?:好|工作|身体|万事|一切|生活|商祺|顺).{0,12}"
    r"|(?:多谢|谢谢|感谢)[您你]?(?:的支持)?|发自我的.{1,12}|[-—–_=─━]{2,40})\s*[!！。~～.]*\s*"
)
"""The end of a letter."""
STAMP = re.compile(
    r"\s*\S{1,20}[\s（(\[]+(?:20\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}日?|昨天|今天|星期[一二三四五六日])?\s*(?:上午|下午)?\s*\d{1,2}[:：]\d{2}(?:[:：]\d{2})?\s*[)）\]]?\s*"
)
"""Who said something in a chat, and when: the line above it."""
SPEECH = re.compile(r"[\u4e00-\u9fff\d]{4,}[，、；。][\s\S]*[。；！]\s*$")
"""One or more whole sentences."""
NUMBERED = re.compile(
    r"\s*(?:[（(]?[\d一二三四五六七八九十]+[、.．)）]|[①-⑳]|[一二三四五六七八九十]是|第[一二三四五六七八九十]|首先|其次|再次|最后)"
)
"""The number that a paragraph begins with."""
_SIGNATURE = 24  # characters
_SENTENCE = re.compile(r"[，。；：！？,;:]|^[（(]?(?:\d{1,2}|[一二三四五六七八九十]+)[、.．)）]")


def signs_off(text: str) -> bool:
    """Whether a line is no sentence: a unit's name or a date at the end."""
    return len(text.strip()) <= _SIGNATURE and not _SENTENCE.search(text.strip())
