"""winmail.dat files made from their attributes, by [MS-OXTNEF]."""

from __future__ import annotations

import struct


def tnef(*attributes: tuple[int, bytes]) -> bytes:
    """Return a winmail.dat of ``attributes`` ([MS-OXTNEF] 2.1.3.1)."""
    body = b"".join(
        struct.pack("<BII", 2, number, len(value)) + value + bytes(2) for number, value in attributes
    )
    return struct.pack("<IH", 0x223E9F78, 1) + body
