"""The 名册 of the sample: fifteen invented contacts with made-up telephone numbers, written as ``units.xlsx``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path

COLUMNS = ("单位", "别名", "类别", "联系人", "职务", "邮箱", "电话")
_WIDTHS = (26, 52, 12, 12, 14, 28, 16)


@dataclass(frozen=True, slots=True)
class Row:
    """One unit of the 名册."""

    unit: str
    aliases: tuple[str, ...]
    kind: str
    contact: str
    post: str
    mail: str
    phone: str

    @property
    def cells(self) -> tuple[str, ...]:
        """The row as it stands in the sheet, aliases joined by 、."""
        return (
            self.unit,
            "、".join(self.aliases),
            self.kind,
            self.contact,
            self.post,
            self.mail,
            self.phone,
        )


def _unit(kind: str, unit: str, aliases: str, contact: tuple[str, str], box: str) -> Row:
    number = f"0395-0000{sum(n * ord(letter) for n, letter in enumerate(box, start=1)) % 1000:03d}"  # no exchange begins with 0000
    return Row(unit, tuple(aliases.split("、")), kind, *contact, f"{box}@example.org", number)


_department, _county = partial(_unit, "机关部室"), partial(_unit, "县区团委")
ROWS = (
    _department("组织部", "团市委组织部", ("程远航", "部长"), "zuzhi"),
    _department("宣传部", "团市委宣传部", ("陆明轩", "部长"), "xuanchuan"),
    _department("学校部", "团市委学校部", ("韩若溪", "副部长"), "xuexiao"),
    _department("青发部", "青年发展部、团市委青发部", ("丁浩然", "部长"), "qingfa"),
    _department("统战部", "团市委统战部", ("魏清扬", "副部长"), "tongzhan"),
    _department("社联部", "社会联络部、团市委社联部", ("贺子衿", "部长"), "shelian"),
    _department("市青年创业服务中心", "青创中心、市志愿者服务中心", ("孟庆舟", "主任"), "qingchuang"),
    _county("临颍县团委", "临颍团县委、共青团临颍县委员会、共青团临颍县委", ("邵文博", "书记"), "linying"),
    _county("舞阳县团委", "舞阳团县委、共青团舞阳县委员会、共青团舞阳县委", ("白雪莹", "副书记"), "wuyang"),
    _county("郾城区团委", "郾城团区委、共青团郾城区委员会、共青团郾城区委", ("顾晓峰", "书记"), "yancheng"),
    _county("源汇区团委", "源汇团区委、共青团源汇区委员会、共青团源汇区委", ("田雨桐", "副书记"), "yuanhui"),
    _county("召陵区团委", "召陵团区委、共青团召陵区委员会、共青团召陵区委", ("秦立新", "书记"), "shaoling"),
    _county("经济技术开发区团工委", "经开区团工委、开发区团工委", ("郝志远", "书记"), "jingkai"),
    _county(
        "城乡一体化示范区团工委",
        "示范区团工委、共青团城乡一体化示范区工作委员会",
        ("姚思敏", "副书记"),
        "shifan",
    ),
    _county("西城区团工委", "共青团西城区工作委员会", ("龚一鸣", "书记"), "xicheng"),
)


def write(path: Path) -> None:
    """Write the 名册 to ``path``: a header row that stays in view, a row for each unit, everything as text."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font

    from .sheets import save

    book = Workbook()
    sheet = book.active
    assert sheet is not None  # noqa: S101 - a new workbook has a sheet
    sheet.title = "名册"
    sheet.append(COLUMNS)
    for row in ROWS:
        sheet.append(row.cells)
    for letter, width in zip("ABCDEFG", _WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width
    for cell in sheet[1]:
        cell.font = Font(name="宋体", bold=True)
        cell.alignment = Alignment(horizontal="center")
    sheet.freeze_panes = "A2"
    save(book, path)
