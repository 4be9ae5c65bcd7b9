"""Copies of the Word and Excel returns in other formats: by LibreOffice in one call a format, as plain text, packed.

A copy is made only of a return whose deviations the format can hold: what a format drops cannot be read from it.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath

from . import containers, plain, variants
from .generate import Returned
from .model import Break, Line
from .sheets import SHEETS
from .sights import SIGHTS
from .variants import DRESSED
from .whole import SEVERAL

WORD = {
    "doc": "doc:MS Word 97",
    "odt": "odt",
    "rtf": "rtf",
    "html": "html:HTML (StarWriter)",
    "pdf": "pdf",
}
EXCEL = {"xls": "xls:MS Excel 97", "ods": "ods"}
PLAIN = ("csv", "txt", "web", "mht")
RENAMED = {"wps": "doc", "et": "xls"}
PACKED = ("zip", "eml", "letter")
ALL = (*WORD, *EXCEL, *RENAMED, *DRESSED, *PLAIN, *PACKED)

_SEVERAL = {each.name for each in SEVERAL}
_LISTS = {each.name for each in SEVERAL if each.arrange.startswith("list")}  # no page is wide enough for them
_SEEN = {each.name for each in SIGHTS} - {"勾选·字符", "勾选·对号", "勾选·实心"}
_QUIRKS = {each.name for each in SHEETS}
# what LibreOffice itself drops, doubles (blocks in content controls) or turns into something else when it saves
_BINARY = {
    "内容控件·未填",
    "勾选·内容控件",
    "姓名带注音等",
    "注音",
    "内容控件·段落",
    "内容控件·单元格",
    "内容控件·整行",
    "内容控件·整表",
    "日期是域",
}
_DROPPED: dict[str, set[str]] = {
    "doc": _BINARY | {"修订删行"},
    "rtf": _BINARY | {"勾选·窗体域", "答案在文本框", "修订删行", "隐藏行文字"},
    "odt": {"日期是域", "内容控件·未填", "勾选·内容控件", "隐藏行文字"},
    "html": _SEEN | {"日期在页眉", "页眉有文字"},
    "pdf": _SEEN | _LISTS,
    "xls": {"文字公式"},  # a text of more than 255 characters fits no formula of BIFF: 0 is stored
    "ods": {"1904日期"},
    "csv": _QUIRKS | (_SEVERAL - {"汇总表一行一份", "汇总表括号表头", "观摩汇总表"}),
    "txt": _SEEN | {"日期在页眉"},
    "mht": _SEEN | {"日期在页眉"},
    "word2003": _SEEN | {"日期在页眉", "整表在文本框里", "标题在文本框里", "后附照片"},
    "web": _SEEN | {"日期在页眉"},
    "letter": _SEEN | _QUIRKS | {"日期在页眉"},
}


def office() -> str | None:
    """Return LibreOffice's program, if there is one."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def copies(originals: Sequence[Returned], formats: Sequence[str], limit: int) -> Iterator[Returned]:
    """Yield copies of ``originals`` in each of ``formats``, at most ``limit`` in each."""
    for name in formats:
        if name in WORD or name in EXCEL or name in RENAMED:
            saved = RENAMED.get(name, name)
            native = "docx" if saved in WORD else "xlsx"
            yield from _converted(_fitting(originals, native, saved)[:limit], name)
        elif name in DRESSED:
            native, ending, dress = DRESSED[name]
            fitting = _fitting(originals, native, name)[:limit]
            yield from (_copy(each, name, dress(each.data), ending) for each in fitting)
        elif name in PLAIN:
            yield from _plain(originals, name, limit)
        elif name in PACKED:
            yield from _packed(originals, name, limit)


def _fitting(originals: Sequence[Returned], native: str, name: str) -> list[Returned]:
    return [
        each
        for each in originals
        if each.kind == native and not _DROPPED.get(name, set()) & set(each.deviations)
    ]


def _converted(originals: Sequence[Returned], name: str) -> Iterator[Returned]:
    program = office()
    if program is None or not originals:
        return
    with tempfile.TemporaryDirectory() as scratch:
        inside, outside = Path(scratch) / "in", Path(scratch) / "out"
        inside.mkdir()
        sources = [inside / f"{each.source[:3]}.{each.kind}" for each in originals]
        for each, path in zip(originals, sources, strict=True):
            path.write_bytes(each.data)
        profile = f"-env:UserInstallation=file://{scratch}/profile"
        saved = RENAMED.get(name, name)
        to = {**WORD, **EXCEL}[saved]
        call = [
            program,
            profile,
            "--headless",
            "--convert-to",
            to,
            "--outdir",
            str(outside),
            *map(str, sources),
        ]
        subprocess.run(call, check=True, capture_output=True, timeout=600)  # noqa: S603 - our own files
        for each, path in zip(originals, sources, strict=True):
            made = outside / f"{path.stem}.{saved}"
            yield _copy(each, name, made.read_bytes())


def _copy(original: Returned, name: str, data: bytes, ending: str = "") -> Returned:
    """Return the copy beside its original: same parts, the format among its deviations."""
    source = PurePosixPath(original.source).with_suffix(f".{ending or name}").as_posix()
    names = [f"格式·{name}", *original.deviations]
    return Returned(f"{name}-{source}", data, original.parts, names, original.pages)


def _plain(originals: Sequence[Returned], name: str, limit: int) -> Iterator[Returned]:
    if name == "csv":
        for number, each in enumerate(_fitting(originals, "xlsx", name)[:limit]):
            encoding = ("gb18030", "utf-8-sig", "utf-8")[number % 3]
            yield _copy(each, name, plain.values(each.pages, encoding))
    elif name == "txt":
        flat = [each for each in _fitting(originals, "docx", name) if _without_table(each)]
        for number, each in enumerate(flat[:limit]):
            yield _copy(
                each, name, plain.text(each.pages, ("gb18030", "utf-8-sig", "utf-8", "utf-16")[number % 4])
            )
    else:
        for number, each in enumerate(_fitting(originals, "docx", name)[:limit]):
            charset = ("gb18030", "utf-8")[number % 2]
            page = plain.web_page(each.pages, charset)
            if name == "mht":
                yield _copy(each, name, variants.web_archive(page, charset), ("mht", "doc")[number % 2])
            else:
                yield _copy(each, name, page, ("html", "doc", "xls")[number % 3])


def _without_table(returned: Returned) -> bool:
    return all(isinstance(block, Line | Break) for page in returned.pages for block in page)


def _packed(originals: Sequence[Returned], name: str, limit: int) -> Iterator[Returned]:
    for number, each in enumerate(originals[: limit * 3 : 3]):
        member = PurePosixPath(each.source).name
        if name == "zip":
            inner = (member, f"报送材料/{member}")[number % 2]
            packed = _copy(each, name, containers.archive(inner, each.data, gbk=number % 3 > 0))
            packed.member = f"!{inner}"
        elif name == "eml":
            naming = list(containers.NAMINGS)[number % len(containers.NAMINGS)]
            packed = _copy(each, name, containers.mail(member, each.data, naming))
            packed.member, packed.deviations = f"!{member}", [*packed.deviations, naming]
        elif _DROPPED[name] & set(each.deviations) or each.kind != "docx":
            continue
        else:
            charset = ("gb18030", "utf-8")[number % 2]
            packed = _copy(each, name, containers.letter(plain.web_page(each.pages, charset), charset), "eml")
            packed.member = "!正文"
        yield packed
