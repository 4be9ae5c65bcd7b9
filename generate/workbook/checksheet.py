"""The words of the sheet 待核对 on which both sides rely: who writes it, and who takes it back with a person's answers."""

from __future__ import annotations

import hashlib

from forms import Scalar

CHECK_SHEET = "待核对"
CHECK_COLUMNS = (
    "编号",
    "来源",
    "单位",
    "表单",
    "报送期",
    "栏目",
    "行",
    "原文",
    "读作",
    "位置",
    "疑点",
    "更正为",
    "核对码",
)
CHECK_UNIT, CHECK_PERIOD = "（单位）", "（报送期）"
"""What stands for a field where the doubt is whose return it is, or of which period."""


def check_code(number: int, field: str, row: int, value: Scalar) -> str:
    """Return what tells, when the sheet comes back, whether the value that a person answered to is still the same.

    ``number`` is the return's, ``row`` that of a group's row or 0.
    """
    told = (number, field, row, type(value).__name__, str(value))
    return hashlib.sha256(repr(told).encode("utf-8", "backslashreplace")).hexdigest()[:8]
