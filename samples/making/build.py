"""Builds the work folder of a sample: work.yaml and texts copied, forms drawn, 名册, returns and true values made.

Independent of the reader: it writes documents and never reads one back. The same data gives the same bytes.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from forms import FieldKind, Form, Identity, load_forms
from generate.blank.filling import filled as fill
from samples.luohe.word import settle
from templates import CATALOGUE

from . import drawn, packed, roster, typed
from .given import Filled, Make, Sent, Value, shown

INBOX = "收件"
TRUTH = "真值.json"
QUOTA_TRUTH = "指标真值.json"
Told = Mapping[str, Any]


def build(source: Path, target: Path, returns: Sequence[Sent], told: Sequence[Told] = ()) -> None:
    """Make the work folder of the sample in ``source`` at ``target``; what stands there under the same names is made anew.

    ``told`` are true figures of quotas, written beside the true values of the returns.
    """
    shutil.copytree(source / "work", target, dirs_exist_ok=True)
    if (source / "roster.yaml").is_file():
        roster.write(source / "roster.yaml", target / "units.xlsx")
    drawn.draw_all(target / "表单")
    entries = receive(target, returns)
    write_json(target / TRUTH, sorted(entries, key=lambda entry: str(entry["source"])))
    write_json(target / QUOTA_TRUTH, list(told))


def receive(target: Path, returns: Sequence[Sent]) -> list[Told]:
    """Write the files of ``returns`` into 收件 of the work folder ``target`` and return their true values."""
    forms = {form.name: form for form in (*load_forms(CATALOGUE), *load_forms(target / "表单"))}
    for sent in returns:
        path = target / INBOX / sent.file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(_bytes(sent, forms))
        moment = sent.arrived.timestamp()
        os.utime(path, (moment, moment))
    return [entry for sent in returns for entry in _entries(sent, sent.file, forms)]


def write_json(path: Path, data: object) -> None:
    """Write ``data`` as readable JSON in UTF-8."""
    path.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _bytes(sent: Sent, forms: Mapping[str, Form]) -> bytes:
    if sent.members:
        members = [(member.file, _bytes(member, forms)) for member in sent.members]
        if sent.file.endswith(".zip"):
            return packed.archive(members)
        return packed.mail((sent.sender, sent.subject, sent.arrived), sent.body, members)
    assert sent.filled is not None  # noqa: S101 - a file without members holds a form
    form = forms[sent.filled.form]
    match sent.make:
        case Make.RETYPED:
            return typed.retyped(form, sent.filled)
        case Make.SHEET:
            return typed.sheet(form, sent.filled)
        case Make.PAGE:
            return typed.web_page(form, sent.filled)
        case Make.RICH:
            return typed.rich_text(form, sent.filled)
        case Make.OLD:
            return typed.old(form, sent.filled)
        case _:
            return _blank(form, sent.filled, bare=sent.make is Make.BARE)


def _blank(form: Form, given: Filled, *, bare: bool) -> bytes:
    """Return the blank that went out, filled in, with the identity that it carries or without."""
    identity = None if bare else Identity(given.form, given.unit, given.period)
    excel = form.template.suffix == ".xlsx"
    values: dict[str, object] = {
        path: given.typed.get(path, value if excel else shown(value)) for path, value in given.values.items()
    }
    for group, rows in given.rows.items():
        values[group] = [{p: v if excel else shown(v) for p, v in row.items()} for row in rows]
    with tempfile.TemporaryDirectory() as folder:
        return settle(
            fill(form, values, identity, Path(folder) / f"blank{form.template.suffix}").read_bytes()
        )


def _entries(sent: Sent, source: str, forms: Mapping[str, Form]) -> Iterator[Told]:
    if sent.members:
        for member in sent.members:
            yield from _entries(member, f"{source}!{member.file}", forms)
        return
    given = sent.filled
    assert given is not None  # noqa: S101 - a file without members holds a form
    form = forms[given.form]
    values: dict[str, object] = {field.path: _plain(given.values.get(field.path)) for field in form.fields}
    for field in form.fields:
        if field.kind is FieldKind.CHOICES and values[field.path] is not None:
            values[field.path] = str(values[field.path]).split("、")
    for group in form.groups:
        rows = given.rows.get(group.name, ())
        values[group.name] = [{p: _plain(v) for p, v in row.items() if v is not None} for row in rows] or None
    yield {
        "source": source,
        "part": 1,
        "deviations": [sent.make.value],
        "form": given.form,
        "unit": given.unit,
        "period": given.period,
        "values": values,
        "expect": "review" if given.doubts or given.unfilled else "accepted",
        "doubts": dict(given.doubts),
        **({"typed": dict(given.typed)} if given.typed else {}),
        **({"blank": True} if given.unfilled else {}),
    }


def _plain(value: Value) -> object:
    return value.isoformat() if isinstance(value, date) else value
