"""A record as the JSON object of the contract: what ``hongtou extract`` prints, one object a line.

Knows the contract's keys; does not print.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from forms import Reading, Record, Scalar, Submission

Json = dict[str, Any]


def as_json(record: Record) -> Json:
    """Return the object of the contract for ``record``, keys in the contract's order."""
    submission = record.submission
    return {
        "source": record.source,
        "sha256": record.sha256,
        "part": record.part,
        "status": record.status.value,
        "form": submission.form if submission else None,
        "unit": submission.unit if submission else None,
        "period": submission.period if submission else None,
        "values": _values(submission) if submission else {},
        "leftover": _leftover(submission) if submission else [],
        "issues": _issues(submission) if submission else [],
        "reason": record.reason,
    }


def _values(submission: Submission) -> Json:
    values: Json = {reading.field: _reading(reading) for reading in submission.readings}
    for row in submission.rows:
        one = {reading.field: _reading(reading) for reading in row.readings}
        group = values.setdefault(row.group, {"value": [], "raw": "", "at": "", "doubts": []})
        group["value"].append({path: reading["value"] for path, reading in one.items()})
        group["raw"] += "\n" * bool(group["raw"]) + "\t".join(reading["raw"] for reading in one.values())
        group["at"] = group["at"] or next((reading["at"] for reading in one.values()), "")
        group["doubts"] += [code for reading in one.values() for code in reading["doubts"]]
    return values


def _reading(reading: Reading) -> Json:
    codes = list(dict.fromkeys(doubt.code for doubt in reading.doubts))
    return {"value": _plain(reading.value), "raw": reading.raw, "at": str(reading.place), "doubts": codes}


def _plain(value: Scalar) -> object:
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def _leftover(submission: Submission) -> list[Json]:
    return [{"text": item.text, "at": str(item.place), "kind": item.kind} for item in submission.leftover]


def _issues(submission: Submission) -> list[Json]:
    return [
        {"code": doubt.code, "field": doubt.field, "message": doubt.message}
        for doubt in submission.all_doubts()
    ]
