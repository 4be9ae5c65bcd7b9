"""The returns of the sample as the YAML files beside this module tell them: true values, and how a clerk spoiled them.

Knows the short keys of that data; does not know how a file is made.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import yaml

REPORT = "团干部走基层情况报告单"
VISIT = "共青团工作观摩情况报告单"
PATHS: dict[str, dict[str, str]] = {
    REPORT: {
        "日期": "填表时间",
        "姓名": "姓名",
        "职务": "单位职务",
        "组织": "走访团组织名称",
        "形式": "走访形式",
        "干部": "走访人数.团干部",
        "青年": "走访人数.团员青年",
        "情况": "基层团组织工作开展情况",
        "亮点": "基层团组织工作亮点",
        "问题": "基层团组织工作存在问题",
        "措施": "帮扶措施及成效",
    },
    VISIT: {
        "日期": "填表时间",
        "部室": "组织观摩部室",
        "人员": "参加观摩人员",
        "内容": "观摩点及观摩内容",
        "亮点": "观摩点亮点工作",
        "问题": "观摩点存在问题",
        "措施": "整改措施",
    },
}
Answer = str | int | None
_FILES = ("departments.yaml", "counties.yaml", "others.yaml")
_REMAINDERS = {"整份": "*", "报送期": "period"}


@dataclass(frozen=True, slots=True)
class Part:
    """One filled form within a file.

    ``values`` are the true values by field path, ``shown`` the texts as the clerk typed them (with marks), ``typed`` those
    of them that the data gives and that have no marks. ``doubts`` are the reasons to hesitate by path (``*`` for the
    whole, ``period`` for the period), ``labels`` other wordings of labels, ``order`` the fields that the table has,
    ``also`` other readings that are right too.
    """

    form: str
    unit: str
    period: str
    values: Mapping[str, Answer]
    shown: Mapping[str, str]
    doubts: Mapping[str, list[str]]
    labels: Mapping[str, str]
    order: tuple[str, ...]
    also: Mapping[str, list[str]]
    typed: Mapping[str, str]
    blank: bool = False


@dataclass(frozen=True, slots=True)
class Return:
    """One returned file: ``file`` below 收件, ``arrived`` in local time, ``make`` how it is made, ``deviations`` in words.

    ``steps`` are deviations done to a finished document, ``widths`` column widths in twentieths of a point, ``stale``
    texts of a hidden row and sheet, ``never`` what must not be read as a value, ``leftover`` what must be kept beside
    the values, ``expect`` the status when the file holds no form.
    """

    file: str
    arrived: datetime
    make: str
    deviations: tuple[str, ...]
    parts: tuple[Part, ...] = ()
    steps: tuple[str, ...] = ()
    widths: tuple[int, ...] = ()
    stale: Mapping[str, str] | None = None
    never: tuple[str, ...] = ()
    leftover: tuple[str, ...] = ()
    same: str = ""
    expect: str = ""


def load() -> tuple[Return, ...]:
    """Return every return of the sample in the order of the data; copies carry the parts of their original."""
    entries = [entry for name in _FILES for entry in _entries(Path(__file__).with_name(name))]
    first = {entry["文件"]: entry for entry in entries}
    return tuple(_return({**first[entry["同"]], **entry} if "同" in entry else entry) for entry in entries)


def _entries(path: Path) -> Iterator[dict[str, Any]]:
    yield from yaml.safe_load(path.read_text(encoding="utf-8"))


def _return(entry: dict[str, Any]) -> Return:
    parts = entry.get("份") or ([entry] if "真值" in entry else [])
    return Return(
        file=entry["文件"],
        arrived=datetime.strptime(str(entry["到达"]), "%Y-%m-%d %H:%M").astimezone(),
        make=entry["做法"],
        deviations=tuple(entry["偏差"]),
        parts=tuple(_part(part) for part in parts),
        steps=tuple(entry.get("步骤", ())),
        widths=tuple(entry.get("列宽", ())),
        stale=entry.get("旧值"),
        never=tuple(entry.get("不可", ())),
        leftover=tuple(entry.get("剩余", ())),
        same=entry.get("同", ""),
        expect=entry.get("结果", ""),
    )


def _part(data: dict[str, Any]) -> Part:
    form = VISIT if data.get("表单") == "观摩" else REPORT
    paths = PATHS[form]
    values = {paths[key]: _answer(value) for key, value in data["真值"].items()}
    typed = {paths[key]: str(value) for key, value in data.get("写法", {}).items()}
    order = data.get("次序", [key for key in paths if key != "日期"])
    return Part(
        form=form,
        unit=data["单位"],
        period=str(data["报送期"]),
        values={path: values.get(path) for path in paths.values()},
        shown={path: typed.get(path, _typed(values.get(path))) for path in paths.values()},
        doubts={paths.get(key, _REMAINDERS.get(key, key)): why for key, why in data.get("疑", {}).items()},
        labels={paths[key]: text for key, text in data.get("标签", {}).items()},
        order=tuple(paths[key] for key in order),
        also={paths[key]: texts for key, texts in data.get("也可", {}).items()},
        typed={path: text for path, text in typed.items() if "⟦" not in text},
        blank=data.get("空白", False),
    )


def _answer(value: Any) -> Answer:
    return value.isoformat() if isinstance(value, date) else value


def _typed(value: Answer) -> str:
    """Return how a clerk types ``value`` when nothing special happens: 2020年7月8日 for a date."""
    if value is None:
        return ""
    try:
        day = date.fromisoformat(str(value))
    except ValueError:
        return str(value)
    return f"{day.year}年{day.month}月{day.day}日"
