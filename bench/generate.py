"""CPU time of 1,000 personalised notices beside the floor and docxtpl's usual way, and of the summary of 10,000 returns.

``python -m bench.generate [--notices 1000] [--peer-notices 100] [--returns 10000] [--repeat 3]``. The floor of a notice:
the template zipped once, ``word/document.xml`` substituted and deflated, the other members copied as they are, the file
written. The floor of the summary: every value of every return looked at once. CPU is user + system of this process; the
ways take turns and the median of the rounds counts.
"""

from __future__ import annotations

import argparse
import io
import statistics
import struct
import sys
import tempfile
import time
import zipfile
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from xml.sax.saxutils import escape

from generate.notice import page
from generate.notice.merge import merge
from generate.summary.document import summary
from generate.word import styles

from .ledgers import ledger

BUDGET = 5.0
SECONDS = 5.0
_TAGS = ("单位", "联系人", "电话")


def letter(out: Path) -> Path:
    """Write the template of a covering letter of one page to ``out`` and return it."""
    document = page.new_document()
    page.title(document, "关于报送活力团建工作情况的函")
    page.paragraph(document, "{{ 单位 }}：", styles.ADDRESSEES)
    for _ in range(8):
        page.body(
            document,
            "请于每月二十八日前将走基层情况报告单报送市委办公室，联系人{{ 联系人 }}，电话{{ 电话 }}。" * 2,
        )
    return page.save(document, out)


def rows(number: int) -> tuple[Mapping[str, str], ...]:
    """Return invented values for ``number`` letters."""
    return tuple(
        {"单位": f"第{at}乡镇团委 A<B>&", "联系人": f"联系人{at}", "电话": f"0395-55{at:05d}"}
        for at in range(number)
    )


def floor(source: Path, values: Iterable[Mapping[str, str]], out: Path) -> None:
    """Substitute, deflate and write: nothing less makes a document that opens."""
    with zipfile.ZipFile(source) as archive:
        text = archive.read("word/document.xml").decode()
        others = {info.filename: archive.read(info) for info in archive.infolist()}
    del others["word/document.xml"]
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in others.items():
            archive.writestr(name, data)
        start = archive.start_dir
    records, tail = buffer.getvalue()[:start], buffer.getvalue()[start:]
    entries = tail[:-22]
    name = b"word/document.xml"
    for number, row in enumerate(values):
        filled = text
        for key in _TAGS:
            filled = filled.replace(f"{{{{ {key} }}}}", escape(row[key]))
        data = filled.encode()
        deflate = zlib.compressobj(-1, zlib.DEFLATED, -15)
        small = deflate.compress(data) + deflate.flush()
        head = struct.pack("<5H3L2H", 20, 0, 8, 0, 33, zlib.crc32(data), len(small), len(data), len(name), 0)
        local = b"PK\3\4" + head + name + small
        central = b"PK\1\2" + struct.pack("<H", 20) + head + struct.pack("<3H2L", 0, 0, 0, 0, start) + name
        size, count, at = len(entries) + len(central), len(others) + 1, start + len(local)
        end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, count, count, size, at, 0)
        (out / f"{number}.docx").write_bytes(records + local + entries + central + end)


def peer(source: Path, values: Iterable[Mapping[str, str]], out: Path) -> None:
    """Open, render and save with docxtpl, as its manual shows."""
    from docxtpl import DocxTemplate

    for number, row in enumerate(values):
        document = DocxTemplate(str(source))
        document.render(dict(row), autoescape=True)
        document.save(str(out / f"{number}.docx"))


def ours(source: Path, values: Iterable[Mapping[str, str]], out: Path) -> None:
    """Make the same letters with ``generate.notice.merge``."""
    for _ in merge(source, values, out, "单位"):
        pass


def cpu(work: Callable[[], object]) -> float:
    """Return the CPU seconds that ``work`` takes."""
    before = time.process_time()
    work()
    return time.process_time() - before


def notices(number: int, peers: int, repeat: int) -> float:
    """Measure and print the notices; return ours as a multiple of the floor."""
    values = rows(number)
    rounds = []
    with tempfile.TemporaryDirectory() as scratch:
        source = letter(Path(scratch) / "letter.docx")
        peer(source, values[:2], Path(scratch))  # imports are not counted
        for at in range(repeat):
            folders = [Path(scratch) / f"{name}{at}" for name in ("floor", "ours", "peer")]
            for folder in folders:
                folder.mkdir()
            a = cpu(lambda: floor(source, values, folders[0])) / number  # noqa: B023 - called at once
            b = cpu(lambda: ours(source, values, folders[1])) / number  # noqa: B023
            c = cpu(lambda: peer(source, values[:peers], folders[2])) / peers  # noqa: B023
            rounds.append((a, b, c))
    bare, made, usual = (statistics.median(column) for column in zip(*rounds, strict=True))
    print(f"{number} notices, CPU of one")
    for name, value in (("floor", bare), ("generate.notice.merge", made), (f"docxtpl ({peers})", usual)):
        print(f"  {name:<16}{value * 1000:8.2f} ms {value / bare:8.1f} x")
    return made / bare


def returns(number: int, repeat: int) -> float:
    """Measure and print the summary of ``number`` returns; return its CPU seconds."""
    view = ledger(number)

    def looked_at() -> int:
        return sum(len(reading.raw) for entry in view.entries for reading in entry.submission.readings)

    with tempfile.TemporaryDirectory() as scratch:
        out = Path(scratch) / "summary.docx"
        summary(ledger(20), 2020, out)  # imports are not counted
        bare = statistics.median(cpu(looked_at) for _ in range(repeat))
        made = statistics.median(
            cpu(lambda: summary(view, 2020, out, date(2020, 12, 31))) for _ in range(repeat)
        )
        size = out.stat().st_size
    print(f"summary of {number} returns of {len(view.work.units)} units, {size / 1000:.0f} KB")
    for name, value in (("floor", bare), ("generate.summary.document", made)):
        print(f"  {name:<16}{value:8.2f} s  {value / bare:8.1f} x")
    return made


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print; exit 1 when over a budget."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--notices", type=int, default=1000)
    parser.add_argument("--peer-notices", type=int, default=100)
    parser.add_argument("--returns", type=int, default=10000)
    parser.add_argument("--repeat", type=int, default=3)
    asked = parser.parse_args(arguments)
    ratio = notices(asked.notices, asked.peer_notices, asked.repeat)
    seconds = returns(asked.returns, asked.repeat)
    sys.exit(ratio > BUDGET or seconds > SECONDS)


if __name__ == "__main__":
    main()
