"""Compares what ``hongtou extract`` read with the true values of a sample: every field right, or in doubt, or wrong in silence.

Works on the JSON of both sides and knows nothing of how a file is read. Texts are compared without white space;
besides, drawings of one sign count as one (☐ □, ✓ √) and the name of a picture in brackets (〔图片…〕) counts as nothing.
``python -m samples.compare WORKFOLDER RECORDS.jsonl`` prints the result for each deviation and in all.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import Any

from .verdict import Comparison, Finding, Verdict, table

TRUTH = "真值.json"
Json = dict[str, Any]
_SIGNS = str.maketrans({"☐": "□", "🗹": "☑", "✓": "√", "✔": "√", "✗": "×", "✘": "×", "☒": "×"})
_PICTURE = re.compile(r"[〔\[［（【]图片[^〕\]］）】]*[〕\]］）】]")
_ABOUT = {"form": "表单", "unit": "单位", "period": "报送期"}


def compare(records: Iterable[Json], truth: Sequence[Json]) -> Comparison:
    """Compare the records of ``hongtou extract`` with the entries of 真值.json; both name sources alike."""
    by_source: dict[str, list[Json]] = {}
    for record in records:
        by_source.setdefault(record["source"], []).append(record)
    findings: list[Finding] = []
    for source, entries in groupby(truth, key=lambda entry: str(entry["source"])):
        findings += _file(list(entries), by_source.pop(source, []))
    for source, found in by_source.items():
        findings += [
            Finding(source, r["part"], "", Verdict.ADDED, None, r.get("form")) for r in found if _filled(r)
        ]
    return Comparison(tuple(findings))


def _file(entries: list[Json], records: list[Json]) -> Iterator[Finding]:
    """Yield the findings of one file: its submissions paired with the records that resemble them most."""
    pool = list(records)
    for entry in entries:
        if not entry["form"]:
            yield from _no_form(entry, records)
            return
        best = max(pool, key=partial(_likeness, entry), default=None)
        if best is None or not _likeness(entry, best):
            yield _finding(entry, "", Verdict.LOST, f"{entry['unit']} {entry['period']}")
            continue
        pool.remove(best)
        yield from _submission(entry, best)
    yield from (_finding(entries[0], "", Verdict.ADDED, None, r.get("form")) for r in pool if _filled(r))
    yield from _texts(entries, records)


def _no_form(entry: Json, records: list[Json]) -> Iterator[Finding]:
    """Yield the findings on a file that holds no form: it must be there with its status, and hold no values."""
    if not records:
        yield _finding(entry, "", Verdict.LOST, entry["expect"])
    for record in records:
        # a document without a form may be shown to a person or refused; both say so
        allowed = ("ignored",) if entry["expect"] == "ignored" else ("review", "rejected")
        told = record.get("reason") or _issues(record)
        if _filled(record) or record["status"] not in allowed or not told:
            yield _finding(entry, "", Verdict.ADDED, entry["expect"], record["status"])
        else:
            yield _finding(entry, "结果", Verdict.RIGHT, entry["expect"], record["status"])
        if record["status"] == "review":
            yield from _texts([entry], records)


def _likeness(entry: Json, record: Json) -> int:
    """Return how much ``record`` looks like the submission ``entry``; 0 for a record that is none."""
    if record["status"] in ("rejected", "ignored") or not record.get("form"):
        return 0
    same = sum(
        value is not None and _equal(entry, path, value, _value(record, path))
        for path, value in entry["values"].items()
    )
    period, form = record["period"] == entry["period"], record["form"] == entry["form"]
    return 1 + same + 4 * int(period) + 20 * int(form)


def _submission(entry: Json, record: Json) -> Iterator[Finding]:
    for key, name in _ABOUT.items():
        right = record[key] == entry[key]
        doubted = any(
            str(issue["code"]).startswith((f"{key}_", "unknown_form", "not_due")) for issue in _issues(record)
        )
        wanted = key in entry["doubts"]
        yield _finding(entry, name, _verdict(right, doubted, wanted), entry[key], record[key])
    asked, wanted = record["status"] == "review", entry["expect"] == "review"
    yield _finding(entry, "状态", _verdict(True, asked, wanted), entry["expect"], record["status"])
    if entry.get("blank"):
        told = record["status"] == "review" and bool(_issues(record))
        yield _finding(entry, "未填", Verdict.RIGHT if told else Verdict.SILENT, "review", record["status"])
    for path, value in entry["values"].items():
        found = _value(record, path)
        right = _equal(entry, path, value, found)
        doubted = _doubted(record, path)
        # an empty answer may always be asked about
        wanted = path in entry["doubts"] or (value is None and doubted)
        yield _finding(entry, path, _verdict(right, doubted, wanted), value, found)
    for path in record.get("values") or {}:
        if path not in entry["values"] and _value(record, path) is not None:
            yield _finding(entry, path, Verdict.SILENT, None, _value(record, path))


def _verdict(right: bool, doubted: bool, wanted: bool) -> Verdict:
    if not right:
        return Verdict.DOUBTED if doubted else Verdict.SILENT
    if wanted != doubted:
        return Verdict.NO_DOUBT if wanted else Verdict.EXTRA_DOUBT
    return Verdict.RIGHT


def _texts(entries: list[Json], records: list[Json]) -> Iterator[Finding]:
    """Yield lost texts (neither value nor leftover of the file) and leaked ones (hidden or deleted, yet a value)."""
    kept = _fold("".join(text for record in records for text in _all_texts(record)))
    values = [
        _fold(_joined(_value(record, path))) for record in records for path in record.get("values") or {}
    ]
    first = entries[0]
    for entry in entries:
        for path, line in _visible(entry):
            if _fold(line) not in kept:
                yield _finding(entry, path, Verdict.LOST_TEXT, line)
    for text in first.get("leftover", ()):
        if _fold(text) not in kept:
            yield _finding(first, "剩余文字", Verdict.LOST_TEXT, text)
    for text in first.get("never", ()):
        if any(_fold(text) in value for value in values):
            yield _finding(first, "剩余文字", Verdict.LEAKED, None, text)


def _visible(entry: Json) -> Iterator[tuple[str, str]]:
    """Yield the lines of the answers as they stand in the document: typed texts, and true texts that are no dates."""
    for path, value in entry["values"].items():
        text = entry.get("typed", {}).get(path, value)
        if isinstance(text, str) and not _is_date(text):
            yield from ((path, line) for line in text.split("\n"))


def _all_texts(record: Json) -> Iterator[str]:
    for reading in (record.get("values") or {}).values():
        if isinstance(reading, dict):
            yield from (_joined(reading.get("value")), _joined(reading.get("raw")))
        else:
            yield json.dumps(reading, ensure_ascii=False)
    yield from (left["text"] for left in record.get("leftover") or ())


def _joined(value: object) -> str:
    return "、".join(map(str, value)) if isinstance(value, list) else str(value or "")


def _is_date(value: str) -> bool:
    return re.fullmatch(r"\d{4}-\d\d-\d\d", value) is not None


def _filled(record: Json) -> bool:
    return any(_value(record, path) is not None for path in record.get("values") or {})


def _value(record: Json, path: str) -> object:
    reading = (record.get("values") or {}).get(path)
    return reading.get("value") if isinstance(reading, dict) else reading


def _issues(record: Json) -> list[Json]:
    return list(record.get("issues") or ())


def _doubted(record: Json, path: str) -> bool:
    reading = (record.get("values") or {}).get(path)
    own = bool(reading.get("doubts")) if isinstance(reading, dict) else False
    return own or any(issue["field"] == path for issue in _issues(record))


def _equal(entry: Json, path: str, expected: object, found: object) -> bool:
    if found in ("", []) or found is None:
        return expected in (None, "")
    if isinstance(expected, str | None) and isinstance(found, str):
        rightly = (expected or "", *entry.get("also", {}).get(path, ()))
        return _fold(found) in map(_fold, rightly)
    return type(expected) is type(found) and expected == found


def _fold(text: str) -> str:
    return re.sub(r"\s", "", _PICTURE.sub("", text).translate(_SIGNS))


def _finding(entry: Json, field: str, verdict: Verdict, expected: object, found: object = None) -> Finding:
    deviations = tuple(entry.get("deviations", ()))
    return Finding(entry["source"], entry["part"], field, verdict, expected, found, deviations)


def main(arguments: Sequence[str]) -> int:
    """Compare the work folder and the records file named in ``arguments``; return the exit status (2: wrong call)."""
    if len(arguments) != 2:
        sys.stderr.write("用法：python -m samples.compare 工作文件夹 记录.jsonl\n")
        return 2
    truth = json.loads((Path(arguments[0]) / TRUTH).read_text(encoding="utf-8"))
    lines = Path(arguments[1]).read_text(encoding="utf-8").split("\n")
    comparison = compare([json.loads(line) for line in lines if line.strip()], truth)
    notable = [f for f in comparison.findings if f.verdict not in (Verdict.RIGHT, Verdict.EXTRA_DOUBT)]
    sys.stdout.write("\n".join([table(comparison), "", *map(str, notable)]) + "\n")
    return 1 if comparison.fatal else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
