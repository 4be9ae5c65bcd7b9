"""Which blanks are asked for, and file names that every system takes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from click.testing import Result

from forms import Form, Issuer, Period, Unit, Work
from forms.filenames import safe_name
from forms.work import Duty
from hongtou.products import ChoiceError, chosen_blanks

Run = Callable[..., Result]
REPORT, VISIT = "走基层情况报告单", "观摩情况报告单"


@pytest.fixture
def work_of_two_forms() -> Work:
    forms = tuple(Form(name=name, template=Path("x.docx"), fields=()) for name in (REPORT, VISIT))
    units = (
        Unit(name="组织部", kind="机关部室"),
        Unit(name="源汇区团委", aliases=("源汇团区委",), kind="县区团委"),
    )
    duties = (
        Duty.model_validate({"表单": REPORT, "单位类别": "机关部室", "周期": "每月", "截止": "当月28日"}),
        Duty.model_validate({"表单": REPORT, "单位类别": "县区团委", "周期": "每月", "截止": "当月10日"}),
        Duty.model_validate({"表单": VISIT, "单位类别": "机关部室", "周期": "每季度", "截止": "季末月28日"}),
    )
    issuer = Issuer.model_validate({"名称": "某某市委", "标志": "某某市委文件"})
    days = {"name": "活力团建", "first": date(2020, 7, 1), "last": date(2020, 12, 31)}
    return Work.model_construct(**days, issuer=issuer, duties=duties, units=units, forms=forms)


def _names(work: Work, form: str | None, unit: str | None, when: Period | date) -> list[str]:
    return [f"{b.unit.name} {b.form.name} {b.period}" for b in chosen_blanks(work, form, unit, when)]


@pytest.mark.parametrize(
    ("day", "periods"),
    [
        (date(2020, 1, 1), ("2020-07", "2020-Q3")),
        (date(2020, 10, 5), ("2020-10", "2020-Q4")),
        (date(2026, 1, 1), ("2020-12", "2020-Q4")),
    ],
)
def test_a_day_chooses_the_periods_that_run_then(
    work_of_two_forms: Work, day: date, periods: tuple[str, str]
) -> None:
    month, quarter = periods
    assert _names(work_of_two_forms, None, None, day) == [
        f"组织部 {REPORT} {month}",
        f"源汇区团委 {REPORT} {month}",
        f"组织部 {VISIT} {quarter}",
    ]


def test_form_unit_and_period_choose(work_of_two_forms: Work) -> None:
    found = _names(work_of_two_forms, REPORT, "源汇团区委", Period.parse("2020-08"))
    assert found == [f"源汇区团委 {REPORT} 2020-08"]
    assert _names(work_of_two_forms, None, None, Period.parse("2020-Q3")) == [f"组织部 {VISIT} 2020-Q3"]


@pytest.mark.parametrize(
    ("form", "unit", "period", "message"),
    [
        ("走基层报告单", None, "2020-08", f"没有“走基层报告单”这个表单。是不是：{REPORT}、{VISIT}？"),
        (None, "源汇区委", "2020-08", "没有“源汇区委”这个单位。是不是：源汇团区委、源汇区团委？"),
        (None, "ABC", "2020-08", "没有“ABC”这个单位。可用：组织部、源汇区团委、源汇团区委"),
        (
            None,
            None,
            "2021-08",
            f"按这样选没有要报的表。work.yaml 里的报送要求是：《{REPORT}》每月，机关部室；《{REPORT}》每月，县区团委；"
            f"《{VISIT}》每季度，机关部室，从 2020-07-01 到 2020-12-31",
        ),
    ],
)
def test_a_choice_that_leaves_nothing_is_answered(
    work_of_two_forms: Work, form: str | None, unit: str | None, period: str, message: str
) -> None:
    with pytest.raises(ChoiceError) as caught:
        chosen_blanks(work_of_two_forms, form, unit, Period.parse(period))
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("印发通知", "印发通知"),
        ("关于“走基层”的通知: 之一/之二?", "关于“走基层”的通知_ 之一_之二_"),
        ("CON", "_CON"),
        ("lpt1.docx", "_lpt1.docx"),
        ("结尾有点. ", "结尾有点"),
        ("..", "_"),
        ("甲" * 300, "甲" * 80),
    ],
)
def test_a_file_name_is_one_that_windows_takes(text: str, name: str) -> None:
    assert safe_name(text) == name


def test_blank_makes_one_form_for_each_unit(run: Run, work: Path) -> None:
    result = run("blank", "--work", work, "--period", "2020-08")
    assert (result.exit_code, result.stderr) == (0, "共 2 份空白表\n")
    made = sorted(path.relative_to(work / "产出").as_posix() for path in (work / "产出").rglob("*.docx"))
    name = "团干部走基层情况报告单（2020年8月）.docx"
    assert made == [f"空白表/源汇区团委/{name}", f"空白表/组织部/{name}"]
    assert len(result.stdout.splitlines()) == 2


def test_notice_makes_each_notice_and_takes_a_draft_for_the_only_one(
    run: Run, work: Path, tmp_path: Path
) -> None:
    draft = tmp_path / "草稿.md"
    draft.write_text("请认真抓好落实，特此通知。\n", encoding="utf-8")
    result = run("notice", "--work", work, "--draft", draft)
    assert result.exit_code == 0
    assert [path.name for path in (work / "产出" / "通知").iterdir()] == ["印发通知.docx"]


def test_an_output_of_the_wrong_kind_or_year_is_refused(run: Run, work: Path, tmp_path: Path) -> None:
    wrong = run("ledger", "--work", work, "-o", tmp_path / "台账.txt")
    assert wrong.exit_code == 2
    assert wrong.stderr.splitlines()[-1] == f"错误：'-o' 写法不对：“{tmp_path / '台账.txt'}”应以 .xlsx 结尾"
    early = run("summary", "--work", work, "--year", 2019)
    expected = "错误：这项工作从 2020-07-01 到 2020-12-31，没有2019年的报送。请改正 --year\n"
    assert (early.exit_code, early.stderr) == (2, expected)


def test_an_output_that_cannot_be_written_is_status_3(run: Run, work: Path, tmp_path: Path) -> None:
    blocker = tmp_path / "文件"
    blocker.write_bytes(b"")
    result = run("ledger", "--work", work, "-o", blocker / "台账.xlsx")
    assert (result.exit_code, result.stdout) == (3, "")
    assert result.stderr == f"错误：写不了 台账.xlsx：已经有同名的文件。位置：{blocker}\n"
