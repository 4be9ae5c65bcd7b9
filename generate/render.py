"""Filling a tagged Word template: docxtpl's tags, Jinja in a sandbox, plain values only.

A template is compiled once and filled many times; members without tags are copied as they are. Knows packages and
tags; does not know what a notice or a form is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from .package import TemplateError, members_of
from .sandbox import NotAllowedError, compiled, rendered

if TYPE_CHECKING:
    from docxtpl import DocxTemplate
    from jinja2 import Template as Compiled

Value = str | int | bool | None | Mapping[str, "Value"] | tuple["Value", ...]
Context = Mapping[str, Value]

_TAGGED = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes)\.xml")
_NOT_XML = re.compile(
    "[^\a\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
)  # XML 1.0, 2.2; \a is docxtpl's


@dataclass(frozen=True, slots=True)
class Template:
    """A compiled template: the package's members, and for each member with tags its Jinja source and template."""

    path: Path
    members: Mapping[str, bytes]
    sources: Mapping[str, str]
    parts: Mapping[str, Compiled]
    docxtpl: DocxTemplate

    def render(self, context: Context) -> dict[str, bytes]:
        r"""Return the members with every tag replaced by its value, escaped; raise ``TemplateError``.

        A line feed in a value is a line break, ``\a`` a new paragraph of the same properties.
        """
        return {**self.members, **{name: self._part(name, context) for name in self.parts}}

    def _part(self, name: str, context: Context) -> bytes:
        from jinja2 import TemplateError as Refused
        from jinja2 import UndefinedError
        from jinja2.exceptions import SecurityError
        from lxml import etree

        try:
            filled = rendered(self.parts[name], {name: cleaned(value) for name, value in context.items()})
        except UndefinedError as error:
            raise _unknown(self.path, str(error), context) from error
        except NotAllowedError as error:
            raise _broken(self.path, str(error)) from error
        except SecurityError as error:
            raise _broken(self.path, "有不许用的标记") from error
        except (Refused, TypeError, ValueError, ArithmeticError, RecursionError) as error:
            raise _broken(self.path, f"有标记算不出来（{error}）") from error
        listed: bytes = self.docxtpl.resolve_listing(filled.replace("\n<w:p", "<w:p")).encode()
        try:
            etree.fromstring(listed)
        except etree.XMLSyntaxError as error:
            raise _broken(self.path, "填好以后不成文档（标记可能跨了表格或段落）") from error
        return listed


def template(path: Path) -> Template:
    """Compile the template at ``path``, once as long as the file stays the same; raise ``TemplateError``."""
    try:
        found = path.stat()
    except OSError as error:
        raise TemplateError(
            f"找不到模板 {path.name}。请把它放回 {path.parent}，或改正模板的文件名"
        ) from error
    return _compiled(path, found.st_mtime_ns, found.st_size)


@lru_cache(maxsize=64)
def _compiled(path: Path, _changed: int, _size: int) -> Template:
    from docxtpl import DocxTemplate

    members = members_of(path)
    if "word/document.xml" not in members:
        raise TemplateError(f"模板 {path.name} 不是 Word 文档。请用 WPS 或 Word 另存为 .docx 再试")
    reader = DocxTemplate(str(path))
    sources = {
        name: re.sub(
            r"<w:p([ >])", r"\n<w:p\1", reader.patch_xml(_unified(data))
        )  # a line each, for messages
        for name, data in members.items()
        if _TAGGED.fullmatch(name) and b"{" in data
    }
    parts = {name: _part(path, source) for name, source in sources.items()}
    return Template(path, members, sources, parts, reader)


def _part(path: Path, source: str) -> Compiled:
    from jinja2 import TemplateSyntaxError

    try:
        return compiled(source)
    except NotAllowedError as error:
        where = f"：“{_near(source, error.line)}”附近" if error.line else ""
        mend = "请删去它；模板里只能写 {{ 名称 }}、{% if %}、{% for %} 这样的标记"
        raise TemplateError(f"模板 {path.name} {error}{where}。{mend}") from error
    except RecursionError as error:
        raise _broken(path, "的标记套得太深") from error
    except TemplateSyntaxError as error:
        raise _broken(path, f"有标记写得不对（“{_near(source, error.lineno)}”附近）") from error


def _near(source: str, line: int) -> str:
    """Return the first words of a line of a template's source, without its XML."""
    lines = source.splitlines()
    return re.sub(r"<[^>]+>", "", lines[min(line, len(lines)) - 1]).strip()[:30]


def _unified(data: bytes) -> str:
    """Return a part as docxtpl's patterns expect it: prefix ``w``, no declaration, no indentation."""
    from lxml import etree

    return etree.tostring(etree.fromstring(data), encoding="unicode")


def cleaned(value: Value) -> Value:
    r"""Return ``value`` with line ends as ``\n`` and every character that XML forbids as U+FFFD."""
    if isinstance(value, str):
        return _NOT_XML.sub("\ufffd", value.replace("\r\n", "\n").replace("\r", "\n"))
    if isinstance(value, Mapping):
        return {key: cleaned(inner) for key, inner in value.items()}
    if isinstance(value, tuple):
        return tuple(cleaned(inner) for inner in value)
    return value


def _unknown(path: Path, message: str, context: Context) -> TemplateError:
    name = (re.findall(r"'([^']+)'", message) or [message])[-1]
    return TemplateError(
        f"模板 {path.name} 里的标记“{name}”没有对应的内容。请改正或删去这个标记，可用：{'、'.join(context)}"
    )


def _broken(path: Path, what: str) -> TemplateError:
    return TemplateError(f"模板 {path.name} {what}。请检查 {{{{ }}}} 与 {{% %}} 是否成对、里面的名称是否完整")
