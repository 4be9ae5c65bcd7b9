"""Invented texts about the work of the 共青团 in any number, with copies planted among them, always the same.

All speak of the same few topics in the same words, as real reports do, so that taking one for a copy of another is a
real danger; a sentence is put together from five to seven choices of dozens each, so that none comes about twice.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from forms import Entry, Place, Reading, Status, Submission, Unit, Work

from .ledgers import FORM, work_of

FIELDS = ("基层团组织工作开展情况", "基层团组织工作亮点", "基层团组织工作存在问题", "帮扶措施及成效")


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_NAMES = _words(
    "青苗 柳河 石桥 马店 东风 沙湾 白塔 双龙 高庄 枣林 莲池 三里 大王 黄楼 清泉 五里 杏园 新集 槐树 长堤"
)
_PLACES = tuple(
    f"{where}{what}"
    for where in _NAMES
    for what in ("镇", "村", "社区", "中学", "街道", "产业园", "卫生院", "小学")
)
_WHO = _words(
    "青年志愿者 团支部书记 大学生村官 返乡青年 青年教师 青年民警 车间团员 社区网格员 "
    "农技员 少先队辅导员 青年医生 退役军人 西部计划志愿者 非公企业青工 快递小哥 "
    "青年文明号班组 学生会干部 职高学生 致富带头人 青联委员 律师 驻村队员 银行职员 "
    "电商主播 工会干部 妇联干事 消防员 护士 乡村教师 技术能手"
)
_DID = _words(
    "围坐一圈谈心 逐户走访登记 现场办理团组织关系转接 清理河道垃圾 讲授防溺水知识 "
    "排练红歌 张贴反诈海报 核对团员名册 整理活动室图书 直播推介红薯粉条 修剪行道树 "
    "为孤寡老人理发 分拣爱心衣物 演示无人机喷药 抄写入团誓词 参观革命纪念馆 "
    "帮助录入智慧团建数据 辅导留守儿童写作业 布置主题墙报 发放就业信息单 演练地震逃生 "
    "慰问环卫工人 评议支委履职 观看英模影片 补种绿化苗木 打扫敬老院 组队参加知识竞赛 "
    "慢跑宣传禁毒 拍摄短视频 结对认领微心愿"
)
_WHY = _words(
    "摸清底数 凝聚人心 补齐短板 丰富课余生活 服务春耕 迎接建团纪念日 防范电信诈骗 "
    "助力创建文明城市 引导就地就业 锻炼新任团干 宣传换届纪律 帮助毕业生求职 规范组织生活 "
    "解决场地难题 推广普通话 传承非遗 缓解考前压力 带动农产品销售 增强归属感 "
    "关爱困境少年 落实整改清单 做好防汛 打通联系渠道 提振精神"
)
_WHEN = _words(
    "月初 上旬 中旬 下旬 月末 周一晚上 周三下午 周五团课后 端午前后 开学首周 "
    "农闲时节 午休时间 雨后第二天 支部大会当天 集日上午 夏收期间 期中考试后 暑假伊始 "
    "国庆前夕 入冬以来 早班前 党员活动日 运动会间隙 志愿服务日"
)
_GOT = _words(
    "收回问卷{}份 新建微信群{}个 添置桌椅{}套 促成意向{}项 化解矛盾{}起 "
    "发展团员{}名 补录信息{}条 捐书{}册 推荐岗位{}个 结成对子{}组 "
    "清运垃圾{}车 回访家庭{}户 印发折页{}张 售出山货{}斤 征集建议{}条 "
    "培训骨干{}人 认领心愿{}个 补缴团费{}元 联系企业{}家 选树典型{}个"
)
_LACK = _words(
    "年轻人大多在外务工 兼职干部精力分散 活动场所临时借用 经费靠挂靠单位补贴 团员档案缺页 "
    "支委换届拖延 夜间活动参加者少 与企业作息冲突 会用系统的人少 新兴群体难以联系 "
    "学习材料偏枯燥 家长不太支持 台账字迹潦草 骨干流失较快 场地距离偏远 老旧投影仪故障 "
    "活动多停留在拍照 宣传渠道单一 青年诉求反馈慢 网络信号差 换届材料不齐 团课内容陈旧 "
    "微信群无人发言 租用场地到期 干部频繁调整 村企联系松散 团费收缴靠垫付 学生课业繁重 "
    "新团员缺少带教 活动预告太晚 心理辅导无人会做 通知层层转发走样 老团员离团手续积压 "
    "志愿时长登记遗漏 商户参与热情不高 跨村活动交通不便 骨干培训名额有限 荣誉激励偏少 "
    "网格与支部重叠 资料柜损坏"
)
_NEXT = _words(
    "请镇里调剂一间闲置教室 轮流到各组领学 把会议改到晚间 聘请退休教师当顾问 每旬电话回访 "
    "建立积分兑换 申报小额项目 与邻近支部联办 编一本操作手册 拍成短片循环播放 "
    "邀请家长观摩 设流动图书角 由党员干部包联 按季度晒账 开设线上答疑 先试点后铺开 "
    "借用企业会议室 组织外出观摩 列入年度考核 安排老带新 请县融媒体协助拍摄 "
    "合并相邻两个支部 补选一名副书记 到点签到并公示 由司法所轮流坐班 用村广播提前两天通知 "
    "调整为每两周一次 把档案集中到镇里保管 选派心理老师驻点 给外出团员寄送家书 "
    "与物流站共用会议室 统一制作活动日历 组织互评互学 请老支书讲村史 送课到车间 "
    "建好需求台账逐条销号 向企业争取半天工时 改用语音播报 由学校提供校车 成立临时团支部"
)
_STOCK = (
    "在团区委的指导下，认真落实“三会两制一课”制度，",
    "按照“活力团建”行动方案要求，",
    "坚持以习近平新时代中国特色社会主义思想为指导，",
    "总体来看，基层团组织工作扎实有序，",
    "存在问题主要有以下几个方面：",
    "下一步，将继续加强团员青年思想引领，",
    "",
    "",
    "",
)

Chance = random.Random


def _count(chance: Chance) -> str:
    return str(chance.randint(2, 380))


def _activity(c: Chance) -> str:
    done = c.choice(_GOT).format(_count(c))
    who, other = c.sample(_WHO, 2)
    return c.choice(
        (
            f"{c.choice(_WHEN)}在{c.choice(_PLACES)}组织{who}{c.choice(_DID)}，{done}",
            f"为{c.choice(_WHY)}，{who}和{other}{c.choice(_WHEN)}到{c.choice(_PLACES)}{c.choice(_DID)}，{done}",
            f"{c.choice(_PLACES)}团支部请来{who}{c.choice(_DID)}，{other}{c.choice(_DID)}，{done}",
            f"由{who}牵头，{c.choice(_WHEN)}{c.choice(_DID)}，意在{c.choice(_WHY)}，{c.choice(_PLACES)}{_count(c)}人到场",
        )
    )


def _problem(c: Chance) -> str:
    return c.choice(
        (
            f"{c.choice(_PLACES)}{c.choice(_LACK)}，{c.choice(_WHO)}难以{c.choice(_DID)}",
            f"{c.choice(_LACK)}，{c.choice(_WHEN)}安排的{c.choice(_DID)}只到了{_count(c)}人，{c.choice(_PLACES)}尤其如此",
            f"{c.choice(_PLACES)}{c.choice(_WHO)}反映{c.choice(_LACK)}，对{c.choice(_WHY)}作用有限",
            f"谈到{c.choice(_WHY)}，{c.choice(_WHO)}最担心{c.choice(_LACK)}；{c.choice(_PLACES)}还有{_count(c)}人没联系上",
            f"{c.choice(_WHEN)}走访{c.choice(_PLACES)}时看到{c.choice(_LACK)}，{c.choice(_WHO)}{c.choice(_DID)}的次数少于往年",
        )
    )


def _remedy(c: Chance) -> str:
    return c.choice(
        (
            f"针对{c.choice(_LACK)}，{c.choice(_NEXT)}，{c.choice(_PLACES)}已{c.choice(_GOT).format(_count(c))}",
            f"同{c.choice(_WHO)}商定{c.choice(_NEXT)}，{c.choice(_WHEN)}到{c.choice(_PLACES)}复查，{c.choice(_GOT).format(_count(c))}",
            f"{c.choice(_PLACES)}提出的{c.choice(_LACK)}已有着落：{c.choice(_NEXT)}，{c.choice(_WHEN)}前完成",
            f"帮{c.choice(_WHO)}{c.choice(_DID)}{_count(c)}次，{c.choice(_PLACES)}{c.choice(_LACK)}一事改为{c.choice(_NEXT)}",
            f"{c.choice(_NEXT)}；由{c.choice(_WHO)}{c.choice(_DID)}，力求{c.choice(_WHY)}，{c.choice(_PLACES)}先行",
        )
    )


_KINDS: tuple[Callable[[Chance], str], ...] = (_activity, _activity, _problem, _remedy)


def text(chance: Chance, field: int) -> str:
    """Return an invented answer to the field numbered ``field`` of ``FIELDS``: two to four sentences."""
    told = [_KINDS[field](chance) for _ in range(chance.randint(2, 4))]
    return chance.choice(_STOCK) + "。".join(told) + "。"


def edited(chance: Chance, original: str, share: float) -> str:
    """Return ``original`` with ``share`` of its characters replaced, one to three at a time, or left out, or put in."""
    words = [word for pool in (_WHO, _DID, _WHEN, _LACK, _NEXT) for word in pool]
    left, chars = round(len(original) * share), list(original)
    while left > 0:
        size = min(left, chance.randint(1, 3))
        at = chance.randrange(max(1, len(chars) - size))
        put = chance.choice(words)[:size]
        match chance.randrange(4):
            case 0:
                del chars[at : at + size]
            case 1:
                chars[at:at] = put
            case _:
                chars[at : at + size] = put
        left -= size
    return "".join(chars)


def reordered(chance: Chance, original: str) -> str:
    """Return ``original`` with its sentences in another order."""
    told = original.rstrip("。").split("。")
    moved = told[1:] + told[:1]
    chance.shuffle(moved)
    return "。".join(moved if moved != told else moved[::-1]) + "。"


def renamed(chance: Chance, original: str) -> str:
    """Return ``original`` as another unit would hand it in: other names of places, other figures, the words as they are."""
    told = re.sub("|".join(_PLACES), lambda _: chance.choice(_PLACES), original)
    return re.sub(r"\d+", lambda _: _count(chance), told)


def partly(chance: Chance, original: str) -> str:
    """Return two sentences of ``original``, or two of three and three of four, in their order, with one of its own among them."""
    told = original.rstrip("。").split("。")
    if len(told) > 2:
        del told[chance.randrange(len(told))]
    told.insert(chance.randrange(len(told) + 1), chance.choice(_KINDS)(chance))
    return "。".join(told) + "。"


COPIES: dict[str, Callable[[Chance, str], str]] = {
    "逐字": lambda _, original: original,
    "改 5%": lambda chance, original: edited(chance, original, 0.05),
    "改 10%": lambda chance, original: edited(chance, original, 0.10),
    "改 15%": lambda chance, original: edited(chance, original, 0.15),
    "换句序": reordered,
    "换句序再改 5%": lambda chance, original: edited(chance, reordered(chance, original), 0.05),
    "换单位和数": renamed,
    "抄三之二": partly,
}


@dataclass(frozen=True, slots=True)
class Planted:
    """A work, its returns, and the copies planted in them: (return, field) of each with the return copied and how."""

    work: Work
    entries: tuple[Entry, ...]
    copies: dict[tuple[int, str], tuple[int, str]]


def planted(number: int, share: float = 0.03, seed: int = 0) -> Planted:
    """Return ``number`` returns of twelve months; about ``share`` of them hold one answer copied from an earlier return."""
    chance = random.Random(number + seed)  # noqa: S311 - invented data
    work = work_of(-(-number // 12), 2020)
    told: list[list[str]] = []
    copies: dict[tuple[int, str], tuple[int, str]] = {}
    for at in range(number):
        texts = [text(chance, field) for field in range(len(FIELDS))]
        if at >= len(work.units) and chance.random() < share:
            field, source = chance.randrange(len(FIELDS)), chance.randrange(at)
            how = chance.choice(tuple(COPIES))
            texts[field] = COPIES[how](chance, told[source][field])
            copies[at + 1, FIELDS[field]] = source + 1, how
        told.append(texts)
    return Planted(work, tuple(_entries(work.units, told)), copies)


def _entries(units: tuple[Unit, ...], told: list[list[str]]) -> Iterator[Entry]:
    for at, texts in enumerate(told):
        unit, month = units[at % len(units)], at // len(units) + 1
        readings = tuple(
            Reading(path, said, said, Place("表1", 5 + row, 2))
            for row, (path, said) in enumerate(zip(FIELDS, texts, strict=True))
        )
        submission = Submission(FORM, unit.name, f"2020-{month:02}", readings)
        arrived = datetime.combine(date(2020, month, 25) + timedelta(days=at % 5 % 3), time(9, at % 60))
        name = f"{unit.name}/2020-{month:02}.docx"
        yield Entry(at + 1, name, f"{at:064x}", f"归档/{at}.docx", arrived, Status.ACCEPTED, submission)
