"""A record as the JSON object of the contract."""

from __future__ import annotations

import json
from datetime import date

from extract import as_json
from forms import GroupRow, Leftover, Place, Reading, Record, Status, Submission, doubt

PLACE = Place("表1", 2, 3, 1)


def test_the_keys_of_the_contract_in_their_order() -> None:
    """Give every key for a refused file as well."""
    record = as_json(Record("a.pdf", "00", 1, Status.REJECTED, reason="认不出的格式"))
    assert list(record) == [
        *(
            "source",
            "sha256",
            "part",
            "status",
            "form",
            "unit",
            "period",
            "values",
            "leftover",
            "issues",
            "reason",
        )
    ]
    assert (record["status"], record["form"], record["values"], record["reason"]) == (
        "rejected",
        None,
        {},
        "认不出的格式",
    )


def test_values_doubts_and_leftover() -> None:
    """Write dates as ISO, several choices as a list, doubts as codes with their sentences among the issues."""
    readings = (
        Reading(
            "填表时间",
            date(2020, 7, 8),
            "7月8日",
            PLACE,
            (doubt("date_no_year", "填表时间", raw="7月8日", year=2020),),
        ),
        Reading("级别", ("市级", "县级"), "☑市级 ☑县级", PLACE),
        Reading("姓名", None, "", PLACE),
    )
    rows = (
        GroupRow("活动", 1, (Reading("人数", 3, "3", PLACE),)),
        GroupRow("活动", 2, (Reading("人数", None, "", PLACE),)),
    )
    left = (Leftover("余", PLACE), Leftover("批", Place("批注"), "批注"))
    submission = Submission("表", "单位", "2020-07", readings, rows, left, doubts=(doubt("tracked"),))
    made = as_json(Record("a.docx", "00", 2, Status.REVIEW, submission))
    assert made["values"]["填表时间"] == {
        "value": "2020-07-08",
        "raw": "7月8日",
        "at": "表1 第2行第3列",
        "doubts": ["date_no_year"],
    }
    assert made["values"]["级别"]["value"] == ["市级", "县级"]
    assert made["values"]["姓名"]["value"] is None
    assert made["values"]["活动"]["value"] == [{"人数": 3}, {"人数": None}]
    assert [item["text"] for item in made["leftover"]] == ["余", "批"]
    assert [(issue["code"], issue["field"]) for issue in made["issues"]] == [
        ("tracked", None),
        ("date_no_year", "填表时间"),
    ]
    assert json.loads(json.dumps(made, ensure_ascii=False)) == made
