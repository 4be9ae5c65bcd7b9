"""What was read out of a returned file: values with their places and doubts, and the text that found no field.

Plain frozen values; knows nothing of file formats and nothing of the ledger.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from .doubts import Doubt

Scalar = str | int | float | date | tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a text stands in its file: ``part`` names the table, sheet or text region, rows and columns count from 1.

    ``row`` and ``column`` are 0 outside a grid; ``paragraph`` counts the paragraphs of that part or cell from 1.
    """

    part: str
    row: int = 0
    column: int = 0
    paragraph: int = 0

    def __str__(self) -> str:
        """Return the place as a person would say it: ``表1 第6行第3列``, ``正文 第2段``."""
        if self.row:
            return f"{self.part} 第{self.row}行第{self.column}列"
        return f"{self.part} 第{self.paragraph}段" if self.paragraph else self.part


@dataclass(frozen=True, slots=True)
class Reading:
    """A field's value as read: typed value, raw text, place and doubts; without a place there is no reading."""

    field: str
    value: Scalar
    raw: str
    place: Place
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True, slots=True)
class GroupRow:
    """One row of a repeating group; the fields of its readings are sub-paths."""

    group: str
    number: int
    readings: tuple[Reading, ...]


@dataclass(frozen=True, slots=True)
class Leftover:
    """Text that is neither a value nor known text of the form; ``kind`` says what it was (``正文``, ``批注``, ``隐藏行`` …)."""

    text: str
    place: Place
    kind: str = "正文"


class Origin(StrEnum):
    """What a fingerprint is of."""

    PICTURE = "picture"
    SAVED = "saved"


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What tells where a file comes from, beside its answers: a picture in it, or who saved it last.

    ``value`` is a hash of the picture's bytes, or the name as the file's properties have it. ``look`` are the 256 bits, in
    hexadecimal, of how the picture looks (``extract.readers.pictures``), empty where that cannot be told.
    """

    kind: Origin
    value: str
    place: Place
    look: str = ""


@dataclass(frozen=True, slots=True)
class Submission:
    """One filled form found in a document. ``known`` is the text recognised as the form's own, in reading order.

    ``person`` is who fills the form in where each person of a unit sends his or her own (用途 填报人), else none.
    ``evidence`` tells, for unit and period, where each was found (``填表时间 2020年7月8日``).
    """

    form: str | None
    unit: str | None
    period: str | None
    readings: tuple[Reading, ...] = ()
    rows: tuple[GroupRow, ...] = ()
    leftover: tuple[Leftover, ...] = ()
    known: tuple[str, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    evidence: tuple[str, ...] = ()
    person: str | None = None
    fingerprints: tuple[Fingerprint, ...] = ()

    def all_readings(self) -> Iterator[Reading]:
        """Yield the readings of the fields, then those of the rows of groups."""
        yield from self.readings
        for row in self.rows:
            yield from row.readings

    def all_doubts(self) -> tuple[Doubt, ...]:
        """Return the doubts of the whole submission, then those of its readings, in order."""
        return self.doubts + tuple(doubt for reading in self.all_readings() for doubt in reading.doubts)

    @property
    def blank(self) -> bool:
        """Whether the form came back unfilled."""
        return any(doubt.code == "unfilled" for doubt in self.doubts)


class Status(StrEnum):
    """What became of a file."""

    ACCEPTED = "accepted"
    REVIEW = "review"
    REJECTED = "rejected"
    IGNORED = "ignored"

    @property
    def label(self) -> str:
        """The Chinese word that a clerk sees."""
        return {"accepted": "已读", "review": "待核对", "rejected": "未收", "ignored": "略过"}[self.value]


@dataclass(frozen=True, slots=True)
class Record:
    """One line of ``hongtou extract``: a submission, or a file that holds none and the ``reason`` why.

    ``source`` is the path as the contract writes it, ``sha256`` the hash of the outermost file, ``part`` counts from 1.
    """

    source: str
    sha256: str
    part: int
    status: Status
    submission: Submission | None = None
    reason: str | None = None
