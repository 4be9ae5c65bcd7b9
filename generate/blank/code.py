"""The QR code of a blank form and where it stands on a page. Knows its size; what it says is a serial of ``forms``."""

from __future__ import annotations

import io

from forms.serial import PAYLOAD

SIDE_MM = 22.0
"""Side of the printed square with its quiet zone: 25 modules and four on each side, 0.67 mm to the module."""

_QUIET = 4  # modules (ISO/IEC 18004, 6.3.8)
_VERSION = 2  # 25 modules; at level Q it holds 29 alphanumeric signs and stands a quarter of them spoilt
_PIXELS = 8  # to the module


def qr_png(serial: str) -> bytes:
    """Return the picture of the QR code for a printed serial (``7K3M-Q2WX-94HT``): black on white, with quiet zone."""
    import segno

    payload = PAYLOAD + serial.replace("-", "")
    code = segno.make(
        payload, version=_VERSION, error="q", mode="alphanumeric", boost_error=False, micro=False
    )
    buffer = io.BytesIO()
    code.save(buffer, kind="png", scale=_PIXELS, border=_QUIET)
    return buffer.getvalue()
