"""The two numbers of 走访人数 in all the ways in which people write them, in their own cells or both in one."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from .dates import numerals, wide
from .model import CADRES, COUNTS, REPORT, YOUTH, Deviation, Filled, deviation

_Write = Callable[[int], str]


def _capital(number: int) -> str:
    return numerals(number).translate(str.maketrans("一二三四五六七八九十百", "壹贰叁肆伍陆柒捌玖拾佰"))


_SURE: dict[str, _Write] = {
    "数字带人": lambda n: f"{n}人",
    "数字带名": lambda n: f"{n} 名",
    "共几人": lambda n: f"共{n}人",
    "全角数字": lambda n: wide(str(n)),
    "全角数字带人": lambda n: wide(f"{n}") + "人",
    "中文数字": numerals,
    "中文数字带人": lambda n: f"{numerals(n)}人",
    "中文数字带名": lambda n: f"{numerals(n)}名",
    "大写数字": lambda n: f"{_capital(n)}人",
    "数字加括号人": lambda n: f"{n}（人）",
    "合计几人": lambda n: f"合计：{n}人",
    "数字夹空格": lambda n: f"  {n}  人 ",
    "数字带小数点": lambda n: f"{n}.0",
    "数字带句号": lambda n: f"{n}人。",
    "几个": lambda n: f"{n}个",
    "几人次": lambda n: f"{n}人次",
    "混合宽度数字": lambda n: str(n)[0] + wide(str(n)[1:]) + "人",
    "名单附后": lambda n: f"{n}人（名单附后）",
    "数字带位": lambda n: f"{n}位",
    "人数冒号": lambda n: f"人数：{n}",
    "下划线上的数字": lambda n: f"__{n}__人",
}
_DOUBTED: dict[str, _Write] = {
    "约几人": lambda n: f"约{n}人",
    "约几": lambda n: f"约{n}",
    "几余人": lambda n: f"{n // 10 * 10 or 10}余人",
    "几多人": lambda n: f"{n // 10 * 10 or 10}多人",
    "中文几余人": lambda n: f"{numerals(n // 10 * 10 or 10)}余人",
    "范围": lambda n: f"{n}-{n + 3}",
    "范围带人": lambda n: f"{n}～{n + 5}人",
    "范围至": lambda n: f"{n}至{n + 2}人",
    "几人左右": lambda n: f"{n}人左右",
    "近几人": lambda n: f"近{n}人",
    "其中专职": lambda n: f"{n}（其中专职{max(n // 3, 1)}）",
    "其中专职几人": lambda n: f"{n}人，其中专职{max(n // 3, 1)}人",
    "两数相加": lambda n: f"{n}+2",
    "含专职几人": lambda n: f"{n}人（含专职{max(n // 3, 1)}人）",
    "二三十人": lambda _n: "二三十人",
    "三四十": lambda _n: "30、40人",
    "十来人": lambda _n: "十来人",
    "数字加字母": lambda n: f"{n}O人",
    "几分之几": lambda n: f"{n}/{n + 4}",
    "不少于几人": lambda n: f"不少于{n}人",
    "几人以上": lambda n: f"{n}人以上",
}
_LOOSE = {"二三十人": 20, "三四十": 30, "十来人": 10, "数字加字母": None}
_NOTHING = ("", "无", "/", "—", "－", "暂无", "——")
_BOTH: dict[str, Callable[[object, object], str]] = {
    "逗号": lambda a, b: f"团干部{a}人，团员青年{b}人",
    "分号冒号": lambda a, b: f"团干部：{a}人；团员青年：{b}人",
    "顿号名": lambda a, b: f"团干部{a}名、团员青年{b}名",
    "两段": lambda a, b: f"团干部 {a} 人\n团员青年 {b} 人",
    "空格": lambda a, b: f"团干部{a}  团员青年{b}",
    "数在前顿号": lambda a, b: f"{a}名团干部、{b}名团员青年",
    "数在前和": lambda a, b: f"{a}名团干部和{b}名团员青年",
    "数在前人次": lambda a, b: f"{a}个团干部，{b}个团员青年",
    "括号": lambda a, b: f"团干部（{a}）人，团员青年（{b}）人",
    "青年在前": lambda a, b: f"团员青年{b}人，团干部{a}人",
    "共其中": lambda a, b: f"共{_sum(a, b)}人，其中团干部{a}人，团员青年{b}人",
    "共括号": lambda a, b: f"{_sum(a, b)}人（团干部{a}人、团员青年{b}人）",
    "制表符": lambda a, b: f"团干部：{a}⟦tab⟧团员青年：{b}",
    "下划线": lambda a, b: f"团干部__{a}__人，团员青年__{b}__人",
    "句子": lambda a, b: f"走访团干部{a}人、团员青年{b}人。",
    "其中分列": lambda a, b: f"其中：团干部{a}人；团员青年{b}人",
    "简称": lambda a, b: f"团干{a}人，青年{b}人",
    "分项编号": lambda a, b: f"（1）团干部：{a}人；（2）团员青年：{b}人",
    "合计在后": lambda a, b: f"团干部{a}人、团员青年{b}人，合计{_sum(a, b)}人",
    "人次": lambda a, b: f"团干部{a}人次，团员青年{b}人次",
    "等号": lambda a, b: f"团干部={a}，团员青年={b}",
    "后注括号": lambda a, b: f"{a}人（团干部），{b}人（团员青年）",
    "句子带了": lambda a, b: f"本次走访了{a}名团干部以及{b}名团员青年",
    "换行冒号": lambda a, b: f"团干部：{a}\n团员青年：{b}",
}


def _sum(first: object, second: object) -> int:
    return first + second if isinstance(first, int) and isinstance(second, int) else 0


def _sure(write: _Write) -> Callable[[Filled, Random], None]:
    def apply(filled: Filled, random: Random) -> None:
        for path in random.choice((COUNTS, (CADRES,), (YOUTH,))):
            item = filled.item(path)
            item.shown = write(int(item.value or 0))

    return apply


def _doubted(name: str, write: _Write) -> Callable[[Filled, Random], None]:
    def apply(filled: Filled, random: Random) -> None:
        item = filled.item(random.choice(COUNTS))
        number = int(item.value or 0)
        item.shown, item.doubt = write(number), name
        item.value = (number // 10 * 10 or 10) if "余" in name or "多" in name else number
        item.accept = [None, item.value]
        if name in _LOOSE:
            item.value = _LOOSE[name]
            item.accept = [None, _LOOSE[name]] if _LOOSE[name] is not None else [number, number * 10]
        if name == "两数相加":
            item.accept.append(number + 2)

    return apply


def _thousand(filled: Filled, random: Random) -> None:
    item = filled.item(YOUTH)
    item.value = random.randint(1001, 4800)
    item.shown = random.choice((f"{item.value:,}", f"{item.value:,}人", f"{item.value}人次"))


def _zero(filled: Filled, random: Random) -> None:
    item = filled.item(random.choice(COUNTS))
    item.value, item.shown = 0, random.choice(("0", "0人", "零", "０"))


def _nothing(filled: Filled, random: Random) -> None:
    item = filled.item(random.choice(COUNTS))
    item.value, item.shown, item.doubt = None, random.choice(_NOTHING), "没有填"
    item.typed = ""


def _unclear(filled: Filled, random: Random) -> None:
    item = filled.item(random.choice(COUNTS))
    item.value, item.shown, item.doubt = (
        None,
        random.choice(("若干", "数十人", "详见附表", "全体")),
        "认不出是几",
    )
    item.accept = [10]  # 数十人 holds a 十


def _both(write: Callable[[object, object], str]) -> Callable[[Filled, Random], None]:
    def apply(filled: Filled, random: Random) -> None:
        first, second = filled.item(CADRES), filled.item(YOUTH)
        numbers = (int(first.value or 0), int(second.value or 0))
        text = write(*numbers)
        if random.random() < 0.15 and str(sum(numbers)) not in text:
            text = write(*map(numerals, numbers))
        filled.counts, filled.combined = "combined", text

    return apply


def _slashed(filled: Filled, random: Random) -> None:
    first, second = filled.item(CADRES), filled.item(YOUTH)
    filled.counts, filled.counts_label = (
        "combined",
        random.choice(("走访人数\n（团干部/团员青年）", "走访人数（团干部/团员青年）")),
    )
    filled.combined = random.choice((f"{first.value}/{second.value}", f"{first.value}人/{second.value}人"))
    for item in (first, second):
        item.doubt, item.accept = "两个数写在一起", [None, item.value]


NUMBERS: tuple[Deviation, ...] = (
    *(deviation(name, _sure(write), "counts", form=REPORT) for name, write in _SURE.items()),
    *(deviation(name, _doubted(name, write), "counts", form=REPORT) for name, write in _DOUBTED.items()),
    deviation("千位数", _thousand, "counts", form=REPORT),
    deviation("零人", _zero, "counts", form=REPORT),
    deviation("没填的人数", _nothing, "counts", form=REPORT),
    deviation("说不清的人数", _unclear, "counts", form=REPORT),
)
COMBINED: tuple[Deviation, ...] = (
    *(
        deviation(f"人数合格·{name}", _both(write), "counts countrows", form=REPORT)
        for name, write in _BOTH.items()
    ),
    deviation("人数合格·斜线", _slashed, "counts countrows", form=REPORT),
)
