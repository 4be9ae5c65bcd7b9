"""A YAML file with the line of every key, checked against a pydantic record; mistakes come back in Chinese, all at once.

Knows YAML and pydantic; does not know what a work or a form is.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from .form import Spec
from .mistakes import Mistake, MistakesError

S = TypeVar("S", bound=Spec)
Steps = tuple[str | int, ...]
LOADER: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The loader in C, a tenth of the time, where PyYAML was built with it."""


class Lines:
    """The data of a YAML file and the line of each of its keys and items.

    ``data`` holds plain dictionaries, lists and scalars. ``line`` answers for a path of keys and indices.
    """

    def __init__(self, file: str, text: str) -> None:
        """Compose ``text``; raise ``MistakesError`` for broken YAML and for a key that stands twice."""
        self.file = file
        self._lines: dict[Steps, int] = {(): 1}
        self._mistakes: list[Mistake] = []
        self._constructor = yaml.constructor.SafeConstructor()
        try:
            node = yaml.compose(text, Loader=LOADER)
        except yaml.MarkedYAMLError as error:
            raise MistakesError([self._broken(error)]) from error
        except yaml.YAMLError as error:
            raise MistakesError(
                [Mistake(file, 0, "", "文件里有不能用的字符", "请用记事本另存为 UTF-8 再试")]
            ) from error
        self.data: Any = {} if node is None else self._build(node, ())
        if self._mistakes:
            raise MistakesError(self._mistakes)

    def line(self, steps: Steps) -> int:
        """Return the line of the nearest known key on the way to ``steps``, from 1.

        An index into a mapping counts its keys: a form's fields stand as ``路径: {…}`` and are validated as a list.
        """
        known: Steps = ()
        for step in steps:
            further = (*known, self._key(known, step))
            if further not in self._lines:
                break
            known = further
        return self._lines[known]

    def _key(self, known: Steps, step: str | int) -> str | int:
        inside = self.data
        for outer in known:
            inside = inside[outer]
        if isinstance(step, int) and isinstance(inside, dict) and step < len(inside):
            return str(list(inside)[step])
        return step

    def _build(self, node: yaml.Node, steps: Steps) -> Any:
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, steps)
        if isinstance(node, yaml.SequenceNode):
            for number, item in enumerate(node.value):
                self._lines[(*steps, number)] = item.start_mark.line + 1
            return [self._build(item, (*steps, number)) for number, item in enumerate(node.value)]
        try:
            return self._constructor.construct_object(node)
        except (yaml.YAMLError, ValueError):  # 2020-13-45 looks like a date and is none
            return node.value

    def _mapping(self, node: yaml.MappingNode, steps: Steps) -> dict[str, Any]:
        built: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = str(key_node.value)
            line = key_node.start_mark.line + 1
            if key in built:
                first = self._lines[(*steps, key)]
                self._mistakes.append(
                    Mistake(self.file, line, key, f"写了两次（第{first}行已有）", "请删去一处")
                )
            self._lines[(*steps, key)] = line
            built[key] = self._build(value_node, (*steps, key))
        return built

    def _broken(self, error: yaml.MarkedYAMLError) -> Mistake:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 0
        return Mistake(
            self.file,
            line,
            "",
            "这一行附近不合 YAML 的写法",
            "请检查缩进（用空格）、冒号后的空格和引号是否成对",
        )


def parse(model: type[S], lines: Lines, extra: Mapping[str, Any] | None = None) -> S:
    """Validate the data of a file as ``model``; raise ``MistakesError`` with every mistake found."""
    if not isinstance(lines.data, dict):
        raise MistakesError([Mistake(lines.file, 1, "", "整个文件应是“键: 值”的形式", "请对照样例改写")])
    try:
        return model.model_validate({**lines.data, **(extra or {})})
    except ValidationError as error:
        found = [_mistake(lines, detail, model) for detail in error.errors()]
        raise MistakesError(sorted(found, key=lambda mistake: mistake.line)) from error


def read(path: Path) -> Lines:
    """Read the YAML file at ``path`` (UTF-8, with or without BOM, else GB18030); raise ``MistakesError``."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise MistakesError(
            [Mistake(path.name, 0, "", "文件打不开", "请检查文件是否存在、是否被别的程序占用")]
        ) from error
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return Lines(path.name, raw.decode(encoding))
        except UnicodeDecodeError:
            continue
    raise MistakesError([Mistake(path.name, 0, "", "文件的编码认不出来", "请用记事本另存为 UTF-8 再试")])


_SHAPES = {
    "string_type": "应是文字",
    "int_type": "应是整数",
    "int_parsing": "应是整数",
    "float_type": "应是数字",
    "float_parsing": "应是数字",
    "bool_type": "应是“是”或“否”",
    "bool_parsing": "应是“是”或“否”",
    "date_type": "应是日期",
    "date_parsing": "应是日期",
    "date_from_datetime_parsing": "应是日期",
    "date_from_datetime_inexact": "应是日期，不带时刻",
    "tuple_type": "应是列表，每项一行、前面写“- ”",
    "list_type": "应是列表，每项一行、前面写“- ”",
    "dict_type": "下面应是“键: 值”",
    "model_type": "下面应是“键: 值”",
    "model_attributes_type": "下面应是“键: 值”",
    "path_type": "应是文件名",
}
_NO_PLACE_FOR = re.compile(r"授权|密码|口令|密钥|code|pass|pwd|secret|token", re.IGNORECASE)
_COPIED_ABOUT = "授权码、密码不能写在这里，这个文件会随文件夹拷走"
_MEND_FOR_CODES = "请删去这一行，改用 hongtou mail code 存进系统的密码库，或设环境变量 HONGTOU_MAIL_CODE；已经传出去的请到邮箱里作废"
_MENDS = {
    "date": "请写成 2020-07-03",
    "bool": "请改成 true 或 false",
    "string": "如果是一串数字，请加上引号",
    "tuple": "请照样例分行列出",
}


def _mistake(lines: Lines, detail: ErrorDetails, model: type[Spec]) -> Mistake:
    steps = tuple(detail["loc"])
    key = next((str(step) for step in reversed(steps) if isinstance(step, str)), "")
    kind = detail["type"]
    if kind == "missing":
        return Mistake(lines.file, lines.line(steps[:-1]), key, "缺少这一项", f"请补上“{key}: …”")
    if kind == "extra_forbidden" and _NO_PLACE_FOR.search(key):
        return Mistake(lines.file, lines.line(steps), key, _COPIED_ABOUT, _MEND_FOR_CODES)
    if kind == "extra_forbidden":
        allowed = [name for name in _keys_at(model, steps[:-1]) if name]
        near = difflib.get_close_matches(key, allowed, n=1, cutoff=0.4)
        mend = f"是不是“{near[0]}”？" if near else f"这里可用的有：{'、'.join(allowed)}"
        return Mistake(lines.file, lines.line(steps), key, "不认识这个键", mend)
    if detail["input"] is None:
        return Mistake(lines.file, lines.line(steps), key, "还没有填", "请在冒号后面填上")
    what = _SHAPES.get(kind)
    if kind == "value_error":
        what, mend = str(detail["ctx"]["error"]), "请改正"
    elif kind == "enum":
        what, mend = f"“{detail['input']}”不能用", f"可用：{_expected(detail)}"
    else:
        what = what or "写法不对"
        mend = next((text for start, text in _MENDS.items() if kind.startswith(start)), "请对照样例改正")
    return Mistake(lines.file, lines.line(steps), key, what, mend)


def _expected(detail: ErrorDetails) -> str:
    words = str(detail["ctx"]["expected"])
    return words.replace(" or ", "、").replace(", ", "、").replace("'", "")


def _keys_at(model: type[Spec], steps: Iterable[str | int]) -> list[str]:
    current: Any = model
    for step in steps:
        if isinstance(step, int) or not isinstance(current, type) or not issubclass(current, Spec):
            continue
        field = next((f for name, f in current.model_fields.items() if step in (f.alias, name)), None)
        current = _model_in(field.annotation) if field else None
    if isinstance(current, type) and issubclass(current, Spec):
        return [f.alias for f in current.model_fields.values() if f.alias and f.alias.isascii() is False]
    return []


def _model_in(annotation: Any) -> Any:
    if isinstance(annotation, type) and issubclass(annotation, Spec):
        return annotation
    for inner in getattr(annotation, "__args__", ()):
        found = _model_in(inner)
        if found is not None:
            return found
    return None
