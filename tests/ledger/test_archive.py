"""Returned files are kept byte for byte under their hash, whole or not at all."""

from __future__ import annotations

import errno
import hashlib
import os
from pathlib import Path

import pytest

from ledger import LedgerError, drop, keep, sweep
from ledger.archive import place

DATA = b"PK\x03\x04 a return"
SHA = hashlib.sha256(DATA).hexdigest()


def test_bytes_are_kept_under_their_hash(tmp_path: Path) -> None:
    """Two digits of folder, the hash, the suffix; keeping twice is keeping once."""
    for _ in range(2):
        assert keep(tmp_path, DATA, ".DOCX") == (SHA, f"归档/{SHA[:2]}/{SHA}.docx")
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert [(path.name, path.read_bytes()) for path in files] == [(f"{SHA}.docx", DATA)]


@pytest.mark.parametrize(
    ("suffix", "kept"),
    [
        (".docx", ".docx"),
        (".7Z", ".7z"),
        ("", ""),
        (".", ""),
        (".doc x", ""),
        (".docx.", ""),
        ("./../x", ""),
        (".a:b", ""),
        (".文档", ""),
        (".\udc80", ""),
        (".\x00", ""),
        (".docx\n", ""),
        ("." + "x" * 11, ""),
    ],
)
def test_a_suffix_from_outside_is_cleaned(suffix: str, kept: str) -> None:
    """It names a file of ours, so it is a dot and a few letters or digits, or nothing."""
    assert place(SHA, suffix) == f"归档/{SHA[:2]}/{SHA}{kept}"


def test_what_is_kept_is_never_written_again(tmp_path: Path) -> None:
    """A damaged original is told, not replaced in silence."""
    path = tmp_path / keep(tmp_path, DATA, ".docx")[1]
    path.write_bytes(DATA[:-1])
    with pytest.raises(
        LedgerError, match=r"归档里的原件与其编号不符，可能已损坏：.+请从备份恢复它"
    ) as caught:
        keep(tmp_path, DATA, ".docx")
    assert caught.value.exit_code == 3
    assert path.read_bytes() == DATA[:-1]


@pytest.mark.parametrize("call", ["fsync", "replace"])
def test_a_full_disk_leaves_nothing_half_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    """Whichever step fails: no file under the hash, no rest, a sentence."""
    (tmp_path / "归档" / SHA[:2]).mkdir(parents=True)

    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "full")

    with monkeypatch.context() as broken:
        broken.setattr(os, "fsync", refuse) if call == "fsync" else broken.setattr(Path, "replace", refuse)
        with pytest.raises(LedgerError, match="磁盘已满，台账未改动"):
            keep(tmp_path, DATA, ".docx")
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
    assert keep(tmp_path, DATA, ".docx")[0] == SHA


def test_a_file_in_the_folders_place(tmp_path: Path) -> None:
    """归档 is a file: told, not overwritten."""
    (tmp_path / "归档").write_text("x")
    with pytest.raises(LedgerError, match="写不进去，台账未改动"):
        keep(tmp_path, DATA, ".docx")
    assert (tmp_path / "归档").read_text() == "x"


def test_bytes_are_on_disk_before_they_have_their_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Sync, rename, sync of the folder: in this order, or a power cut leaves a name without bytes."""
    steps: list[str] = []
    sync, replace = os.fsync, Path.replace
    (tmp_path / "归档" / SHA[:2]).mkdir(parents=True)

    def synced(descriptor: int) -> None:
        steps.append("sync")
        sync(descriptor)

    def replaced(path: Path, target: Path) -> Path:
        assert path.read_bytes() == DATA
        steps.append("replace")
        return replace(path, target)

    monkeypatch.setattr(os, "fsync", synced)
    monkeypatch.setattr(Path, "replace", replaced)
    keep(tmp_path, DATA, ".docx")
    assert steps[:2] == ["sync", "replace"]
    assert steps[2:] == ([] if os.name == "nt" else ["sync"])


def test_unfinished_rests_are_swept_and_kept_files_stay(tmp_path: Path) -> None:
    """What a killed run left; and ``drop`` takes one file only."""
    _, kept = keep(tmp_path, DATA, ".docx")
    _, other = keep(tmp_path, b"other", ".xlsx")
    rest = tmp_path / f"{kept}.4711.part"
    rest.write_bytes(DATA[:3])
    sweep(tmp_path)
    sweep(tmp_path / "归档")  # no archive yet
    assert not rest.exists()
    drop(tmp_path, other)
    drop(tmp_path, other)
    assert (tmp_path / kept).read_bytes() == DATA
    assert not (tmp_path / other).exists()
