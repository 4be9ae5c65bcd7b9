"""``quota`` on a work folder: table, JSON of the contract, the returns behind each figure; mistakes in 指标."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from click.testing import Result

from forms import Submission

FORM = "团干部走基层情况报告单"
Run = Callable[..., Result]
QUOTA = f"""
指标:
  - 名称: 走访青年
    表单: {FORM}
    字段: 走访人数.团员青年
    周期: 每季度
    至少: 20
    量词: 人
"""


@pytest.fixture
def asked(work: Path) -> Path:
    """Return the work folder with one quota."""
    path = work / "work.yaml"
    path.write_text(path.read_text(encoding="utf-8") + QUOTA, encoding="utf-8")
    return work


def test_quota_shows_a_unit_a_row_and_a_period_a_column(
    run: Run, asked: Path, arrive: Callable[..., None], filled: Callable[..., Submission]
) -> None:
    arrive("8月.docx", "2020-08-09 10:00:00", filled())
    arrive("7月.docx", "2020-07-30 10:00:00", filled("组织部", None))
    result = run("quota", "--work", asked, "--on", "2020-10-08")
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "走访青年（至少20人）  截至 2020-10-08",
        "单位          2020年第三季度   2020年第四季度   达标   未达标",
        "─────────────────────────────────────────────────────────────",
        "组织部        0 ×              0 …                 0        2",
        "源汇区团委    20 √*            0 …                 1        1",
        "达标/应达标   1/2              0/2                 1        3",
        "",
    ]
    assert "未计入 走访青年：编号 2 报送期不明\n" in result.stderr


def test_quota_as_json_is_the_contract_s_and_explain_names_the_returns(
    run: Run, asked: Path, arrive: Callable[..., None], filled: Callable[..., Submission]
) -> None:
    arrive("8月.docx", "2020-08-09 10:00:00", filled())
    result = run("quota", "--work", asked, "--on", "2020-09-30", "--json")
    assert json.loads(result.stdout_bytes.decode("utf-8"))[1] == {
        "quota": "走访青年",
        "unit": "源汇区团委",
        "person": None,
        "period": "2020-Q3",
        "required": 20,
        "at_least": 20,
        "at_most": None,
        "done": 20,
        "met": True,
        "ended": False,
        "submissions": [1],
        "doubtful": [1],
    }
    told = run("quota", "--work", asked, "--on", "2020-09-30", "--explain").stdout.splitlines()
    assert told[1] == "走访青年\t源汇区团委\t—\t2020-Q3\t至少20人\t20\t达标\t1"


def test_a_share_is_told_with_its_sign(
    run: Run, asked: Path, arrive: Callable[..., None], filled: Callable[..., Submission]
) -> None:
    path = asked / "work.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("量词: 人", '量词: "%"'), encoding="utf-8")
    arrive("8月.docx", "2020-08-09 10:00:00", filled())
    told = run("quota", "--work", asked, "--on", "2020-09-30").stdout
    assert "走访青年（至少20%）" in told
    assert "源汇区团委    20% √*" in told
    assert run("ledger", "--work", asked, "-o", asked / "台账.xlsx").exit_code == 0
    sheet = openpyxl.load_workbook(asked / "台账.xlsx")["指标"]
    assert "20%" in [cell.value for row in sheet.iter_rows() for cell in row]


def test_the_workbook_has_the_quotas_with_the_returns_behind_them(
    run: Run, asked: Path, arrive: Callable[..., None], filled: Callable[..., Submission]
) -> None:
    arrive("8月.docx", "2020-08-09 10:00:00", filled())
    assert run("ledger", "--work", asked, "-o", asked / "台账.xlsx").exit_code == 0
    book = openpyxl.load_workbook(asked / "台账.xlsx")
    assert book["指标"]["A1"].value == "走访青年（至少20人）"
    rows = [[cell.value for cell in row] for row in book["指标·清单"].iter_rows(min_row=2)]
    counted = next(row for row in rows if row[1] == "源汇区团委" and row[5])
    assert counted == ["走访青年", "源汇区团委", None, "2020年第三季度", "至少20人", 20, "达标", "1", "1"]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "字段: 走访人数.团员青年",
            "字段: 走访人数",
            "“字段”：没有“走访人数”这个字段。是不是“走访人数.团干部”？",
        ),
        ("字段: 走访人数.团员青年", "字段: 走访形式", "“字段”：“走访形式”是“文本”，这里要用整数、数字或金额"),
        ("至少: 20", "量词: 次", "“量词”：写了两次"),
        ("    至少: 20\n", "", "“名称”：没有写要做多少。请补上“至少: …”或“至多: …”"),
        ("至少: 20", "至少: 二十", "“至少”：“二十”不是数，应写成 3、40% 的样子"),
        ("至少: 20", "至少: 20\n    至多: 5", "“至多”：比“至少”还小"),
        ("周期: 每季度", "周期: 每周", "每月报一次，分不清算在哪一期。请改成更长的周期，或补上“日期栏: …”"),
        (
            "周期: 每季度",
            "周期: 每旬",
            "“周期”：“每旬”不能用。可用：每周、每月、每季度、每学期、每学年、每年、一次性",
        ),
        ("字段:", "对象: 每人\n    字段:", "“对象”：名册里没有人员。请在 units.xlsx 里加一张“人员”工作表"),
        ("字段:", "明细: 活动\n    字段:", "“明细”：《团干部走基层情况报告单》没有“活动”这个明细"),
        ("字段:", "条件: {走访形式: ≥3}\n    字段:", "“走访形式”：它是“文本”，不能比大小"),
        ("字段:", "条件: {形式: 实地}\n    字段:", "“形式”：没有这个字段。是不是“走访形式”？"),
        ("字段:", "分母: 走访人数.团干部\n    算法: 合计\n    字段:", "“分母”：只有“算法: 比率”才用得着"),
        ("字段:", "单位: 源汇团区委\n    字段:", "“单位”：名册里没有“源汇团区委”。请写成“源汇区团委”"),
        (
            "字段:",
            "单位类别: 高校\n    字段:",
            "“单位类别”：名册里没有“高校”这一类。名册里的类别有：县区团委、机关部室",
        ),
        (f"表单: {FORM}\n    字段", "表单: 走基层\n    字段", "“表单”：没有《走基层》这个表单"),
    ],
)
def test_a_mistake_in_a_quota_is_told_with_its_line_and_its_mend(
    run: Run, asked: Path, old: str, new: str, said: str
) -> None:
    path = asked / "work.yaml"
    text = path.read_text(encoding="utf-8")
    head, tail = text.rsplit("指标:", 1)
    assert old in tail
    path.write_text(head + "指标:" + tail.replace(old, new, 1), encoding="utf-8")
    result = run("quota", "--work", asked)
    assert result.exit_code == 2
    assert said in result.stderr
    assert "work.yaml 第" in result.stderr
