"""Tick boxes and option buttons over a sheet are read as the signs and words that a person sees."""

from __future__ import annotations

import struct

from extract.readers.excel.formcontrols import controls, sign_of

SHAPE = (
    '<v:shape id="s{n}" type="#_x0000_t201"><v:textbox><div><font face="宋体">{caption}</font></div></v:textbox>'
    '<x:ClientData ObjectType="{kind}"><x:Anchor>{anchor}</x:Anchor>{state}</x:ClientData></v:shape>'
)


def shape(caption: str, anchor: str, state: str = "", kind: str = "Checkbox") -> str:
    """Return a control, or a note, in VML."""
    return SHAPE.format(n=len(caption), caption=caption, anchor=anchor, state=state, kind=kind)


def test_controls_are_told_row_by_row_from_the_left() -> None:
    drawing = "".join(
        (
            shape("否", "1, 60, 3, 2, 1, 90, 3, 18"),
            shape("是&amp;愿", "1, 2, 3, 2, 1, 50, 3, 18", "<x:Checked>1</x:Checked>"),
            shape("下一行", "1, 2, 3, 17, 1, 50, 4, 15", kind="Radio"),
            shape("批注", "1, 2, 3, 2, 1, 50, 3, 18", kind="Note"),
        )
    )
    assert list(controls(f"<xml>{drawing}<br></xml>".encode())) == [
        (3, 1, "☑是&愿"),
        (3, 1, "□否"),
        (4, 1, "□下一行"),
    ]


def test_the_state_of_a_box_in_an_old_workbook() -> None:
    def record(kind: int, state: int) -> bytes:
        common = struct.pack("<HHHH", 0x15, 18, kind, 1) + bytes(14)
        return common + struct.pack("<HHHHHH", 0x12, 8, state, 0, 0, 0) + bytes(4)

    assert [sign_of(record(*each)) for each in ((0x0B, 1), (0x0B, 0), (0x0C, 1), (0x06, 1))] == [
        "☑",
        "□",
        "☑",
        "",
    ]
