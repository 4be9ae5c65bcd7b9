"""A form and its fields, as the YAML beside a tagged template declares them.

Knows names, kinds and rules; does not know how a template looks or how a return is read.
"""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict
from pydantic import Field as Key

from .period import Cadence


class FieldKind(StrEnum):
    """What a field's answer is; the value stands in JSON, ``label`` in YAML."""

    TEXT = "text"
    INTEGER = "integer"
    NUMBER = "number"
    DATE = "date"
    CHOICE = "choice"
    CHOICES = "choices"
    UNIT = "unit"
    PERSON = "person"
    PHONE = "phone"
    IDENTITY = "identity"
    MONEY = "money"

    @property
    def label(self) -> str:
        """The Chinese word for the kind."""
        return _KIND_LABELS[self]


_KIND_LABELS = {
    FieldKind.TEXT: "文本",
    FieldKind.INTEGER: "整数",
    FieldKind.NUMBER: "数字",
    FieldKind.DATE: "日期",
    FieldKind.CHOICE: "单选",
    FieldKind.CHOICES: "多选",
    FieldKind.UNIT: "单位",
    FieldKind.PERSON: "姓名",
    FieldKind.PHONE: "电话",
    FieldKind.IDENTITY: "身份证号",
    FieldKind.MONEY: "金额",
}


class Role(StrEnum):
    """What a field's answer says about the whole return."""

    UNIT = "报送单位"
    FILLED = "填表时间"
    PERIOD = "报送期"
    PERSON = "填报人"


def _kind_of_word(value: Any) -> Any:
    words = {label: kind for kind, label in _KIND_LABELS.items()}
    if isinstance(value, FieldKind):
        return value
    if value not in words:
        raise ValueError(f"类型“{value}”不存在，可用：{'、'.join(words)}")
    return words[value]


class Spec(BaseModel):
    """A frozen record read from YAML with Chinese keys; unknown keys are mistakes."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", populate_by_name=True, arbitrary_types_allowed=True
    )


class Field(Spec):
    """One answer of a form.

    ``path`` joins labels with a dot (``走访人数.团干部``). ``labels`` are other wordings of the last label.
    ``minimum`` and ``maximum`` bound a number, both included. ``parts`` are the paths whose sum it must be; see ``sums``.
    """

    path: str
    kind: Annotated[FieldKind, BeforeValidator(_kind_of_word)] = Key(FieldKind.TEXT, alias="类型")
    required: bool = Key(False, alias="必填")
    labels: tuple[str, ...] = Key((), alias="别名")
    choices: tuple[str, ...] = Key((), alias="选项")
    minimum: float | None = Key(None, alias="最小")
    maximum: float | None = Key(None, alias="最大")
    role: Role | None = Key(None, alias="用途")
    hint: str = Key("", alias="说明")
    parts: tuple[str, ...] | None = Key(None, alias="各项")

    @property
    def name(self) -> str:
        """The last label of the path."""
        return self.path.rpartition(".")[2]

    @property
    def parents(self) -> tuple[str, ...]:
        """The labels above the last one, outermost first."""
        return tuple(self.path.split(".")[:-1])


def _parts_known(fields: tuple[Field, ...]) -> tuple[Field, ...]:
    paths = {field.path for field in fields}
    for field in fields:
        odd = [path for path in field.parts or () if path not in paths or path == field.path]
        if odd:
            raise ValueError(f"“{field.path}”的“各项”里写了“{odd[0]}”，没有这一栏")
    return fields


Fields = Annotated[tuple[Field, ...], AfterValidator(_parts_known)]


class RowGroup(Spec):
    """A repeating group of fields (明细): one row per activity, problem or person; its fields' paths are sub-paths.

    ``empty_rows`` is how many rows a blank has for it.
    """

    name: str
    fields: Fields = Key(alias="字段")
    required: bool = Key(False, alias="必填")
    empty_rows: int = Key(5, alias="空行", ge=1, le=2000)


class Form(Spec):
    """A form: its title, its tagged template and its typed fields in the order of the template.

    ``cadence`` is how often it is usually due; the duties of a work take precedence.
    """

    name: str = Key(alias="名称")
    template: Path = Key(alias="模板")
    fields: Fields = Key(alias="字段")
    groups: tuple[RowGroup, ...] = Key((), alias="明细")
    titles: tuple[str, ...] = Key((), alias="别名")
    cadence: Cadence | None = Key(None, alias="周期")

    @property
    def instructions(self) -> str:
        """What a blank prints below the form from the hints of its fields (``填表说明：…``), empty without any."""
        items = (*self.fields, *(field for group in self.groups for field in group.fields))
        hints = [f"{item.name}：{item.hint.strip().rstrip('。；')}" for item in items if item.hint.strip()]
        return f"填表说明：{'；'.join(hints)}。" if hints else ""

    def field(self, path: str) -> Field:
        """Return the field at ``path``; raise ``KeyError`` when there is none."""
        for field in self.fields:
            if field.path == path:
                return field
        raise KeyError(path)

    def with_role(self, role: Role) -> Field | None:
        """Return the field that plays ``role``, if the form has one."""
        return next((field for field in self.fields if field.role is role), None)
