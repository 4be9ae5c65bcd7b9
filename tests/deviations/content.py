"""Invented answers: people, places and sentences of the two catalogue forms, drawn at random and never the same twice."""

from __future__ import annotations

from datetime import date
from random import Random

from samples.luohe.roster import ROWS

from .model import CADRES, DATE, NAME, POST, REPORT, VISIT, YOUTH, Filled, Item


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_TOWNS = _words(
    "孟庙 商桥 裴城 大刘 邓襄 万金 王岗 繁城 北舞渡 莲花 姬石 龙城 瓦店 皇帝庙 石桥 问十 干河陈 空冢郭"
)
_KINDS = _words("镇团委 乡团委 街道团工委 中学团委 社区团支部 村团支部")
_FAMILY = "赵钱孙周吴郑冯陈褚卫蒋沈韩杨朱秦许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭"
_GIVEN = _words(
    "明轩 若溪 浩然 清扬 子衿 庆舟 文博 雪莹 立 颖 晓峰 雨桐 思远 佳宁 一鸣 安 海波 梦琪 建国 丽娜"
)
_DOUBLE = ("欧阳修远", "司马青", "诸葛一帆", "买买提·艾力", "尉迟恭敏")
_POSTS = _words("书记 副书记 部长 副部长 干事 四级主任科员 办公室主任 挂职副书记")
_WAYS = _words(
    "实地走访 座谈交流 入户走访 查阅台账 列席团课 跟班体验 电话回访 召开座谈会 个别谈心 参加主题团日"
)
_CLAUSES = {
    "基层团组织工作开展情况": (
        "{a}按期完成换届，班子配备齐全，“三会一课”记录规范，每季度召开一次委员会。",
        "依托青年之家开展志愿服务{n}次，参与青年{m}余人次。",
        "下设{n}个团支部，团员{m}名，团费收缴到位，智慧团建系统录入率达到9{k}%。",
        "结合秋收组织青年突击队{n}支，帮助缺劳力农户抢收抢种{m}亩。",
        "{a}建立团员教育实践台账，参学率9{k}.{k}%，主题团日每月一次。",
        "全镇{n}个村团支部书记全部配齐，其中{k}人由村“两委”青年干部兼任。",
        "团委书记为专职，副书记{k}名（其中挂职1名），经费纳入年初预算。",
    ),
    "基层团组织工作亮点": (
        "{a}把团支部建在合作社上，以“田间团课”带动返乡青年学技术。",
        "志愿服务积分可兑换理发、洗衣等便民服务，累计兑换{m}次。",
        "“青年夜校”开班{n}期，学员{m}人，结业率在九成以上。",
        "设立红领巾广播站，由学生轮流采编，稿件被市级媒体采用{k}篇。",
        "建立“点单派单”机制，居民需求两天内响应；青年文明号{k}个。",
    ),
    "基层团组织工作存在问题": (
        "农村团员外出务工多，流动团员管理跟不上，系统更新不及时。",
        "专职不专用现象比较普遍，{a}团干部身兼数职。",
        "活动经费不足，全年仅{n}00元，阵地与党群服务中心共用。",
        "青年参与度不高，活动形式较为单一，{k}个支部半年未开展活动。",
        "部分村团支部书记年龄偏大，超过35岁的有{k}人。",
    ),
    "帮扶措施及成效": (
        "现场指导补录流动团员信息{m}条，协调下拨活动经费{n}00元。",
        "联系爱心企业捐赠图书{m}册，已安装到位，9月底前回访一次。",
        "与{a}分管同志交换意见，争取把团的工作纳入年度考核，单列分值。",
        "推荐{k}名青年讲师团成员进校授课，每校不少于2讲，效果良好。",
        "列出整改清单{k}条，逐月对账销号，目前完成{k}条。",
    ),
    "参加观摩人员": (
        "各县区团委书记{k}人、企业团委书记{n}人，共计{m}人参加。",
        "乡镇（街道）团干部代表{n}人，青联委员{k}人。",
        "{a}班子成员、市直团组织负责人{n}人",
    ),
    "观摩点及观摩内容": (
        "观摩{a}标准化团员活动室，现场查阅团务资料并座谈讲评。",
        "{a}：三级架构运行情况、职工书屋、青年创新工作室。",
        "参观青年人才公寓和青年创客空间，听取{a}汇报，时长约{k}小时。",
        "先后到{a}、市蓝天救援队训练基地，观看救援演练。",
    ),
    "观摩点亮点工作": (
        "企业党委把团建费用列入预算，青年创新工作室全年提出合理化建议{m}条。",
        "活动室功能分区清楚，团旗团徽悬挂规范，月均活动{k}次以上。",
        "{a}救援队实战演练组织有序，团员骨干作用突出。",
    ),
    "观摩点存在问题": (
        "中小企业团组织活动场地不足，{k}家没有专门场所。",
        "驿站管理制度没有上墙，活动记录不完整。",
        "个别单位团务资料照搬模板，缺少本地内容；界别之间交流少。",
    ),
    "整改措施": (
        "推广“园区统建、企业共用”办法，明年选{k}个园区试点。",
        "统一制作制度牌，建立活动记录本，一季度复查。",
        "发放规范化资料样本{m}份，3月开展一次交叉检查。",
    ),
}
_LABELS = {
    NAME: "姓  名",
    "基层团组织工作开展情况": "基层团组织\n工作开展情况",
    "基层团组织工作亮点": "基层团组织\n工作亮点",
    "基层团组织工作存在问题": "基层团组织\n工作存在问题",
    "观摩点及观摩内容": "观摩点及\n观摩内容",
}
DEPARTMENTS = tuple(row for row in ROWS if row.kind == "机关部室")


def filled(form: str, random: Random, month: int = 0, unit: str = "") -> Filled:
    """Return a plainly filled ``form`` of a random unit (or of ``unit``) and month (a number from 7 to 12)."""
    return (_report if form == REPORT else _visit)(random, month, unit)


def person(random: Random) -> str:
    """Return the name of nobody in particular."""
    return (
        random.choice(_DOUBLE) if random.random() < 0.06 else random.choice(_FAMILY) + random.choice(_GIVEN)
    )


def organ(random: Random) -> str:
    """Return a 团组织 such as 孟庙镇团委."""
    return random.choice(_TOWNS) + random.choice(_KINDS)


def prose(path: str, random: Random) -> str:
    """Return one to three sentences, now and then in several paragraphs or with numbers typed before them."""
    clauses = random.sample(_CLAUSES[path], random.choice((1, 2, 2, 3)))
    numbers = {"n": random.randint(2, 30), "m": random.randint(31, 480), "k": random.randint(2, 9)}
    sentences = [clause.format(a=organ(random), **numbers) for clause in clauses]
    if len(sentences) == 1 or random.random() < 0.5:
        return "".join(sentences)
    heads = random.choice(
        (("", "", ""), ("1.", "2.", "3."), ("一是", "二是", "三是"), ("（1）", "（2）", "（3）"))
    )
    return "\n".join(head + sentence for head, sentence in zip(heads, sentences, strict=False))


def chinese_date(day: date) -> str:
    """Return ``day`` as most people write it: 2020年7月3日."""
    return f"{day.year}年{day.month}月{day.day}日"


def _item(path: str, value: str | int) -> Item:
    name = path.rpartition(".")[2]
    return Item(path, _LABELS.get(path, name), value, str(value))


def _date(day: date) -> Item:
    return Item(DATE, DATE, day.isoformat(), chinese_date(day))


def _report(random: Random, month: int, unit: str) -> Filled:
    row = next((row for row in ROWS if row.unit == unit), None) or random.choice(ROWS)
    last = 9 if row.kind == "县区团委" else 27
    day = date(2020, month or random.randint(7, 12), random.randint(2, last))
    head = f"团市委{row.unit}" if row.unit.endswith("部") and random.random() < 0.7 else row.unit
    places = "、".join(dict.fromkeys(organ(random) for _ in range(random.choice((1, 1, 2, 3)))))
    answers: dict[str, str | int] = {
        NAME: person(random),
        POST: head + random.choice(_POSTS),
        "走访团组织名称": places,
        "走访形式": "、".join(random.sample(_WAYS, random.choice((1, 1, 2)))),
        CADRES: random.randint(2, 28),
        YOUTH: random.randint(10, 260),
    }
    for path in ("基层团组织工作开展情况", "基层团组织工作亮点", "基层团组织工作存在问题", "帮扶措施及成效"):
        answers[path] = prose(path, random)
    items = [_item(path, value) for path, value in answers.items()]
    return Filled(REPORT, row.unit, f"2020-{day.month:02d}", REPORT, _date(day), items)


def _visit(random: Random, month: int, unit: str) -> Filled:
    row = next((row for row in DEPARTMENTS if row.unit == unit), None) or random.choice(DEPARTMENTS)
    quarter = (month + 2) // 3 if month else random.choice((3, 4))
    day = date(2020, quarter * 3, random.randint(2, 27))
    answers = {"组织观摩部室": row.unit}
    answers |= {path: prose(path, random) for path in tuple(_CLAUSES)[4:]}
    items = [_item(path, value) for path, value in answers.items()]
    return Filled(VISIT, row.unit, f"2020-Q{quarter}", VISIT, _date(day), items)
