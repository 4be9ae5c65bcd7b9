"""The comparison can fail: each way of being wrong gets its verdict, and a perfect reading gets none."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from samples.compare import compare, main
from samples.luohe.returns import load
from samples.luohe.truth import truth
from samples.verdict import Comparison, Verdict, table

Json = dict[str, Any]
SOURCE = "8月/召陵区团委8月走基层情况报告单.docx"  # 约数、范围数字、日期未填


def perfect() -> list[Json]:
    """Return the records of a reader that errs nowhere and doubts exactly where a careful person does."""
    return [_record(entry) for entry in truth(load())]


def _record(entry: Json) -> Json:
    about = {key: entry[key] for key in ("source", "part", "form", "unit", "period")}
    record: Json = {
        **about,
        "sha256": "",
        "status": entry["expect"],
        "values": {},
        "leftover": [],
        "issues": [],
    }
    if not entry["form"]:
        return {
            **record,
            "reason": "读不了",
            "leftover": [{"text": t, "at": ""} for t in entry.get("leftover", ())],
        }
    for path, value in entry["values"].items():
        doubts = ["some_code"] if path in entry["doubts"] else []
        raw = entry.get("typed", {}).get(path, str(value or ""))
        record["values"][path] = {"value": value, "raw": raw, "at": "", "doubts": doubts}
    about_all = [key for key in entry["doubts"] if key in ("*", "period")]
    if entry.get("blank"):
        about_all.append("blank")
    record["issues"] = [{"code": f"{key}_doubt", "field": None, "message": ""} for key in about_all]
    record["leftover"] = [{"text": text, "at": ""} for text in entry.get("leftover", ())]
    return record


def _of(records: list[Json], source: str = SOURCE) -> Json:
    return next(record for record in records if record["source"] == source)


def _compared(records: list[Json]) -> Comparison:
    return compare(records, truth(load()))


def _wrong(record: Json) -> None:
    record["values"]["姓名"]["value"] = "别人"


def _typed_as_text(record: Json) -> None:
    record["values"]["走访人数.团干部"].update(value="3", doubts=[])


def _absent(record: Json) -> None:
    del record["values"]["走访形式"]


def _invented_date(record: Json) -> None:
    record["values"]["填表时间"].update(value="2020-08-01", doubts=[])


def _invented_field(record: Json) -> None:
    record["values"]["联系电话"] = {"value": "123", "raw": "123", "at": "", "doubts": []}


def _wrong_unit(record: Json) -> None:
    record["unit"] = "源汇区团委"


def _swallowed(record: Json) -> None:
    record["values"]["基层团组织工作亮点"]["value"] += "夜校教室条件简陋，夏季闷热。"


@pytest.mark.parametrize(
    "spoil",
    [_wrong, _typed_as_text, _absent, _invented_date, _invented_field, _wrong_unit, _swallowed],
)
def test_a_wrong_value_without_a_doubt_is_a_silent_error(spoil: Callable[[Json], None]) -> None:
    records = perfect()
    spoil(_of(records))
    assert _compared(records).count(Verdict.SILENT) == 1


def test_a_perfect_reading_has_no_finding_but_right_ones() -> None:
    comparison = _compared(perfect())
    assert {finding.verdict for finding in comparison.findings} == {Verdict.RIGHT}
    assert comparison.fatal == ()
    assert comparison.count(Verdict.RIGHT) > 500


def test_a_wrong_value_with_a_doubt_is_not_silent() -> None:
    records = perfect()
    _wrong(_of(records))
    _of(records)["values"]["姓名"]["doubts"] = ["label_guessed"]
    comparison = _compared(records)
    assert comparison.count(Verdict.DOUBTED) == 1
    assert comparison.count(Verdict.SILENT) == 0


def test_an_issue_that_names_the_field_counts_as_its_doubt() -> None:
    records = perfect()
    _absent(_of(records))
    _of(records)["issues"].append({"code": "field_absent", "field": "走访形式", "message": "表里找不到"})
    assert _compared(records).count(Verdict.DOUBTED) == 1


def test_a_doubt_too_many_or_too_few_is_told_and_is_no_error() -> None:
    records = perfect()
    _of(records)["values"]["姓名"]["doubts"] = ["label_guessed"]
    _of(records)["values"]["走访人数.团员青年"]["doubts"] = []
    comparison = _compared(records)
    assert comparison.count(Verdict.EXTRA_DOUBT) == 1
    assert comparison.count(Verdict.NO_DOUBT) == 1
    assert comparison.fatal == ()


def test_a_return_that_needs_an_eye_and_passes_without_is_told() -> None:
    records = perfect()
    _of(records, "组织部/附件1 团干部走基层情况报告单（8月）.docx").update(status="accepted", issues=[])
    _of(records, "组织部/组织部9月走基层.docx")["status"] = "review"
    comparison = _compared(records)
    assert comparison.count(Verdict.NO_DOUBT) == 1
    assert comparison.count(Verdict.EXTRA_DOUBT) == 1


def test_white_space_and_drawings_of_one_sign_make_no_difference() -> None:
    records = perfect()
    value = _of(records, "9月/临颍9月附件1.docx")["values"]["基层团组织工作开展情况"]
    value["value"] = " " + value["value"].replace("√", "✓").replace("，", "，\n")
    assert _compared(records).count(Verdict.SILENT) == 0


def test_the_mark_of_a_footnote_may_stand_in_the_value() -> None:
    records = perfect()
    value = _of(records, "组织部/附件1 团干部走基层情况报告单（11月）.docx")["values"][
        "基层团组织工作开展情况"
    ]
    value["value"] += "[1]"
    assert _compared(records).fatal == ()


def test_a_submission_that_is_missing_is_lost_and_its_neighbour_is_not() -> None:
    source = "学校部/学校部10、11月报告单.docx"
    records = [record for record in perfect() if (record["source"], record["part"]) != (source, 2)]
    comparison = _compared(records)
    assert comparison.count(Verdict.LOST) == 1
    assert comparison.count(Verdict.SILENT) == 0


def test_submissions_are_paired_by_likeness_not_by_number() -> None:
    records = perfect()
    source = "宣传部/宣传部第三季度走基层汇总.xlsx"
    rows = [record for record in records if record["source"] == source]
    for record, part in zip(rows, (3, 1, 2), strict=True):
        record["part"] = part
    assert _compared(records).fatal == ()


def test_a_submission_that_nobody_sent_is_told() -> None:
    records = perfect()
    records.append({**copy.deepcopy(_of(records)), "source": "没有这个文件.docx"})
    records.append({**copy.deepcopy(_of(records)), "part": 2})
    assert _compared(records).count(Verdict.ADDED) == 2


def test_a_file_without_a_form_that_was_read_as_a_return_is_told() -> None:
    records = perfect()
    stray = _of(records, "8月/关于开展优秀志愿者评选的通知.docx")
    stray.update(
        status="accepted", form="团干部走基层情况报告单", values={"姓名": {"value": "某人", "doubts": []}}
    )
    assert _compared(records).count(Verdict.ADDED) == 1


def test_a_file_that_no_record_mentions_is_lost() -> None:
    records = [record for record in perfect() if not record["source"].endswith("Thumbs.db")]
    assert _compared(records).count(Verdict.LOST) == 1


def test_a_blank_that_counts_as_a_return_is_a_silent_error() -> None:
    records = perfect()
    blank = _of(records, "统战部/统战部8月附件1.docx")
    blank.update(status="accepted", issues=[])
    assert _compared(records).count(Verdict.SILENT) == 1


def test_answer_text_that_is_neither_value_nor_leftover_is_lost() -> None:
    records = perfect()
    _of(records)["values"]["帮扶措施及成效"].update(value=None, raw="", doubts=["some_code"])
    assert _compared(records).count(Verdict.LOST_TEXT) == 1
    _of(records)["leftover"].append({"text": "联系企业捐赠空调2台，8月中旬安装。", "at": "表1"})
    assert _compared(records).count(Verdict.LOST_TEXT) == 0


def test_the_rest_of_a_number_cell_must_be_kept_too() -> None:
    records = perfect()
    _of(records, "8月/舞阳县团委8月份走基层情况.docx")["values"]["走访人数.团干部"]["raw"] = "37"
    assert _compared(records).count(Verdict.LOST_TEXT) == 1


def test_deleted_text_in_a_value_is_leaked() -> None:
    records = perfect()
    value = _of(records, "组织部/附件1 团干部走基层情况报告单（8月）.docx")["values"]["走访人数.团员青年"]
    value.update(value="2937", doubts=["tracked"])
    assert _compared(records).count(Verdict.LEAKED) == 1


def test_the_table_has_a_row_for_each_deviation_and_one_for_all() -> None:
    comparison = _compared(perfect())
    lines = table(comparison).splitlines()
    assert len(lines) == len(comparison.deviations) + 2
    assert lines[0].split()[:3] == ["偏差", "字段", "对"]
    assert lines[-1].split()[0] == "合计"


def test_the_command_ends_with_1_when_something_is_wrong_in_silence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "真值.json").write_text(json.dumps(truth(load()), ensure_ascii=False), encoding="utf-8")
    records = perfect()
    assert _run(tmp_path, records) == 0
    _wrong(_of(records))
    assert _run(tmp_path, records) == 1
    assert f"静默错误：{SOURCE} 第1份 “姓名” 应为 '秦立新'，读成 '别人'" in capsys.readouterr().out
    assert main([]) == 2


def _run(folder: Path, records: list[Json]) -> int:
    lines = "\n".join(json.dumps(record, ensure_ascii=False) for record in records)
    (folder / "records.jsonl").write_text(lines, encoding="utf-8")
    return main([str(folder), str(folder / "records.jsonl")])
