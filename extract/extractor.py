"""From a file to its records: sniff, read, align, identify, check. One bad file is a record, never an exception.

The only module that touches the disk, and only to read the file it is given.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Protocol

from forms import (
    Doubt,
    Field,
    FieldKind,
    Form,
    GroupRow,
    Leftover,
    Place,
    Reading,
    Record,
    Role,
    Status,
    Submission,
    Work,
    doubt,
    sum_doubts,
)

from . import limits
from .containers.archives import (
    BODY,
    CUT,
    THE_REST,
    Budget,
    Opened,
    Opener,
    open_7z,
    open_rar,
    open_zip,
    unique,
    unsafe_name,
)
from .fingerprints import Photo, beside, shared_out
from .gate import BROKEN
from .late import late
from .matching.align import Aligned, align
from .matching.layout import TOTALS, Layout, layouts_of
from .matching.remarks import TELLS_HOW
from .model import Document
from .quoted import answered_between, between, settled
from .readers.word.docx import read_word
from .sniff import PICTURE, misnamed, passed_over, refusal, sniff
from .unreadable import UnreadableError
from .values.choices import says_more
from .values.identify import Clues, Identifier
from .walking import NOT_REGULAR, in_bytes, regular, unreadable

READER_VERSION = "1"
"""Changes when the same bytes are read otherwise than before: then what could not be read is read again."""

Reader = Callable[[bytes], Document]


READERS: dict[str, Reader] = {
    "docx": read_word,
    "xlsx": late("readers.excel.xlsx", "read_excel"),
    "doc": late("readers.word.doc", "read_legacy_word"),
    "xls": late("readers.excel.xls", "read_legacy_excel"),
    "rtf": late("readers.rtf", "read_rtf"),
    "odt": late("readers.opendocument.reader", "read_text_document"),
    "ods": late("readers.opendocument.reader", "read_sheets"),
    "html": late("readers.web.page", "read_web_page"),
    "mht": late("readers.web.archive", "read_web_archive"),
    "pdf": late("readers.pdf.reader", "read_pdf"),
    "flatword": late("readers.word.flat", "read_flat_word"),
    "flatexcel": late("readers.excel.flat", "read_flat_excel"),
    "flatodt": late("readers.opendocument.flat", "read_flat_text"),
    "flatods": late("readers.opendocument.flat", "read_flat_sheets"),
    "csv": late("readers.plaintext", "read_csv"),
    "txt": late("readers.plaintext", "read_text"),
}
CONTAINERS: dict[str, Opener] = {
    "zip": open_zip,
    "7z": open_7z,
    "rar": open_rar,
    "eml": late("containers.mail", "open_mail"),
    "mbox": late("containers.mail", "open_mbox"),
    "msg": late("containers.mail", "open_msg"),
    "tnef": late("containers.mail", "open_tnef"),
}
_NOTICED = {
    "tracked": "tracked",
    "hidden": "hidden_text",
    "comments": "comments",
    "far": "far_cells",
    "gaps": "layout_guessed",
    "overrun": "layout_overrun",
    "scanned": "page_scanned",
    "unended": "unended",
}
TOO_LARGE = f"文件过大（超过 {limits.FILE // limits.MIB} MB），不像是报表，没有打开"
_ROUNDING = 0.005
_WORDY = 12  # characters of leftover that may be an answer
_SPOKEN = 30  # characters of leftover in one cell that are no blank's
_FILLED = 3  # cells with text of their own that no blank has
_OPEN = frozenset(
    ("choice_none", "required_missing", "position_guessed", "label_guessed", "text_joined", "more_beside")
)  # doubts about what nobody has written, and about where it should stand
_PASSED_OVER = "临时文件或系统文件，不是报送材料"
_NOT_A_FORM = "不是报告单：里面没有任何一种表单的栏目，请核对是否发错了文件"


class Source(Protocol):
    """Anything that gives bytes, such as a path."""

    def read_bytes(self) -> bytes:
        """Return the whole content."""
        ...


@dataclass(frozen=True, slots=True)
class Envelope:
    """What a file came in: the hash of the outermost file, what may still be unpacked, and who sent it.

    ``photos`` gathers the pictures met on the way.
    """

    sha256: str
    budget: Budget
    photos: list[Photo]
    depth: int = 0
    sender: str = ""
    subject: str = ""

    def within(self, opened: Opened) -> Envelope:
        """Return the envelope of the members of ``opened``; the innermost mail says who sent them."""
        return Envelope(
            self.sha256,
            self.budget,
            self.photos,
            self.depth + 1,
            opened.sender or self.sender,
            opened.subject or self.subject,
        )

    def refused(self, source: str, reason: str) -> Record:
        """Return the record of a file that could not be read."""
        return Record(source, self.sha256, 1, Status.REJECTED, reason=reason)


class Extractor:
    """Reads files for one work, or for the catalogue alone. Holds no state of the files read; can be pickled."""

    def __init__(self, forms: tuple[Form, ...], work: Work | None = None) -> None:
        """Prepare the layouts of ``forms``; raise ``TemplateError`` when a template does not fit its YAML."""
        self._layouts = layouts_of(forms)
        self._identifier = Identifier(work)
        self._work = work

    def file(self, path: Source, source: str) -> tuple[Record, ...]:
        """Read one file; ``source`` is the path that the records show. At least one record comes back."""
        if passed_over(source):
            return (Record(source, "", 1, Status.IGNORED, reason=_PASSED_OVER),)
        try:
            if isinstance(path, Path) and not regular(path):
                return (Record(source, "", 1, Status.REJECTED, reason=NOT_REGULAR),)
            if isinstance(path, Path) and path.stat().st_size > limits.FILE:
                return (Record(source, "", 1, Status.REJECTED, reason=TOO_LARGE),)
            data = path.read_bytes()
        except OSError:
            reason = "打不开，可能被别的程序占用或没有权限，请关闭后再试"
            return (Record(source, "", 1, Status.REJECTED, reason=reason),)
        return self.content(data, source)

    def content(self, data: bytes, source: str) -> tuple[Record, ...]:
        """Read the bytes of one file, or of all members of a container, sorted by their sources."""
        envelope = Envelope(hashlib.sha256(data).hexdigest(), Budget(), [])
        if len(data) > limits.FILE:
            return (envelope.refused(source, TOO_LARGE),)
        read = sorted(self._read(data, source, envelope), key=lambda record: (record.source, record.part))
        return tuple(beside(read, envelope.photos))

    def _read(self, data: bytes, source: str, envelope: Envelope) -> Iterator[Record]:
        try:
            kind = sniff(data)
            if kind in CONTAINERS:
                yield from self._unpacked(CONTAINERS[kind](data, envelope.budget), source, envelope)
            elif kind in READERS:
                document = READERS[kind](data)
                if "cut" in document.notices:  # half of a number is another number
                    raise UnreadableError(BROKEN)
                yield from self._aligned(document, source, envelope, kind)
            else:
                self._photographed(data, source, envelope, kind)
                yield envelope.refused(source, refusal(kind))
        except UnreadableError as error:
            yield envelope.refused(source, str(error))
        except MemoryError:
            raise  # whoever set the limit says what it means
        except Exception as error:  # noqa: BLE001 - a defect of ours must not stop the other files; it is told, not hidden
            yield envelope.refused(
                source, f"读取时程序出错（{type(error).__name__}），原件已保留，请把文件发给维护的人"
            )

    @staticmethod
    def _photographed(data: bytes, source: str, envelope: Envelope, kind: str) -> None:
        """Note what a picture inside a container is known by, for the form that came with it."""
        if kind == PICTURE and envelope.depth:
            from .readers.pictures import fingerprint

            found = fingerprint(data, Place(source))
            envelope.photos.extend([(source, found)] if found else ())

    def _unpacked(self, opened: Opened, source: str, envelope: Envelope) -> Iterator[Record]:
        """Read the members of a container; a mail's own text counts only when it is a form."""
        if envelope.depth == limits.DEPTH:
            raise UnreadableError("压缩包嵌套过深，没有打开，请对方直接发送文件")
        if not opened.members:
            yield Record(source, envelope.sha256, 1, Status.IGNORED, reason="里面没有附件，也没有文件")
        inner = envelope.within(opened)
        read: list[Record] = []
        for name, member in unique(opened.members):
            place = f"{source}!{name}"
            if member.refusal:
                read.append(inner.refused(place, member.refusal))
            elif passed_over(name):
                read.append(Record(place, envelope.sha256, 1, Status.IGNORED, reason=_PASSED_OVER))
            elif name.rpartition("!")[2] == BODY:  # also that of a message inside one of Outlook's
                own = self._read(member.data, place, inner) if member.data.strip() else ()
                read += map(self._body, own)
            else:
                read += self._read(member.data, place, inner)
        for name, member in unique(opened.members):
            if member.quoted:
                from .containers.quoting import is_forward

                place = f"{source}!{name}"
                forwarded = is_forward(opened.subject, member.quoted)
                quoted = list(self._read(member.quoted, place, inner))
                if answered_between(read, quoted, place) and member.mixed:
                    quoted, read = between(list(self._read(member.mixed, place, inner)), quoted, read, place)
                read = settled(read, quoted, place, forwarded)
        yield from _with_end(read, source, inner) if opened.unended else read

    @staticmethod
    def _body(record: Record) -> Record:
        if record.submission is not None and record.submission.form is not None:
            return record
        return replace(record, status=Status.IGNORED, reason="邮件正文，不是填好的表")

    def _aligned(self, document: Document, source: str, envelope: Envelope, kind: str) -> Iterator[Record]:
        notices = list(_noticed(document))
        unsafe = next(filter(unsafe_name, source.split("!")[1:]), None)
        if unsafe is not None:
            notices.append(doubt("unsafe_name", None, name=unsafe))
        if unreadable(source):
            notices.append(doubt("name_unreadable", None, name=in_bytes(source)))
        if misnamed(source, kind) and not source.endswith(f"!{BODY}"):
            notices.append(doubt("suffix", None, kind=kind))
        found = align(document, self._layouts, self._identifier.year(document.identity))
        origin = document, envelope
        read = [
            self._record(Record(source, envelope.sha256, part, Status.ACCEPTED), aligned, origin, notices)
            for part, aligned in enumerate(found, start=1)
        ]
        yield from shared_out(read, document.fingerprints)

    def _record(
        self, record: Record, aligned: Aligned, origin: tuple[Document, Envelope], notices: list[Doubt]
    ) -> Record:
        if aligned.layout is None and not aligned.labelled:
            submission = Submission(None, None, None, leftover=tuple(aligned.leftover))
            return replace(record, status=Status.REJECTED, submission=submission, reason=_NOT_A_FORM)
        submission = self._submission(record.source, aligned, origin, notices)
        status = Status.REVIEW if submission.all_doubts() else Status.ACCEPTED
        return replace(record, status=status, submission=submission)

    def _submission(
        self, source: str, aligned: Aligned, origin: tuple[Document, Envelope], notices: list[Doubt]
    ) -> Submission:
        document, envelope = origin
        _drop_unticked(aligned)
        leftover, known = tuple(aligned.leftover), tuple(aligned.known)
        if aligned.layout is None:
            return Submission(
                None, None, None, (), (), leftover, known, doubts=(doubt("unknown_form"), *notices)
            )
        form = aligned.layout.form
        lines = tuple(item.text for item in aligned.leftover if item.kind == "正文" and len(item.text) <= 60)
        told = tuple(aligned.readings), tuple(aligned.titles), lines
        entries = (reading.value for row in aligned.rows for reading in row.readings)
        days = tuple(value for value in entries if isinstance(value, date))
        clues = Clues(
            source,
            document.identity,
            *told,
            envelope.sender,
            envelope.subject,
            aligned.sheet,
            aligned.among,
            days,
            aligned.several,
        )
        identified = self._identifier.identify(form, clues)
        readings = tuple(aligned.readings)
        if _unfilled(aligned):
            doubts: tuple[Doubt, ...] = (doubt("unfilled"), *identified.doubts)
            readings = tuple(replace(reading, doubts=()) for reading in readings)
        else:
            doubts = (*notices, *aligned.doubts, *identified.doubts, *_checked(aligned.layout, aligned))
            count = sum(item.kind == "正文" and item.text not in identified.spoken for item in leftover)
            doubts += (doubt("leftover", None, count=count),) if count else ()
            readings = _summed(form.fields, readings)
        return Submission(
            form.name,
            identified.unit,
            identified.period,
            readings,
            tuple(_rows_summed(form, aligned.rows)),
            leftover,
            known,
            doubts,
            identified.evidence,
            _person(form, readings),
        )


def _with_end(read: Sequence[Record], source: str, mail: Envelope) -> Iterator[Record]:
    """Yield the records of a mail whose end is missing: its last form is doubted, or what may be missing is refused."""
    held = [number for number, record in enumerate(read) if record.submission and record.submission.form]
    for number, record in enumerate(read):
        submission = record.submission
        if submission is not None and held[-1:] == [number]:
            told = replace(submission, doubts=(*submission.doubts, doubt("unended")))
            yield replace(record, status=Status.REVIEW, submission=told)
        else:
            yield record
    if not held:
        yield mail.refused(f"{source}!{THE_REST}", CUT)


def read_document(data: bytes) -> Document:
    """Return the neutral document of the bytes of one file; raise ``UnreadableError`` for a container or unknown format."""
    kind = sniff(data)
    if kind not in READERS:
        raise UnreadableError(refusal(kind))
    return READERS[kind](data)


def _summed(fields: Sequence[Field], readings: Iterable[Reading]) -> tuple[Reading, ...]:
    """Return ``readings`` with a doubt at each total that is not the sum of its parts."""
    found = tuple(readings)
    wrong = {d.field: d for d in sum_doubts(fields, {reading.field: reading.value for reading in found})}
    return tuple(
        replace(reading, doubts=(*reading.doubts, wrong[reading.field]))
        if reading.field in wrong
        else reading
        for reading in found
    )


def _rows_summed(form: Form, rows: Iterable[GroupRow]) -> Iterator[GroupRow]:
    groups = {group.name: group.fields for group in form.groups}
    for row in rows:
        yield replace(row, readings=_summed(groups.get(row.group, ()), row.readings))


def _person(form: Form, readings: Iterable[Reading]) -> str | None:
    """Return who filled the form in, without blanks, where it has a field for that."""
    field = form.with_role(Role.PERSON)
    said = next((r.value for r in readings if field is not None and r.field == field.path), None)
    return "".join(said.split()) or None if isinstance(said, str) else None


def _drop_unticked(aligned: Aligned) -> None:
    """Take away the rows of groups that hold nothing but boxes nobody ticked: the blank printed them.

    What somebody wrote among the boxes is left over.
    """
    empty = [
        row
        for row in aligned.rows
        if any(reading.doubts for reading in row.readings) and not any(map(_answered, row.readings))
    ]
    groups = aligned.layout.form.groups if empty and aligned.layout is not None else ()
    fields = {(group.name, field.path): field for group in groups for field in group.fields}
    for row in empty:
        for reading in row.readings:
            if says_more(fields[row.group, reading.field], reading.raw):
                aligned.leftover.append(Leftover(reading.raw, reading.place))
            else:
                aligned.known.append(reading.raw)
    aligned.rows = [row for row in aligned.rows if row not in empty]


def _noticed(document: Document) -> Iterator[Doubt]:
    for notice in document.notices:
        if notice in _NOTICED:
            yield doubt(_NOTICED[notice])
        elif notice.startswith("active:"):
            yield doubt("active_content", None, kind=notice.partition(":")[2])


def _unfilled(aligned: Aligned) -> bool:
    """Whether nothing is filled in beside what a blank carries of itself: unit, date, period."""
    layout = aligned.layout
    assert layout is not None  # noqa: S101 - asked only about a form
    if _withdrawn(aligned):
        return True
    own = {field.path for field in layout.form.fields if field.role in (Role.UNIT, Role.FILLED, Role.PERIOD)}
    filled = [reading for reading in aligned.readings if reading.field not in own and _answered(reading)]
    if filled or any(_answered(reading) for row in aligned.rows for reading in row.readings):
        return False
    written = [item for item in aligned.leftover if item.kind == "正文" and item.place.row]
    if any(len(item.text) >= _SPOKEN and not TELLS_HOW.search(item.text) for item in written):
        return False  # somebody answered, if not where the blank asks
    return len(written) < _FILLED  # text in cells that no label governs is no blank's


def _answered(reading: Reading) -> bool:
    """Whether a person has written something; boxes that nobody ticked are the blank's own."""
    return reading.value is not None or any(doubt.code not in _OPEN for doubt in reading.doubts)


def _withdrawn(aligned: Aligned) -> bool:
    """Whether all that was written is crossed out: a form that its author made void."""
    readings = [*aligned.readings, *(reading for row in aligned.rows for reading in row.readings)]
    struck = sum(any(doubt.code == "struck" for doubt in reading.doubts) for reading in readings)
    return struck > 1 and all(reading.value is None for reading in readings)


def _checked(layout: Layout, aligned: Aligned) -> Iterator[Doubt]:
    """Yield the doubts about required fields that have no answer."""
    readings = {reading.field: reading for reading in aligned.readings}
    spoken = any(item.kind == "正文" and len(item.text) >= _WORDY for item in aligned.leftover)
    for field in layout.form.fields:
        reading = readings.get(field.path)
        if not field.required:
            if reading is None and spoken:  # what is left over may be its answer under another name
                yield doubt("field_absent", field.path)
            continue
        if reading is None:
            yield doubt("field_absent", field.path)
        elif reading.value is None and not reading.doubts and field.kind is not FieldKind.CHOICES:
            yield doubt("required_missing", field.path)
    yield from _sums(layout, readings)
    for group in layout.form.groups:
        if group.required and not any(row.group == group.name for row in aligned.rows):
            yield doubt("required_missing", group.name)


def _sums(layout: Layout, readings: Mapping[str, Reading]) -> Iterator[Doubt]:
    """Yield a doubt for each total under a label that its neighbours do not add up to; only where all are numbers."""
    families: dict[tuple[str, ...], list[Field]] = {}
    for field in layout.form.fields:
        if field.parents and field.kind in (FieldKind.INTEGER, FieldKind.NUMBER, FieldKind.MONEY):
            families.setdefault(tuple(field.parents), []).append(field)
    for members in families.values():
        totals = [field for field in members if field.name in TOTALS]
        numbers = {f.path: readings[f.path].value for f in members if f.path in readings}
        parts = [numbers.get(field.path) for field in members if field.name not in TOTALS]
        if len(totals) != 1 or len(parts) < 2 or totals[0].parts is not None:
            continue
        told, values = numbers.get(totals[0].path), [part for part in parts if isinstance(part, int | float)]
        if (
            isinstance(told, int | float)
            and len(values) == len(parts)
            and abs(sum(values) - told) > _ROUNDING
        ):
            yield doubt("sum_wrong", totals[0].path, raw=f"{told:g}", total=f"{sum(values):g}")
