"""A person's answers: accepted, assigned, and taken back from the sheet 待核对, row by row."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import Result

from forms import Entry, Place, Reading, Status, Submission, doubt, load_forms, load_work
from generate import check_code
from ledger import Ledger, open_ledger
from templates import CATALOGUE

FORM = "团干部走基层情况报告单"
COUNT, DAY = "走访人数.团员青年", "填表时间"
Run = Callable[..., Result]
Make = Callable[..., Submission]
Arrive = Callable[..., None]


def _entry(work: Path, number: int = 1) -> Entry:
    with open_ledger(work) as ledger:
        return ledger.entry(number)


def _value(work: Path, field: str = COUNT, number: int = 1) -> object:
    readings = _entry(work, number).submission.readings
    return next((reading.value for reading in readings if reading.field == field), None)


@dataclass(frozen=True)
class Desk:
    """A clerk's desk: the work, the command line, and ways to let returns come in."""

    work: Path
    run: Run
    arrive: Arrive
    filled: Make

    def sheet(self, answers: dict[str | int, Any], **changed: Any) -> Path:
        """Make the ledger workbook and write answers under 更正为: by field, or by the row of the sheet."""
        path = self.work.parent / "台账.xlsx"
        assert self.run("ledger", "--work", self.work, "-o", path).exit_code == 0
        book = openpyxl.load_workbook(path)
        rows = book["待核对"]
        columns = {cell.value: cell.column for cell in rows[1]}
        for row in range(2, rows.max_row + 1):
            field = rows.cell(row, columns["栏目"]).value
            rows.cell(row, columns["更正为"]).value = answers.get(row, answers.get(field))
            for name, value in changed.items():
                rows.cell(row, columns[name]).value = value
        book.save(path)
        return path

    def take(self, path: Path) -> list[str]:
        """Take a workbook back and return the lines told."""
        result = self.run("review", "--work", self.work, "--from", path)
        assert (result.exit_code, result.stdout) == (0, "")
        return result.stderr.splitlines()


@pytest.fixture
def desk(work: Path, run: Run, arrive: Arrive, filled: Make) -> Desk:
    """Sit down at the desk."""
    return Desk(work, run, arrive, filled)


def test_accept_settles_the_doubts_of_a_return(run: Run, work: Path, arrive: Arrive, filled: Make) -> None:
    arrive("8月.docx", "2020-08-09 10:00:00", filled())
    result = run("review", "accept", 1, "--work", work)
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "编号 1 的 1 处疑点已确认\n")
    assert run("review", "--work", work).stderr == "没有待核对的报送\n"
    assert json.loads(run("review", "--work", work, "--json").stdout_bytes) == []
    assert run("review", "accept", 1, "--work", work).stderr == "编号 1 没有待核对的地方\n"
    assert _value(work) == 20


def test_accept_says_what_is_missing_for_a_return_to_count(
    run: Run, work: Path, arrive: Arrive, filled: Make
) -> None:
    whole = (doubt("unit_unknown", None, raw="无"), doubt("period_unknown"))
    arrive("8月.docx", "2020-08-09 10:00:00", filled(None, None, *whole))
    assert run("review", "accept", 1, "--work", work).stderr.splitlines() == [
        "编号 1 的 3 处疑点已确认",
        "它还不算哪个单位哪一期的报送，请指定：hongtou review assign 1 --unit 单位 --period 报送期",
    ]


def test_an_accepted_blank_is_done_with_but_no_report(run: Run, work: Path, arrive: Arrive) -> None:
    arrive(
        "空.docx",
        "2020-08-09 10:00:00",
        Submission(FORM, "源汇区团委", "2020-08", doubts=(doubt("unfilled"),)),
    )
    assert run("review", "accept", 1, "--work", work).stderr.splitlines()[-1] == (
        "它是没有填写的空白表，以后不再列出，也不算报送"
    )
    assert run("review", "--work", work).stderr == "没有待核对的报送\n"
    listed = json.loads(run("status", "--work", work, "--period", "2020-08", "--json").stdout_bytes)
    assert {line["submission"] for line in listed} == {None}
    run("ledger", "--work", work, "-o", work / "台账.xlsx")
    assert openpyxl.load_workbook(work / "台账.xlsx")["待核对"].max_row == 1


def test_assign_says_whose_and_which_period_and_counts_from_then_on(
    run: Run, work: Path, arrive: Arrive, filled: Make
) -> None:
    whole = (doubt("unit_unknown", None, raw="无"), doubt("period_unknown"))
    arrive("8月.docx", "2020-08-09 10:00:00", filled(None, None, *whole))
    one = run("review", "assign", 1, "--unit", "源汇团区委", "--work", work)
    assert (one.exit_code, one.stderr) == (0, f"编号 1 现在是：源汇区团委，报送期不明，《{FORM}》\n")
    two = run("review", "--work", work, "assign", 1, "--period", "2020-08")
    assert (two.exit_code, two.stderr) == (0, f"编号 1 现在是：源汇区团委，2020-08，《{FORM}》\n")
    codes = [line["code"] for line in json.loads(run("review", "--work", work, "--json").stdout_bytes)]
    assert codes == ["number_approximate"]
    listed = json.loads(run("status", "--work", work, "--period", "2020-08", "--json").stdout_bytes)
    assert {line["unit"]: line["submission"] for line in listed} == {"组织部": None, "源汇区团委": 1}
    run("ledger", "--work", work, "-o", work / "台账.xlsx")
    row = [cell.value for cell in openpyxl.load_workbook(work / "台账.xlsx")[FORM][3]]
    assert row[:2] == ["源汇区团委", "2020年8月"]


@pytest.mark.parametrize(
    ("arguments", "status", "told"),
    [
        ((1,), 2, "错误：请写明 --unit 或 --period，也可以两样都写"),
        (
            (1, "--unit", "源汇团委"),
            2,
            "错误：名册里没有“源汇团委”这个单位。是不是：源汇团区委、源汇区团委？",
        ),
        ((9, "--unit", "组织部"), 2, "错误：台账里没有编号 9 的报送。请用 hongtou review 查看编号"),
        (
            (1, "--period", "2020-Q3"),
            0,
            f"按 work.yaml，源汇区团委不用报《{FORM}》2020-Q3 这一期，请核对",
        ),
    ],
)
def test_what_does_not_fit_when_assigning_is_told(
    desk: Desk, arguments: tuple[object, ...], status: int, told: str
) -> None:
    desk.arrive("8月.docx", "2020-08-09 10:00:00", desk.filled())
    result = desk.run("review", "assign", *arguments, "--work", desk.work)
    assert (result.exit_code, result.stderr.splitlines()[-1]) == (status, told)


def test_answers_of_the_workbook_become_corrections_once(desk: Desk) -> None:
    """Typed through their fields, whatever kind of cell they stand in; the file may be taken again."""
    unclear = Reading(DAY, None, "八月", Place("表1", 1, 1), (doubt("date_unclear", DAY, raw="八月"),))
    submission = replace(
        desk.filled(), doubts=(doubt("leftover", None, count=1), doubt("required_missing", "走访形式"))
    )
    desk.arrive(
        "8月.docx", "2020-08-09 10:00:00", replace(submission, readings=(*submission.readings, unclear))
    )
    path = desk.sheet({COUNT: 25.0, DAY: date(2020, 8, 3), "走访形式": "座谈"})
    assert desk.take(path) == [
        "第3行：编号 1 “走访形式”改为“座谈”",
        f"第4行：编号 1 “{COUNT}”改为“25”",
        f"第5行：编号 1 “{DAY}”改为“2020-08-03”",
        "记下更正 3 处",
    ]
    assert (_value(desk.work), _value(desk.work, DAY), _value(desk.work, "走访形式")) == (
        25,
        date(2020, 8, 3),
        "座谈",
    )
    entry = _entry(desk.work)
    assert entry.corrections[0].why == "台账“待核对”第3行（台账.xlsx）"
    assert desk.take(path)[-1] == "早已记过 3 处"
    assert _entry(desk.work) == entry


@pytest.mark.parametrize("word", ["无", "空"])
def test_a_word_for_nothing_clears_a_value(desk: Desk, word: str) -> None:
    desk.arrive("8月.docx", "2020-08-09 10:00:00", desk.filled())
    path = desk.sheet({COUNT: word})
    assert desk.take(path) == [f"第2行：编号 1 “{COUNT}”改为“空”", "记下更正 1 处"]
    assert (_value(desk.work), _entry(desk.work).status) == (None, Status.ACCEPTED)
    assert desk.take(path)[-1] == "早已记过 1 处"


def test_unit_and_period_are_assigned_from_the_sheet(desk: Desk) -> None:
    whole = (doubt("unit_unknown", None, raw="无"), doubt("period_unknown"))
    desk.arrive("8月.docx", "2020-08-09 10:00:00", desk.filled(None, None, *whole))
    path = desk.sheet({"（单位）": "源汇团区委", "（报送期）": "2020-08"})
    assert desk.take(path) == [
        "第2行：编号 1 “（单位）”改为“源汇区团委”",
        "第3行：编号 1 “（报送期）”改为“2020-08”",
        "记下更正 2 处",
    ]
    submission = _entry(desk.work).submission
    assert (submission.unit, submission.period) == ("源汇区团委", "2020-08")
    assert desk.take(path)[-1] == "早已记过 2 处"
    wrong = desk.sheet({COUNT: 25})
    assert desk.take(wrong)[-1] == "记下更正 1 处"


def _changed(ledger: Ledger) -> None:
    ledger.correct(1, COUNT, 30, "另有人改过", date_time())


def date_time() -> Any:
    """Return a moment."""
    from datetime import datetime

    return datetime(2020, 9, 1, 8)  # noqa: DTZ001 - the ledger keeps local time


@pytest.mark.parametrize(
    ("answers", "changed", "told"),
    [
        (
            {COUNT: "多"},
            {},
            f"第2行没有改，改好再执行一遍：“{COUNT}”应是整数，写的是“多”",
        ),
        (
            {COUNT: 25},
            {"编号": 99},
            "第2行没有改：台账里没有编号 99 的报送。请用 hongtou ledger 重新做一本，在新的里面填",
        ),
        (
            {COUNT: 25},
            {"编号": "一"},
            "第2行没有改：“编号”一列不是数，不知道是哪一份报送。请用 hongtou ledger 重新做一本，在新的里面填",
        ),
        (
            {COUNT: 25},
            {"栏目": "团员青年"},
            f"第2行没有改，改好再执行一遍：《{FORM}》没有“团员青年”这一栏。是不是：{COUNT}？",
        ),
        (
            {COUNT: 25},
            {"核对码": "0"},
            f"第2行没有改：“{COUNT}”在这本台账做好之后变过，现在是“20”。请用 hongtou ledger 重新做一本，在新的里面填",
        ),
        (
            {COUNT: 25},
            {"栏目": None},
            "第2行没有改：这一条说的是整份报送，没有哪一栏可改。看过没有问题的，请执行 hongtou review accept 1",
        ),
        (
            {COUNT: 25},
            {"栏目": "活动.人数", "行": 3},
            f"第2行没有改，改好再执行一遍：《{FORM}》没有明细",
        ),
    ],
)
def test_a_row_that_does_not_fit_is_answered_and_left_alone(
    desk: Desk,
    answers: dict[str | int, Any],
    changed: dict[str, Any],
    told: str,
) -> None:
    desk.arrive("8月.docx", "2020-08-09 10:00:00", desk.filled())
    answers = {2: next(iter(answers.values()))}
    assert desk.take(desk.sheet(answers, **changed)) == [told, "没有改 1 处"]
    assert _entry(desk.work).corrections == ()


def test_a_value_that_changed_since_is_not_overwritten(
    desk: Desk,
) -> None:
    """Another person was quicker; only the same answer is no contradiction."""
    desk.arrive("8月.docx", "2020-08-09 10:00:00", desk.filled())
    path = desk.sheet({COUNT: 25})
    with open_ledger(desk.work) as ledger:
        _changed(ledger)
    assert desk.take(path)[0].startswith(f"第2行没有改：“{COUNT}”在这本台账做好之后变过，现在是“30”")
    assert desk.run("review", "--work", desk.work, "--from", path, "--strict").exit_code == 1
    assert _value(desk.work) == 30


def test_a_superseded_return_is_answered_with_its_successor(desk: Desk) -> None:
    desk.arrive("8月.docx", "2020-08-09 10:00:00", desk.filled())
    path = desk.sheet({COUNT: 25})
    desk.arrive("8月（改）.docx", "2020-08-19 10:00:00", desk.filled())
    assert desk.take(path)[0].startswith("第2行没有改：编号 1 已被后来报的编号 2 取代。要改就改新的那一份")


def test_two_answers_to_one_field_are_told(desk: Desk) -> None:
    """The first stands; the same answer twice is no contradiction."""
    twice = replace(desk.filled(), doubts=(doubt("label_guessed", COUNT, found="青年"),))
    desk.arrive("8月.docx", "2020-08-09 10:00:00", twice)
    assert desk.take(desk.sheet({2: 25, 3: 26})) == [
        f"第2行：编号 1 “{COUNT}”改为“25”",
        "第3行没有改：与第2行是同一栏，填的却不一样，已按第2行。请只留一个再执行一遍",
        "记下更正 1 处，没有改 1 处",
    ]
    assert _value(desk.work) == 25


def test_rows_of_a_group_are_corrected_by_their_number(desk: Desk) -> None:
    from forms import GroupRow

    (desk.work / "表单" / "活动表.yaml").write_text(
        "名称: 活动表\n模板: 活动表.docx\n字段: {姓名: {类型: 文本}}\n明细: {活动: {字段: {人数: {类型: 整数}}}}\n",
        encoding="utf-8",
    )
    shipped = next(form for form in load_forms(CATALOGUE) if form.name == FORM)
    (desk.work / "表单" / "活动表.docx").write_bytes(shipped.template.read_bytes())
    about = doubt("number_unclear", "人数", raw="若干")
    rows = tuple(
        GroupRow("活动", n, (Reading("人数", None, "若干", Place("表1", n, 1), (about,)),)) for n in (1, 2)
    )
    desk.arrive("8月.docx", "2020-08-09 10:00:00", Submission("活动表", "源汇区团委", "2020-08", rows=rows))
    assert load_work(desk.work, load_forms(CATALOGUE)).form("活动表").groups
    path = desk.sheet({3: 12})
    assert desk.take(path) == ["第3行：编号 1 “活动.人数”改为“12”", "记下更正 1 处"]
    values = [(row.number, row.readings[0].value) for row in _entry(desk.work).submission.rows]
    assert values == [(1, None), (2, 12)]
    assert desk.take(path) == ["第3行：编号 1 “活动.人数”早已记过", "早已记过 1 处"]


def test_nothing_filled_in_is_told(desk: Desk) -> None:
    desk.arrive("8月.docx", "2020-08-09 10:00:00", desk.filled())
    assert desk.take(desk.sheet({})) == ["“待核对”的“更正为”一列还没有填"]


def test_a_file_that_is_no_ledger_workbook_is_refused(run: Run, work: Path, tmp_path: Path) -> None:
    other, broken = tmp_path / "别的.xlsx", tmp_path / "坏的.xlsx"
    openpyxl.Workbook().save(other)
    broken.write_bytes(b"PK\x03\x04")
    book = openpyxl.Workbook()
    book.active.title = "待核对"
    book.save(tmp_path / "旧的.xlsx")
    for path, told in (
        (other, "错误：别的.xlsx 里没有“待核对”这张表。请用 hongtou ledger 做出的台账"),
        (broken, "错误：坏的.xlsx 打不开。请确认它是台账工作簿，并且能用 WPS 或 Excel 打开"),
        (tmp_path / "旧的.xlsx", "错误：旧的.xlsx 的“待核对”里找不到表头"),
    ):
        result = run("review", "--work", work, "--from", path)
        assert result.exit_code == 2
        assert result.stderr.startswith(told)


def test_the_code_tells_any_change_of_what_was_answered() -> None:
    codes = {
        check_code(number, field, row, value)
        for number in (1, 2)
        for field in ("甲", "乙")
        for row in (0, 1)
        for value in (None, "", "3", 3, 3.0, date(2020, 8, 3), "2020-08-03", ("甲",), "('甲',)")
    }
    assert len(codes) == 2 * 2 * 2 * 9


def test_a_copied_answer_is_listed_until_a_person_accepts_it(desk: Desk) -> None:
    """Two units with one text: the later is listed with the place of the earlier, stands on the sheet 雷同, and is settled."""
    text = "走访了柳河村团支部，与八名青年座谈，大家反映活动室夏天太热，已联系村委会添置两台电扇。"
    told = Reading("基层团组织工作亮点", text, text, Place("表1", 6, 2))
    for number, unit in enumerate(("源汇区团委", "召陵区团委"), 1):
        desk.arrive(
            f"{number}.docx", f"2020-08-0{number} 10:00:00", Submission(FORM, unit, "2020-08", (told,))
        )
    (line,) = json.loads(desk.run("review", "--work", desk.work, "--json").stdout_bytes)
    assert (line["submission"], line["code"], line["at"]) == (2, "copied", "表1 第6行第2列")
    assert "“源汇区团委”2020-08" in line["message"]
    assert "1.docx，表1 第6行第2列" in line["message"]
    rows = openpyxl.load_workbook(desk.sheet({}))["雷同"].iter_rows(min_row=3, values_only=True)
    (row,) = [(row[0], row[7], row[8], row[4] == row[12] == text) for row in rows]
    assert row == (2, "完全相同", 1, True)
    assert desk.run("review", "accept", 2, "--work", desk.work).stderr == "编号 2 的 1 处疑点已确认\n"
    assert desk.run("review", "--work", desk.work).stderr == "没有待核对的报送\n"
