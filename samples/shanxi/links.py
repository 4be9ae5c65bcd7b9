"""The 联系一览表 of the sample as a Word file: 24 units, the name and telephone of each contact merged over three rows."""

from __future__ import annotations

from pathlib import Path

from samples.luohe.marks import Extras
from samples.luohe.tables import Cell, line, table
from samples.luohe.word import document

HEAD = ("基层团组织", "校团委联系人", "联系方式")
_WIDTHS = (4200, 2300, 2300)
LINKS: dict[tuple[str, str], tuple[str, ...]] = {
    ("程怀瑾", "0000-2011"): ("物理电子工程学院团委", "哲学社会学学院团委", "山大附中团委"),
    ("白若琳", "0000-2012"): ("历史文化学院团委", "外国语学院团委", "教育科学学院团委"),
    ("丁牧之", "0000-2012"): ("初民学院团委", "美术学院团委", "自动化与软件学院团委"),
    ("龚晚照", "0000-2012"): ("新闻学院团委", "数学科学学院团委", "电力与建筑学院团委"),
    ("秦砚秋", "0000-2013"): ("音乐学院团委", "化学化工学院团委", "计算机与信息技术学院团委"),
    ("田一苇", "0000-2014"): ("文学院团委", "体育学院团委", "环境与资源学院团委"),
    ("顾南乔", "0000-2013"): ("法学院团委", "生命科学学院团委", "政治与公共管理学院团委"),
    ("韩松年", "0000-2014"): ("经济与管理学院团委", "马克思主义学院团委", "继续教育学院团委"),
}


def write(target: Path) -> None:
    """Write the list into the work folder ``target``."""
    extras = Extras()
    rows = [tuple(Cell(text, label=True) for text in HEAD)]
    for (name, phone), units in LINKS.items():
        for place, unit in enumerate(units):
            merge = "continue" if place else "restart"
            shared = (Cell("" if place else text, merge=merge) for text in (name, phone))
            rows.append((Cell(unit), *shared))
    body = line("校团委班子成员、专职团干部联系基层团组织一览表", "", "center", extras)
    path = target / "名册" / "联系一览表.docx"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(document(body + table(rows, _WIDTHS, extras), extras, {}))
