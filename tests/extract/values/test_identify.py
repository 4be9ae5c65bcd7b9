"""Unit and period of a return, weighed from all that speaks for them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from extract.values.dates import read_date
from extract.values.identify import Clues, Identifier
from forms import Duty, Field, FieldKind, Identity, Place, Reading, Role, Unit, Work, doubt
from tests.extract.neutral import FORMS, VISITS, form

WORK = Work.model_validate(
    {
        "名称": "活力团建",
        "开始": date(2020, 7, 1),
        "结束": date(2020, 12, 31),
        "发文机关": {"名称": "团市委", "标志": "团市委文件"},
    }
).model_copy(
    update={
        "forms": FORMS,
        "units": tuple(
            Unit.model_validate({"单位": name, "类别": kind})
            for name, kind in (("源汇区团委", "县区团委"), ("舞阳县团委", "县区团委"), ("宣传部", "机关部室"))
        ),
        "duties": (
            Duty.model_validate({"表单": VISITS, "单位类别": "县区团委", "周期": "每月", "截止": "次月10日"}),
        ),
    }
)
PLACE = Place("表1", 1, 2, 1)


def told(**clues: Any) -> tuple[str | None, str | None, set[str]]:
    """Return unit, period and codes of the doubts for a return of visits."""
    readings = tuple(
        Reading(path, value, str(value), PLACE) for path, value in clues.pop("answers", {}).items()
    )
    whole = {"source": "a.docx", "identity": None, "titles": (), "lines": (), **clues}
    found = Identifier(WORK).identify(form(VISITS), Clues(readings=readings, **whole))
    return found.unit, found.period, {doubt.code for doubt in found.doubts}


MINE = Identity(VISITS, "源汇区团委", "2020-07")
ANSWERS = {"单位职务": "源汇区团委书记", "填表时间": date(2020, 7, 8)}


@pytest.mark.parametrize(
    "clues",
    [
        {"answers": ANSWERS},
        {"identity": MINE},
        {"answers": ANSWERS, "identity": MINE},
        {"answers": ANSWERS, "source": "2020年7月/源汇区团委.docx"},
        {"titles": (f"源汇区团委2020年7月{VISITS}",), "identity": MINE},
        {
            "answers": ANSWERS,
            "lines": ("注：本表报团市委宣传部。", "请于每月10日前报宣传部", "填好后发至宣传部"),
        },
    ],
)
def test_agreeing_evidence(clues: dict[str, Any]) -> None:
    """Name unit and period without doubt where all agree."""
    assert told(**clues) == ("源汇区团委", "2020-07", set())


@pytest.mark.parametrize(
    ("clues", "codes"),
    [
        ({}, {"unit_unknown", "period_unknown"}),
        ({"answers": ANSWERS, "source": "舞阳县团委.docx"}, {"unit_conflict"}),
        ({"answers": ANSWERS, "identity": Identity(VISITS, "源汇区团委", "2020-08")}, {"period_conflict"}),
        ({"answers": {"单位职务": "源汇区团委"}, "source": "7月.docx"}, {"period_guessed"}),
        ({"answers": {**ANSWERS, "填表时间": date(2019, 7, 8)}}, {"period_guessed"}),
        ({"answers": {**ANSWERS, "单位职务": "宣传部"}}, {"not_due"}),
        ({"lines": ("源汇区团委报送",)}, {"unit_guessed"}),
        ({"answers": ANSWERS, "sheet": "舞阳县团委8月"}, {"unit_conflict", "period_conflict"}),
        ({"answers": {"单位职务": "书记"}, "sheet": "7月"}, {"unit_unknown", "period_guessed"}),
    ],
)
def test_disagreeing_or_missing_evidence(clues: dict[str, Any], codes: set[str]) -> None:
    """Doubt what disagrees, is missing, or is only guessed."""
    assert told(**clues)[2] >= codes


def test_the_name_of_a_sheet_and_a_month_alone_tell() -> None:
    """Know unit and month by the sheet's name where the form leaves them open, the month of a date that has no day."""
    assert told(answers={"填表时间": date(2020, 7, 8)}, sheet="源汇区团委") == (
        "源汇区团委",
        "2020-07",
        set(),
    )
    half = Reading("填表时间", None, "2020年9月  日", PLACE, (doubt("date_incomplete", "填表时间", raw=""),))
    found = Identifier(WORK).identify(form(VISITS), Clues("源汇区团委.docx", None, (half,), (), ()))
    assert (found.period, found.doubts) == ("2020-09", ())


def test_lines_that_say_nothing_but_unit_and_period_are_understood() -> None:
    """Know 报送单位：源汇区团委 as understood text."""
    clues = Clues("a.docx", MINE, (), (), ("报送单位：源汇区团委", "源汇区团委的同志辛苦了"))
    assert Identifier(WORK).identify(form(VISITS), clues).spoken == {"报送单位：源汇区团委"}


def test_without_a_work_only_the_file_can_tell() -> None:
    """Take unit and period from the identity alone, doubting nothing, where there is no 名册."""
    clues = Clues("源汇区团委7月.docx", MINE, (), (), ())
    found = Identifier(None).identify(form(VISITS), clues)
    assert (found.unit, found.doubts) == ("源汇区团委", ())


def test_a_date_without_a_year_lies_within_the_work() -> None:
    """Complete 3月1日 of a work from September 2020 to August 2021 by 2021, 9月1日 by 2020, with the doubt that says so."""
    work = WORK.model_copy(update={"first": date(2020, 9, 1), "last": date(2021, 8, 31)})
    year = Identifier(work).year(None)
    assert [read_date("填表时间", text, year).value for text in ("3月1日", "9.1")] == [
        date(2021, 3, 1),
        date(2020, 9, 1),
    ]
    assert "2021" in read_date("填表时间", "3月1日", year).doubts[0].message
    assert read_date("填表时间", "9月1日", Identifier(WORK).year(None)).value == date(2020, 9, 1)


def test_a_period_without_a_year_is_completed_to_one_in_which_the_work_runs() -> None:
    """Take 3月 of a work from July 2020 to June 2021 as March 2021; a year that is written stands."""
    later = WORK.model_copy(update={"first": date(2020, 7, 1), "last": date(2021, 6, 30)})

    def period(source: str) -> str | None:
        return Identifier(later).identify(form(VISITS), Clues(source, None, (), (), ())).period

    assert period("源汇区团委3月.docx") == "2021-03"
    assert period("源汇区团委8月.docx") == "2020-08"
    assert period("源汇区团委2020年3月.docx") == "2020-03"


@pytest.mark.parametrize(
    ("clues", "period", "codes"),
    [
        ({}, "2020-07", {"period_guessed"}),
        ({"days": (date(2020, 7, 21),)}, "2020-07", set()),
        ({"days": (date(2020, 8, 2),)}, "2020-08", set()),
        ({"source": "源汇区团委7月.docx"}, "2020-07", set()),
        ({"source": "源汇区团委8月.docx"}, "2020-08", set()),
        ({"identity": MINE}, "2020-07", set()),
    ],
)
def test_what_is_due_in_the_next_month_is_filled_in_there(
    clues: dict[str, Any], period: str, codes: set[str]
) -> None:
    """Take the month before where the return is in time for it, with a doubt when nothing else tells."""
    answers = {"单位职务": "源汇区团委书记", "填表时间": date(2020, 8, 8)}
    assert told(answers=answers, **clues) == ("源汇区团委", period, codes)
    late = {**answers, "填表时间": date(2020, 8, 11)}
    assert told(answers=late)[1:] == ("2020-08", set())


@pytest.mark.parametrize(
    ("month", "filled", "period", "codes"),
    [
        ("2020年10月", date(2020, 12, 3), "2020-10", set()),
        ("10月", date(2020, 12, 3), "2020-10", set()),
        ("十二月份", date(2021, 1, 3), "2020-12", set()),
        ("2020年12月", date(2020, 11, 3), "2020-12", {"period_conflict"}),
    ],
)
def test_the_form_s_own_month_is_its_period(month: str, filled: date, period: str, codes: set[str]) -> None:
    """Believe 月份 above the day of filling in, which may be any later one."""
    own = form(VISITS).model_copy(
        update={
            "fields": (
                *form(VISITS).fields,
                Field(path="月份", kind=FieldKind.TEXT, role=Role.PERIOD),
            )
        }
    )
    readings = (Reading("月份", month, month, PLACE), Reading("填表时间", filled, str(filled), PLACE))
    found = Identifier(WORK).identify(own, Clues("a.docx", None, readings, (), ()))
    assert (found.period, {d.code for d in found.doubts} - {"unit_unknown"}) == (period, codes)


def test_whom_a_letter_greets_is_not_whose_return_it_is() -> None:
    """Take 宣传部： above a letter for the receiver, and the year of an example for no period."""
    told_of = told(answers=ANSWERS, lines=("宣传部：", "例：2020年9月1日"))
    assert told_of == ("源汇区团委", "2020-07", set())


def test_a_sheet_tells_the_month_better_than_the_file_where_other_sheets_hold_forms_too() -> None:
    """The only sheet of a book keeps the name of an earlier month; the sheets of a year are named one by one."""

    def told(among: bool) -> str | None:
        clues = Clues("源汇区团委8月.xlsx", None, (), (), (), sheet="7月", among=among)
        return Identifier(WORK).identify(form(VISITS), clues).period

    assert (told(among=False), told(among=True)) == ("2020-08", "2020-07")


def test_of_several_forms_in_a_file_each_says_itself_whose_it_is() -> None:
    """Believe a form's own field before the name and the identity of a file that holds more forms; the doubt stays."""
    clues = {"answers": {"单位职务": "舞阳县团委书记"}, "identity": MINE, "source": "源汇区团委.docx"}
    assert told(**{**clues, "several": True})[0] == "舞阳县团委"
    assert "unit_conflict" in told(**{**clues, "several": True})[2]
    assert told(**{**clues, "answers": {"单位职务": "舞阳县团委书记"}})[0] == "源汇区团委"


def test_the_month_tells_the_year_of_a_period_that_runs_over_new_year() -> None:
    """Complete a date without a year by the school year it is of: December lies in its first year, June in its second."""
    year = Identifier(WORK).year(Identity(VISITS, "源汇区团委", "2020-AY"))
    days = [read_date("填表时间", text, year).value for text in ("12月3日", "6月30日")]
    assert days == [date(2020, 12, 3), date(2021, 6, 30)]
    month = Identifier(WORK).year(Identity(VISITS, "源汇区团委", "2020-12"))
    assert read_date("填表时间", "1月5日", month).value == date(2021, 1, 5)


def test_a_form_that_one_unit_alone_owes_is_guessed_to_be_its_own() -> None:
    """Take the one unit that owes a form where nothing else tells, aloud; of two that owe it none."""
    duty = Duty.model_validate({"表单": VISITS, "单位类别": "机关部室", "周期": "每月", "截止": "次月10日"})
    clues = Clues("a.docx", None, (), (), ())
    found = Identifier(WORK.model_copy(update={"duties": (duty,)})).identify(form(VISITS), clues)
    assert (found.unit, found.doubts[0].code) == ("宣传部", "unit_guessed")
    assert Identifier(WORK).identify(form(VISITS), clues).unit is None
