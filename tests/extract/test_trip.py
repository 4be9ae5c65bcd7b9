"""A learned form filled, saved by LibreOffice in every format, and read: every value comes back, or is doubted."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract.learning import learn
from tests.extract.learning.test_learn import excel_blank, word_blank
from tests.extract.test_learn_layouts import word
from tests.rendering import needs_soffice
from tests.trip import FORMATS, Trip, convert, trips

REAL = Path(__file__).resolve().parents[3] / "shared" / "data" / "real"
OWN = (
    ("登记.docx", word_blank()),
    (
        "履历.docx",
        word(
            [
                ("姓名", "", "性别", "□男 □女", "近期免冠\n照片"),
                ("联系电话", "", "身份证号", "", "近期免冠\n照片"),
                ("学习经历", None, None, None, None),
                ("起止年月", "学校", "专业", "证明人", "备注"),
                *(("", "", "", "", ""),) * 2,
                ("工作经历", None, None, None, None),
                ("起止年月", "单位", "职务", "证明人", "备注"),
                *(("", "", "", "", ""),) * 2,
                ("单位意见：\n\n单位盖章\n    年   月   日", None, None, None, None),
            ],
            ("青年骨干登记表", "填报单位：            填报日期：    年  月  日"),
        ),
    ),
)


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> list[Trip]:
    """Send our own blanks on their way, all formats in one folder."""
    return trips(OWN, tmp_path_factory.mktemp("trip"))


@needs_soffice
@pytest.mark.parametrize("kind", ["docx", *FORMATS])
def test_every_value_comes_back_from_every_format(found: list[Trip], kind: str) -> None:
    mine = [trip for trip in found if trip.format == kind]
    assert [(trip.form, trip.silent, trip.doubted) for trip in mine] == [(trip.form, [], 0) for trip in mine]
    assert sum(trip.returned for trip in mine) == sum(trip.filled for trip in mine) > 40


@needs_soffice
@pytest.mark.skipif(not REAL.is_dir(), reason="the real files (shared/data/real) are not beside the checkout")
def test_real_forms_come_back_whole_from_word_and_as_pdf(tmp_path: Path) -> None:
    blanks = [
        (path.name, path.read_bytes())
        for path in sorted(REAL.iterdir())
        if path.name[:2] in ("09", "11", "23", "25", "26", "27", "29", "30")
    ]
    found = trips(blanks, tmp_path, ("doc", "pdf"))
    assert [(t.form, t.format, t.silent, t.doubted) for t in found if t.returned != t.filled] == []
    assert len(found) > 20


@needs_soffice
def test_blanks_in_old_formats_and_pdf_are_learned_as_the_new_ones(tmp_path: Path) -> None:
    """A doc, a pdf and an xls of the same blanks give the same fields, kinds and groups."""
    for name, data in (("词.docx", word_blank()), ("表.xlsx", excel_blank())):
        (tmp_path / name).write_bytes(data)
    for name, kind in (("词.docx", "doc"), ("词.docx", "pdf"), ("表.xlsx", "xls")):
        convert([tmp_path / name], kind, tmp_path)
        old = tmp_path / f"{Path(name).stem}.{kind}"
        told = [
            [
                (spot.group, spot.path, spot.kind, spot.options)
                for spot in learn(path.read_bytes(), name).spots
            ]
            for path in (tmp_path / name, old)
        ]
        assert told[0] == told[1], kind
    assert learn((tmp_path / "表.xls").read_bytes(), "表.xls").suffix == ".xlsx"
