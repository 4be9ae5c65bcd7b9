"""Builds the work folder of the sample: work.yaml and texts copied, 名册, returns and true values made, always the same.

Independent of the reader: it writes documents and never reads one back.
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from forms import Form, Identity, Period, load_form, load_roster
from generate.blank.filling import blank, filled
from templates import CATALOGUE

from . import aims, roster, sheets, steps, tables
from .marks import Extras, runs
from .returns import REPORT, VISIT, Part, Return, load
from .strays import stray
from .truth import FILE, truth
from .word import document, settle

_WORK = Path(__file__).with_name("work")
_INBOX = "收件"
_RUN = re.compile(
    r"<w:r(?: [^>]*)?>(?:<w:rPr>((?:(?!</w:rPr>).)*)</w:rPr>)?<w:t[^>]*>([^<]*⟦[^<]*)</w:t></w:r>"
)


def build(target: Path) -> None:
    """Make the sample's work folder at ``target``; what stands there under the same names is written anew.

    Files of 收件 carry the time of their arrival as modification time (local time, as on the clerk's clock).
    """
    shutil.copytree(_WORK, target, dirs_exist_ok=True)
    roster.write(target / "units.xlsx")
    forms = {name: load_form(CATALOGUE / f"{name}.yaml") for name in (REPORT, VISIT)}
    returns = load()
    inbox = target / _INBOX
    for given in returns:
        path = inbox / given.file
        path.parent.mkdir(parents=True, exist_ok=True)
        _write(given, path, forms, target)
        moment = given.arrived.timestamp()
        os.utime(path, (moment, moment))
    from samples.making.build import QUOTA_TRUTH, receive, write_json
    from samples.making.drawn import draw_all

    draw_all(target / "表单")
    entries = [*truth(returns), *receive(target, aims.returns())]
    write_json(target / FILE, sorted(entries, key=lambda entry: str(entry["source"])))
    write_json(target / QUOTA_TRUTH, list(aims.figures()))


def _write(given: Return, path: Path, forms: Mapping[str, Form], target: Path) -> None:
    match given.make:
        case "空白表":
            path.write_bytes(_standard(given, forms, target))
        case "自制表" | "段落":
            path.write_bytes(_retyped(given))
        case "汇总表":
            sheets.summary(given, path)
        case "电子表格":
            sheets.sheet_form(given, path)
        case _:
            path.write_bytes(stray(given, lambda: _retyped(_any_retyped())))


def _any_retyped() -> Return:
    return next(given for given in load() if given.make == "自制表" and not given.steps)


def _standard(given: Return, forms: Mapping[str, Form], target: Path) -> bytes:
    """Return the blank that the committee sent out, filled in; marks in the answers become what they stand for."""
    part = given.parts[0]
    form = forms[part.form]
    identity = None if "去标识" in given.steps else Identity(part.form, part.unit, part.period)
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "blank.docx"
        if part.blank:
            unit = next(unit for unit in load_roster(target / "units.xlsx") if unit.name == part.unit)
            blank(form, unit, Period.parse(part.period), out)
        else:
            filled(form, part.shown, identity, out)
        return settle(out.read_bytes(), _expand)


def _expand(xml: str) -> str:
    extras = Extras()
    return _RUN.sub(lambda found: runs(_plain(found[2]), found[1] or "", extras), xml)


def _plain(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _retyped(given: Return) -> bytes:
    """Return a docx in which the clerk typed the form anew; several forms stand on pages of their own."""
    extras = Extras()
    bodies = []
    for part in given.parts:
        body = _typed(given, part, extras)
        bodies.append(steps.apply(body, given.steps, extras))
    identity = Identity(given.parts[0].form, given.parts[0].unit, given.parts[0].period)
    carried = "带标识" in given.steps
    return document(
        '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'.join(bodies),
        extras,
        identity.properties if carried else {},
        identity.identifier if carried else "",
    )


def _typed(given: Return, part: Part, extras: Extras) -> str:
    if given.make == "段落":
        return tables.paragraphs(part, extras)
    return tables.form(part, extras, given.steps, given.widths)
