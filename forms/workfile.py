"""Loading a work folder: ``work.yaml``, the 名册 and the forms it uses, all mistakes at once.

Knows where things lie in a work folder; the meaning of what it loads stands in ``work`` and ``form``.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from .form import Form
from .mistakes import HongtouError, Mistake, MistakesError
from .quotacheck import quota_faults
from .roster import kinds_of
from .rosterfiles import load_rosters
from .rostersource import RosterReader
from .work import Attachment, Work
from .yamlfile import Lines, parse, read

WORK_FILE = "work.yaml"
FORMS_FOLDER = "表单"


class NoWorkError(HongtouError):
    """No work folder where a command needs one."""


def find_work(start: Path) -> Path | None:
    """Return the nearest folder from ``start`` upwards that holds ``work.yaml``."""
    start = start.absolute()
    return next((folder for folder in (start, *start.parents) if (folder / WORK_FILE).is_file()), None)


def form_of(path: Path) -> Form:
    """Read a form's YAML alone, wherever its template is. Raise ``MistakesError`` with every mistake."""
    lines = read(path)
    return parse(Form, lines, _with_paths(lines.data) if isinstance(lines.data, dict) else None)


def load_form(path: Path) -> Form:
    """Read a form's YAML; its template stands beside it. Raise ``MistakesError`` with every mistake."""
    form = form_of(path)
    template = path.parent / form.template
    if not template.is_file():
        mend = "请把模板放在同一个文件夹里，或改正文件名"
        line = read(path).line(("模板",))
        raise MistakesError([Mistake(path.name, line, "模板", f"找不到“{form.template}”", mend)])
    return form.model_copy(update={"template": template})


def load_forms(folder: Path) -> tuple[Form, ...]:
    """Read every form (``*.yaml``) of ``folder``, sorted by file name; a missing folder has none."""
    forms: list[Form] = []
    mistakes: list[Mistake] = []
    for path in sorted(folder.glob("*.yaml")):
        try:
            forms.append(load_form(path))
        except MistakesError as error:
            mistakes += error.mistakes
    if mistakes:
        raise MistakesError(mistakes)
    return tuple(forms)


def load_work(folder: Path, catalogue: tuple[Form, ...], tables: RosterReader | None = None) -> Work:
    """Load the work of ``folder``; its own forms come before those of ``catalogue`` with the same name.

    ``tables`` reads a 名册 that is no Excel file.

    Raise ``NoWorkError`` when there is no ``work.yaml`` and ``MistakesError`` with every mistake of every file; those that
    show only when all are seen together are told once each file is right by itself, else they would only follow from it.
    """
    path = folder / WORK_FILE
    if not path.is_file():
        raise NoWorkError(
            f"{folder} 里没有 {WORK_FILE}。请用 --work 指明工作文件夹，或用 hongtou new 新建一个"
        )
    mistakes: list[Mistake] = []
    work: Work | None = None
    forms: tuple[Form, ...] = ()
    lines: Lines | None = None
    try:
        lines = read(path)
        work = parse(Work, lines)
    except MistakesError as error:
        mistakes += error.mistakes
    try:
        forms = load_forms(folder / FORMS_FOLDER)
    except MistakesError as error:
        mistakes += error.mistakes
    own = {form.name for form in forms}
    forms += tuple(form for form in catalogue if form.name not in own)
    units, people, wrong = load_rosters(folder, work, forms, tables)
    mistakes += wrong
    if work is not None and lines is not None:
        found = {"folder": folder, "units": units, "people": people, "forms": forms}
        work = work.model_copy(update=found)
        mistakes += () if mistakes else _across(work, lines)
    if mistakes or work is None:
        raise MistakesError(mistakes)
    return work


def _with_paths(data: dict[str, Any]) -> dict[str, Any]:
    """Turn ``字段: {路径: {…}}`` into the lists of records that ``Form`` holds."""
    extra: dict[str, Any] = {"字段": _fields(data.get("字段"))}
    groups = data.get("明细")
    if isinstance(groups, dict):
        extra["明细"] = [
            {**body, "name": name, "字段": _fields(body.get("字段"))} if isinstance(body, dict) else body
            for name, body in groups.items()
        ]
    return extra


def _fields(data: Any) -> Any:
    if not isinstance(data, dict):
        return data
    return [
        {"path": path, **(body or {})} if isinstance(body, dict | None) else body
        for path, body in data.items()
    ]


def _across(work: Work, lines: Lines) -> Iterator[Mistake]:
    """Yield the mistakes that show only when the files are seen together."""

    def wrong(steps: tuple[str | int, ...], what: str, mend: str) -> Mistake:
        return Mistake(lines.file, lines.line(steps), str(steps[-1]), what, mend)

    names = [form.name for form in work.forms]
    kinds = kinds_of(work.units)
    if work.last < work.first:
        yield wrong(("结束",), "早于“开始”", "请改正两个日期")
    for number, duty in enumerate(work.duties):
        if duty.form not in names:
            yield wrong(("报送", number, "表单"), f"没有《{duty.form}》这个表单", f"可用：{'、'.join(names)}")
        for kind in duty.kinds:
            if work.units and kind not in kinds:
                mend = f"名册里的类别有：{'、'.join(kinds)}"
                yield wrong(("报送", number, "单位类别"), f"名册里没有“{kind}”这一类", mend)
    yield from _quotas(work, wrong)
    for number, notice in enumerate(work.notices):
        steps: tuple[str | int, ...] = ("通知", number)
        if not (work.folder / notice.text).is_file():
            yield wrong((*steps, "正文"), f"找不到“{notice.text}”", "请把正文放到那里，或改正文件名")
        carried = [((*steps, "随文印发"), notice.carried)] if notice.carried else []
        attached = [((*steps, "附件", place), item) for place, item in enumerate(notice.attachments)]
        for where, item in [*carried, *attached]:
            yield from _attachment(
                work, item, lambda key, what, mend, at=where: wrong((*at, key), what, mend)
            )


def _quotas(work: Work, wrong: Any) -> Iterator[Mistake]:
    seen: dict[str, int] = {}
    for number, quota in enumerate(work.quotas):
        steps: tuple[str | int, ...] = ("指标", number)
        for fault in quota_faults(quota, work):
            yield wrong((*steps, *(fault.keys or ("名称",))), fault.what, fault.mend)
        if quota.name in seen:
            mend = "请改一个名称，各处都用名称称呼它"
            yield wrong((*steps, "名称"), f"与第{seen[quota.name]}个指标重名", mend)
        seen.setdefault(quota.name, number + 1)


def _attachment(work: Work, item: Attachment, wrong: Any) -> Iterator[Mistake]:
    if sum(part is not None for part in (item.text, item.form, item.listing)) != 1:
        yield wrong("正文", "“正文”“表单”“一览表”应写一个，也只能写一个", "请补上或删去多余的")
    elif item.listing is not None and not item.title:
        yield wrong("标题", "缺少附件的标题", "请补上“标题: …”")
    elif item.listing is not None and (odd := set(item.listing.kinds) - set(kinds_of(work.units))):
        mend = f"名册里的类别有：{'、'.join(kinds_of(work.units))}"
        yield wrong("一览表", f"名册里没有“{min(odd)}”这一类", mend)
    elif item.text is not None and not (work.folder / item.text).is_file():
        yield wrong("正文", f"找不到“{item.text}”", "请把文件放到那里，或改正文件名")
    elif item.text is not None and not item.title:
        yield wrong("标题", "缺少附件的标题", "请补上“标题: …”")
    elif item.form is not None and item.form not in {form.name for form in work.forms}:
        yield wrong("表单", f"没有《{item.form}》这个表单", "请用 hongtou forms 看看有哪些")
