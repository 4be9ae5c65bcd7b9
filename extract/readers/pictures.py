"""What a picture is known by again: a hash of its bytes, and 256 bits of how it looks that outlive another saving.

Knows pictures, not where they stand. Icons, lines, seals, signatures and codes are no photos and are left out: they are
the same in every return by right.
"""

from __future__ import annotations

import hashlib
import io
from typing import TYPE_CHECKING

from extract import limits
from forms import Fingerprint, Origin, Place

if TYPE_CHECKING:
    from PIL.Image import Image

FORMATS = ("JPEG", "PNG", "GIF", "BMP", "WEBP")
_ICON = 100  # pixels of the shorter side: smaller ones are icons and lines
_BYTES = 3000  # of a picture in a format that nothing here opens
_SIDE = 16  # rows and columns compared with their neighbours
_SMALL = 64  # pixels of the side of the copy that is looked at
_STROKES = 400  # pixels of the shorter side of the largest signature or code
_INK = 0.9  # share of what is not paper that makes a seal when it is all red, a signature or a code when all black
_GREY = 24  # greatest difference of the colours of what is grey
_PAPER = 225  # from here on all three colours are paper
_CONTRAST = 6.0  # mean difference of neighbours below which there is nothing to know a picture by


def fingerprint(data: bytes, place: Place) -> Fingerprint | None:
    """Return what the picture ``data`` at ``place`` is known by, none where it is no photo.

    One that cannot be opened has its hash alone.
    """
    value = hashlib.blake2b(data, digest_size=12).hexdigest()
    if len(data) < _BYTES:
        return None
    try:
        image = _opened(data)
    except Exception:  # noqa: BLE001 - whatever a broken picture does to its decoder, its form is read all the same
        image = None
    if image is None:
        return Fingerprint(Origin.PICTURE, value, place)
    if min(image.size) < _ICON:
        return None
    try:
        look = _look(image)
    except Exception:  # noqa: BLE001 - as above: cut off in the middle
        look = ""
    return None if look is None else Fingerprint(Origin.PICTURE, value, place, look)


def _opened(data: bytes) -> Image | None:
    """Return the picture with nothing but its head read, none where it is larger than any photo."""
    from PIL import Image

    image = Image.open(io.BytesIO(data), formats=FORMATS)
    return image if image.width * image.height <= limits.PIXELS // 2 else None


def _look(image: Image) -> str | None:
    """Return how ``image`` looks: of each of 16 × 16 fields whether it is lighter than its right neighbour (dHash).

    Empty where it is too even to tell, none where it is a seal, a signature or a code.
    """
    size = image.size
    image.draft("RGB", (2 * _SMALL, 2 * _SMALL))  # a JPEG is decoded at a fraction of its size
    if image.mode in ("P", "PA", "LA", "RGBA"):
        image = _on_paper(image)
    small = image.convert("RGB").resize((_SMALL, _SMALL))
    if _is_mark(small, min(size)):
        return None
    grey = small.convert("L").resize((_SIDE + 1, _SIDE)).tobytes()
    rows = [grey[at : at + _SIDE + 1] for at in range(0, len(grey), _SIDE + 1)]
    steps = [row[x] - row[x + 1] for row in rows for x in range(_SIDE)]
    if sum(map(abs, steps)) < _CONTRAST * len(steps):
        return ""
    return f"{int(''.join('1' if step > 0 else '0' for step in steps), 2):064x}"


def _on_paper(image: Image) -> Image:
    from PIL import Image as Images

    layered = image.convert("RGBA")
    paper = Images.new("RGBA", layered.size, (255, 255, 255, 255))
    return Images.alpha_composite(paper, layered)


def _is_mark(small: Image, side: int) -> bool:
    """Whether all ink on the paper is red, as of a seal, or black in a picture of few pixels: a signature, a QR code."""
    pixels = small.tobytes()
    points = list(zip(pixels[::3], pixels[1::3], pixels[2::3], strict=True))
    ink = [point for point in points if min(point) < _PAPER]
    if len(ink) > _INK * len(points):
        return False
    red = sum(r > g + 40 and r > b + 40 for r, g, b in ink)
    black = sum(max(point) - min(point) < _GREY for point in ink)
    return red >= _INK * len(ink) or (side < _STROKES and black >= _INK * len(ink))
