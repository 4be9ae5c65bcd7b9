"""Status and review: who owes what, what needs an eye, and a person's answer."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from click.testing import Result

from forms import Doubt, Submission

FORM = "团干部走基层情况报告单"
Run = Callable[..., Result]
Make = Callable[..., Submission]
Arrive = Callable[..., None]


def test_status_shows_a_unit_a_row_and_a_period_a_column(
    run: Run, work: Path, arrive: Arrive, filled: Make
) -> None:
    arrive("8月.docx", "2020-08-09 10:00:00", filled())
    arrive("7月.docx", "2020-07-30 10:00:00", Submission(FORM, "组织部", "2020-07"))
    result = run("status", "--work", work, "--on", "2020-09-01")
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        f"《{FORM}》  截至 2020-09-01",
        "单位         7月    8月     9月    10月   11月   12月   应报   按时   逾期   未报",
        "─────────────────────────────────────────────────────────────────────────────────",
        "组织部       逾期   未报    未到   未到   未到   未到      2      0      1      1",
        "源汇区团委   未报   按时*   未到   未到   未到   未到      2      1      0      1",
        "已报/应报    1/2    1/2     0/2    0/2    0/2    0/2       4      1      1      2",
        "",
    ]
    assert "带 * 的有待核对的地方" in result.stderr


def test_status_of_one_period_as_json_is_the_contract_s(
    run: Run, work: Path, arrive: Arrive, filled: Make
) -> None:
    arrive("8月.docx", "2020-08-09 10:00:00", filled())
    result = run("status", "--work", work, "--on", "2020-08-10", "--period", "2020-08", "--json")
    assert (result.exit_code, result.stderr) == (0, "")
    assert json.loads(result.stdout_bytes.decode("utf-8")) == [
        {
            "unit": "组织部",
            "form": FORM,
            "period": "2020-08",
            "due": "2020-08-28",
            "state": "not_due",
            "received_at": None,
            "submission": None,
            "doubts": 0,
        },
        {
            "unit": "源汇区团委",
            "form": FORM,
            "period": "2020-08",
            "due": "2020-08-28",
            "state": "reported",
            "received_at": "2020-08-09T10:00:00",
            "submission": 1,
            "doubts": 1,
        },
    ]


def test_status_of_a_period_that_nobody_owes_says_so(run: Run, work: Path) -> None:
    result = run("status", "--work", work, "--period", "2020-Q3")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "2020-Q3 这一期没有要报的表。请看 work.yaml 的“报送”和 units.xlsx\n"


def test_review_names_the_return_its_doubts_with_their_cells_its_leftover_and_what_was_refused(
    run: Run, work: Path, arrive: Arrive, filled: Make
) -> None:
    arrive("8月\x1b[31m.docx", "2020-08-09 10:00:00", filled())
    arrive("照片.heic", "2020-08-09 10:00:00", reason="认不出的格式")
    result = run("review", "--work", work)
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        f"编号 1  源汇区团委  2020-08  《{FORM}》  8月\\x1b[31m.docx",
        "    “走访人数.团员青年”填的“二三十人”是约数（表1 第5行第3列）",
        "    剩余文字（正文，正文 第9段）：请查收",
        "未收  照片.heic：认不出的格式",
    ]
    ways = "都对：hongtou review accept 编号；改一个值：hongtou review set 编号 栏目 值 --why 缘由"
    assert result.stderr == f"待核对 1 份，未收 1 个文件。{ways}\n"


def test_review_as_json_is_the_contract_s(run: Run, work: Path, arrive: Arrive, filled: Make) -> None:
    whole = Doubt("unit_unknown", "认不出是哪个单位报送的（漯河）")
    arrive("8月.docx", "2020-08-09 10:00:00", filled(None, None, whole))
    result = run("review", "--work", work, "--json")
    common = {"submission": 1, "source": "8月.docx", "unit": None, "form": FORM, "period": None, "row": None}
    nothing = {"field": None, "raw": None, "value": None, "at": None}
    assert json.loads(result.stdout_bytes.decode("utf-8")) == [
        {**common, **nothing, "code": "unit_unknown", "message": "认不出是哪个单位报送的（漯河）"},
        {
            **common,
            "field": "走访人数.团员青年",
            "raw": "二三十人",
            "value": 20,
            "at": "表1 第5行第3列",
            "code": "number_approximate",
            "message": "“走访人数.团员青年”填的“二三十人”是约数",
        },
    ]


def test_review_is_strict_only_when_asked(run: Run, work: Path, arrive: Arrive) -> None:
    assert run("review", "--work", work, "--strict").exit_code == 0
    arrive("照片.heic", "2020-08-09 10:00:00", reason="认不出的格式")
    assert run("review", "--work", work, "--strict").exit_code == 1
    assert run("review", "--work", work, "--strict", "--json").exit_code == 1
    assert run("review", "--work", work).exit_code == 0


def test_review_of_an_empty_ledger_says_what_to_do(run: Run, work: Path) -> None:
    result = run("review", "--work", work)
    assert result.stderr == "台账还是空的。请先把来件放进 收件/，执行 hongtou collect\n"


def test_a_person_s_answer_settles_the_doubt(run: Run, work: Path, arrive: Arrive, filled: Make) -> None:
    arrive("8月.docx", "2020-08-09 10:00:00", filled())
    result = run("review", "set", 1, "走访人数.团员青年", 25, "--why", "电话问过本人", "--work", work)
    assert (result.exit_code, result.stderr) == (0, "编号 1 “走访人数.团员青年”改为“25”：电话问过本人\n")
    assert run("review", "--work", work).stderr == "没有待核对的报送\n"
    after = run("review", "--work", work, "set", 1, "走访人数.团员青年", "无", "--why", "没有走访")
    assert (after.exit_code, after.stderr) == (0, "编号 1 “走访人数.团员青年”改为“”：没有走访\n")


def test_an_answer_that_cannot_be_is_refused(run: Run, work: Path, arrive: Arrive, filled: Make) -> None:
    arrive("8月.docx", "2020-08-09 10:00:00", filled())

    def said(*args: object) -> tuple[int, str]:
        result = run("review", "set", *args, "--why", "x", "--work", work)
        return result.exit_code, result.stderr

    assert said(1, "团员青年", 25) == (
        2,
        f"错误：《{FORM}》没有“团员青年”这一栏。是不是：走访人数.团员青年？\n",
    )
    assert said(1, "走访人数.团员青年", "多") == (2, "错误：“走访人数.团员青年”应是整数，写的是“多”\n")
    assert said(9, "姓名", "x") == (2, "错误：台账里没有编号 9 的报送。请用 hongtou review 查看编号\n")
