"""Containers: every member read once, by its own name, within one budget."""

from __future__ import annotations

import io
import zipfile

import py7zr
import pytest

from extract import Extractor
from extract.containers.archives import Budget, member_name, open_7z, open_zip, unique
from extract.unreadable import UnreadableError
from forms import Status
from tests.extract.neutral import FORMS, VISITS
from tests.wordfiles import docx, p

EXTRACTOR = Extractor(FORMS)


def zipped(*members: tuple[str, bytes], compress: int = zipfile.ZIP_STORED) -> bytes:
    """Return a zip with ``members``, names in UTF-8."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compress) as archive:
        for name, data in members:
            archive.writestr(zipfile.ZipInfo(name), data, compress)
    return out.getvalue()


def with_gbk_name(name: str, data: bytes) -> bytes:
    """Return a zip as Windows writes it: the name in GBK, no flag that says so."""
    raw = name.encode("gbk")
    placeholder = "x" * len(raw)
    return zipped((placeholder, data)).replace(placeholder.encode(), raw)


def report() -> bytes:
    """Return a small filled form as plain paragraphs."""
    lines = (VISITS, "填表时间：2020年7月8日", "姓名：李平", "单位职务：书记", "走访形式：座谈")
    return docx("".join(map(p, lines)))


def test_members_are_read_one_by_one() -> None:
    """Show each member as a source of its own, sorted, with the hash of the archive."""
    found = EXTRACTOR.content(zipped(("乙/附件1.docx", report()), ("甲.docx", report())), "七月.zip")
    assert [record.source for record in found] == ["七月.zip!乙/附件1.docx", "七月.zip!甲.docx"]
    assert len({record.sha256 for record in found}) == 1
    assert all(record.submission and record.submission.form == VISITS for record in found)


def test_names_in_gbk_are_read_as_their_sender_saw_them() -> None:
    """Decode a member's name that is GBK without saying so."""
    (record,) = EXTRACTOR.content(with_gbk_name("附件一.docx", report()), "a.zip")
    assert record.source == "a.zip!附件一.docx"


def test_two_members_of_one_name_are_two() -> None:
    """Read by entry: nothing is lost when a name stands twice."""
    with pytest.warns(UserWarning, match="Duplicate name"):
        data = zipped(("a.docx", report()), ("a.docx", docx(p("别的"))))
    assert [name for name, _ in unique(open_zip(data, Budget()).members)] == ["a.docx", "a.docx（2）"]


def test_a_stored_document_inside_is_not_taken_for_the_archive() -> None:
    """Tell a zip that holds a docx uncompressed from a docx."""
    (record,) = EXTRACTOR.content(zipped(("a.docx", report())), "b.zip")
    assert record.source == "b.zip!a.docx"


def test_lock_files_inside_are_passed_over() -> None:
    """Ignore an owner file and a Mac's shadow among the members."""
    found = EXTRACTOR.content(zipped(("~$a.docx", b"x"), ("__MACOSX/._a.docx", b"x")), "c.zip")
    assert {record.status for record in found} == {Status.IGNORED}


def test_an_encrypted_member_says_so() -> None:
    """Name the cause and the mend; the other members are read."""
    data = bytearray(zipped(("a.docx", report())))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(signature) if signature == b"PK\x03\x04" else data.rfind(signature)
        data[at + offset] |= 1
    (record,) = EXTRACTOR.content(bytes(data), "d.zip")
    assert record.status is Status.REJECTED
    assert record.reason == "压缩包已加密，请取消密码后重发"


@pytest.mark.parametrize("depth", [3, 5])
def test_depth_ends(depth: int) -> None:
    """Refuse archives within archives beyond any reason, with one record that says why."""
    data = report()
    for level in range(depth):
        data = zipped((f"{level}.zip" if level else "a.docx", data))
    (record,) = EXTRACTOR.content(data, "e.zip")
    assert (record.status is Status.REJECTED) == (depth > 3)
    assert depth == 3 or "嵌套过深" in str(record.reason)


def test_a_bomb_is_refused_before_it_is_inflated() -> None:
    """Refuse a member that would grow a thousandfold."""
    data = zipped(("a.docx", bytes(5 * 2**20)), compress=zipfile.ZIP_DEFLATED)
    with pytest.raises(UnreadableError, match="压缩炸弹"):
        open_zip(data, Budget())


def test_the_budget_is_one_for_the_whole_tree() -> None:
    """Count members of inner archives against the same budget."""
    budget = Budget(members=3)
    open_zip(zipped(("a", b"1"), ("b", b"2")), budget)
    with pytest.raises(UnreadableError, match="太多或太大"):
        open_zip(zipped(("a", b"1"), ("b", b"2")), budget)


def test_too_many_members_are_refused_before_the_first_is_inflated() -> None:
    """The directory tells how many there are: nothing is counted against the budget yet."""
    budget = Budget(members=2)
    with pytest.raises(UnreadableError, match="太多或太大"):
        open_zip(zipped(("a", b"1"), ("b", b"2"), ("c", b"3")), budget)
    assert budget.members == 2


def test_a_7z_is_read() -> None:
    """Unpack 7z in memory."""
    out = io.BytesIO()
    with py7zr.SevenZipFile(out, "w") as archive:
        archive.writestr(report(), "内/附件1.docx")
    (record,) = EXTRACTOR.content(out.getvalue(), "f.7z")
    assert record.source == "f.7z!内/附件1.docx"
    assert record.submission is not None


@pytest.mark.parametrize("cut", [20, 60, 200])
def test_a_torn_7z_is_refused(cut: int) -> None:
    """Say that an archive is broken."""
    out = io.BytesIO()
    with py7zr.SevenZipFile(out, "w") as archive:
        archive.writestr(report(), "a.docx")
    with pytest.raises(UnreadableError, match="损坏"):
        open_7z(out.getvalue()[:-cut], Budget())


def test_a_rar_without_its_program_says_what_to_do() -> None:
    """Refuse a broken rar by its cause."""
    (record,) = EXTRACTOR.content(b"Rar!\x1a\x07\x01\x00" + bytes(40), "g.rar")
    assert record.status is Status.REJECTED
    assert record.reason


def test_an_empty_archive_is_no_return() -> None:
    """Say that nothing was in it."""
    (record,) = EXTRACTOR.content(b"PK\x05\x06" + bytes(18), "h.zip")
    assert (record.status, record.reason) == (Status.IGNORED, "里面没有附件，也没有文件")


def test_names_fall_back_to_what_is_there() -> None:
    """Keep a name that no encoding explains."""
    entry = zipfile.ZipInfo("a.docx")
    assert member_name(entry) == "a.docx"
    entry = zipfile.ZipInfo("\u4e00.docx")
    entry.flag_bits = 0
    assert member_name(entry) == "\u4e00.docx"
