"""From a file to its records; one bad file never stops the others."""

from __future__ import annotations

import hashlib
import pickle
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract import NOT_REGULAR, READERS, Document, Extractor, walk
from extract.matching import rewording
from extract.matching.anchors import Anchor
from extract.matching.layout import Slot
from extract.matching.rewording import alike
from forms import Record, Status
from tests.excelfiles import xlsx
from tests.extract.neutral import FORMS, TOURS, VISITS
from tests.wordfiles import docx, p, tbl

EXTRACTOR = Extractor(FORMS)
SAID = "一是包点到人，每周一次；二是建好台账，月底回头看；三是经费随事走，年底再算。"
ROWS = [
    ["组织观摩部室", "宣传部"],
    ["参加观摩人员", "全体"],
    ["观摩点及观摩内容", "村"],
    ["观摩点亮点工作", "亮"],
]
TOUR = docx(p(TOURS) + p("填表时间：2020年7月8日") + tbl(*ROWS, ["观摩点存在问题", "少"], ["整改措施", "改"]))


def only(data: bytes, source: str = "a.docx") -> Record:
    """Return the one record of a file."""
    (record,) = EXTRACTOR.content(data, source)
    return record


def test_a_complete_return_is_accepted() -> None:
    """Accept what is whole and clear."""
    record = only(TOUR)
    assert record.submission is not None
    assert (record.status, record.submission.form, record.submission.all_doubts()) == (
        Status.ACCEPTED,
        TOURS,
        (),
    )
    assert record.sha256 == hashlib.sha256(TOUR).hexdigest()


def test_the_same_form_in_excel_reads_the_same() -> None:
    """Read one form in two formats as one and the same submission."""
    rows = [[TOURS], ["填表时间：2020年7月8日"], *ROWS, ["观摩点存在问题", "少"], ["整改措施", "改"]]
    word, excel = only(TOUR).submission, only(xlsx(rows), "a.xlsx").submission
    assert word is not None
    assert excel is not None
    assert {r.field: r.value for r in excel.readings} == {r.field: r.value for r in word.readings}


@pytest.mark.parametrize(
    ("data", "source", "status", "reason"),
    [
        (b"", "a.docx", Status.REJECTED, "空文件"),
        (b"PK\x03\x04", "a.docx", Status.REJECTED, "文件损坏"),
        (b"\x00\x01\xfe\xff" * 50, "a.heic", Status.REJECTED, "认不出的格式"),
        (docx(p("各县区团委：请按时报送。")), "a.docx", Status.REJECTED, "不是报告单"),
        (xlsx([]), "a.xlsx", Status.REJECTED, "不是报告单"),
    ],
)
def test_what_is_no_return(data: bytes, source: str, status: Status, reason: str) -> None:
    """Refuse with a Chinese reason."""
    record = only(data, source)
    assert record.status is status
    assert record.reason is not None
    assert reason in record.reason


@pytest.mark.parametrize(
    ("data", "source", "code"),
    [
        (TOUR, "a.doc", "suffix"),
        (docx(p(TOURS) + tbl(*ROWS) + p("领导请阅。")), "a.docx", "leftover"),
        (docx(p(TOURS) + tbl(*ROWS)), "a.docx", "field_absent"),
        (docx(p(TOURS) + tbl(*ROWS[1:], ["组织观摩部室", ""])), "a.docx", "required_missing"),
        (docx(p(TOURS) + tbl(["组织观摩部室", ""], ["整改措施", ""])), "a.docx", "unfilled"),
        (docx(p(TOURS) + tbl(["组织观摩部室", ""], ["整改措施", ""], [SAID])), "a.docx", "required_missing"),
        (
            docx(
                p(VISITS)
                + p("<w:ins><w:r><w:t>填表时间：2020年7月8日</w:t></w:r></w:ins>")
                + tbl(["姓名", "甲"])
            ),
            "a.docx",
            "tracked",
        ),
    ],
)
def test_what_a_person_should_see(data: bytes, source: str, code: str) -> None:
    """Send to review whatever is doubtful about the whole return."""
    record = only(data, source)
    assert record.submission is not None
    assert record.status is Status.REVIEW
    assert code in {doubt.code for doubt in record.submission.all_doubts()}


def test_a_form_crossed_out_whole_is_none_beside_the_right_one() -> None:
    """Count only the second of two where the first is struck out; its words stay in sight."""
    struck = "<w:r><w:rPr><w:strike/></w:rPr><w:t>{}</w:t></w:r>"
    void = docx(
        p(TOURS)
        + tbl(*([label, p(struck.format(said))] for label, said in ROWS))
        + p(TOURS)
        + p("填表时间：2020年7月8日")
        + tbl(*ROWS)
    )
    first, second = EXTRACTOR.content(void, "a.docx")
    assert first.submission is not None
    assert "unfilled" in {doubt.code for doubt in first.submission.doubts}
    assert second.submission is not None
    assert not second.submission.blank


def test_files_that_cannot_be_opened_and_lock_files(tmp_path: Path) -> None:
    """Record a file that cannot be opened and pass over a lock file."""
    (missing,) = EXTRACTOR.file(tmp_path / "没有.docx", "没有.docx")
    (lock,) = EXTRACTOR.file(tmp_path / "~$a.docx", "~$a.docx")
    assert (missing.status, lock.status) == (Status.REJECTED, Status.IGNORED)
    assert missing.reason
    assert lock.reason


def test_an_extractor_can_be_sent_to_another_process() -> None:
    """Pickle and read the same."""
    other = pickle.loads(pickle.dumps(EXTRACTOR))  # noqa: S301 - our own bytes
    assert other.content(TOUR, "a.docx") == EXTRACTOR.content(TOUR, "a.docx")


@settings(max_examples=40, deadline=None)
@given(st.binary(max_size=60))
def test_any_bytes_give_a_record(data: bytes) -> None:
    """Record any bytes at all, never fail."""
    assert only(data).status is Status.REJECTED


def test_walking_goes_through_folders_in_the_order_of_the_sources(tmp_path: Path) -> None:
    """Name files of a folder relative to it, with slashes, sorted; a link is named, not followed."""
    (tmp_path / "乙").mkdir()
    for name in ("乙/b.docx", "a.docx", "乙/a.docx"):
        (tmp_path / name).write_bytes(b"x")
    (tmp_path / "链接.docx").symlink_to(tmp_path / "a.docx")
    assert [source for _, source in walk([tmp_path])] == ["a.docx", "乙/a.docx", "乙/b.docx", "链接.docx"]
    (record,) = EXTRACTOR.file(tmp_path / "链接.docx", "链接.docx")
    assert (record.status, record.reason) == (Status.REJECTED, NOT_REGULAR)


def test_a_number_that_is_not_the_sum_the_form_asks_for_is_in_doubt() -> None:
    """The doubt stands at the total and tells what the parts come to; a right sum is accepted."""
    form = next(form for form in FORMS if form.name == VISITS)
    total = form.field("走访人数.团员青年").model_copy(update={"parts": ("走访人数.团干部",)})
    fields = tuple(total if field.path == total.path else field for field in form.fields)
    extractor = Extractor((form.model_copy(update={"fields": fields}),))
    for said, codes in (("5", ["sum_mismatch"]), ("3", [])):
        rows = [["走访人数", "团干部", "3"], ["走访人数", "团员青年", said], ["基层团组织工作亮点", "好"]]
        (record,) = extractor.content(docx(p(VISITS) + tbl(["姓名", "钱多多", ""], *rows)), "a.docx")
        assert record.submission is not None
        reading = next(r for r in record.submission.readings if r.field == total.path)
        assert (reading.value, [d.code for d in reading.doubts]) == (int(said), codes)


def test_a_defect_of_ours_tells_nothing_of_what_the_file_says(monkeypatch: pytest.MonkeyPatch) -> None:
    """An exception may quote an answer; the refusal names its kind alone."""

    def fail(_: bytes) -> Document:
        raise ValueError("13800000000")

    monkeypatch.setitem(READERS, "txt", fail)
    record = only("电话 13800000000".encode(), "a.txt")
    assert record.reason == "读取时程序出错（ValueError），原件已保留，请把文件发给维护的人"


def test_a_text_of_nothing_but_colons_ends_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read a dump of 20,000 would-be labels under a form's title within five seconds of CPU, and lose none of it."""
    ends = "甲乙丙丁戊己庚"
    lines = [
        "整改措施：改",
        *(f"活动情况{ends[number % len(ends)]}{number}：某某乡{number}" for number in range(20_000)),
    ]
    compared: list[str] = []

    def counted(slot: Slot, anchor: Anchor) -> float:
        compared.append(anchor.text)
        return alike(slot, anchor)

    monkeypatch.setattr(rewording, "alike", counted)
    begun = time.process_time()
    record = only("\n".join([TOURS, *lines]).encode(), "a.txt")
    assert time.process_time() - begun < 5
    assert 0 < len(set(compared)) <= 1_000
    assert record.status is Status.REVIEW
    told = str(record.submission)
    assert all(line.partition("：")[2] in told for line in lines[::500])
