"""People's names as they are written in a cell that asks for one: whether two of them stand there.

Knows how names are put beside each other; a name of two characters with a blank between is one name.
"""

from __future__ import annotations

import re

_SURNAMES = frozenset(
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范"
    "方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦"
    "申尤毕聂丛焦向柳邢路岳齐梅莫庄辛管祝左涂谷祁时舒耿牟卜詹关苗凌费纪靳盛童甄项曲成游裴席卫查屈鲍覃霍翁隋植甘景薄单包司柏宁柯阮桂"
)
_DOUBLE = (
    "欧阳",
    "司马",
    "上官",
    "诸葛",
    "东方",
    "皇甫",
    "尉迟",
    "公孙",
    "慕容",
    "令狐",
    "司徒",
    "夏侯",
    "端木",
)
_NAME = re.compile(r"[\u4e00-\u9fff]{2,4}|[\u4e00-\u9fff]{1,8}(?:[·•．][\u4e00-\u9fff]{1,8})+")
_STRONG = re.compile(r"\s*(?:[、，,；;/／&+]|(?<=[\u4e00-\u9fff]{2})[和与及](?=[\u4e00-\u9fff]{2}))\s*")


def are_several(text: str) -> bool:
    """Whether ``text`` names more than one person: 李平、王芳, 李平 王芳; but neither 李 平 nor 欧阳 娜娜."""
    parts = [part for part in _STRONG.split(text.strip()) if part]
    if len(parts) > 1:
        return all(_NAME.fullmatch("".join(part.split())) for part in parts)
    apart = text.split()
    if len(apart) < 2 or apart[0] in _DOUBLE:
        return False
    named = any(part[0] in _SURNAMES or part[:2] in _DOUBLE for part in apart)
    return named and all(map(_NAME.fullmatch, apart))
