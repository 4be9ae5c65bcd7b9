"""Pictures for tests: invented photos, the same saved anew, a seal, an icon. Made with Pillow, the same for the same number."""

from __future__ import annotations

import io
import random

from PIL import Image, ImageDraw


def photo(number: int, size: tuple[int, int] = (640, 480)) -> bytes:
    """Return a JPEG of soft colours with some figures, another for each ``number``."""
    chance = random.Random(number)  # noqa: S311 - nothing secret
    small = bytes(chance.randrange(30, 230) for _ in range(16 * 12 * 3))
    image = Image.frombytes("RGB", (16, 12), small).resize(size, Image.Resampling.BICUBIC)
    drawing = ImageDraw.Draw(image)
    for _ in range(8):
        left, top = chance.randrange(size[0] - 90), chance.randrange(size[1] - 90)
        colour = tuple(chance.randrange(256) for _ in range(3))
        drawing.ellipse((left, top, left + 80, top + chance.randrange(20, 90)), fill=colour)
    return saved(image)


def again(data: bytes, share: float = 0.5, quality: int = 50) -> bytes:
    """Return the picture ``data`` as a program saves it that makes pictures smaller."""
    image = Image.open(io.BytesIO(data)).convert("RGB")
    return saved(image.resize((int(image.width * share), int(image.height * share))), quality)


def seal(size: int = 300) -> bytes:
    """Return a PNG of a round red seal on paper that is clear."""
    image = Image.new("RGBA", (size, size), (0, 0, 0, 0))
    drawing = ImageDraw.Draw(image)
    drawing.ellipse((8, 8, size - 8, size - 8), outline=(220, 20, 20, 255), width=14)
    for at in range(60, size - 60, 20):
        drawing.rectangle((at, size // 2 - 30, at + 9, size // 2 + 30), fill=(225, 25, 25, 255))
    return saved(image, form="PNG")


def flat() -> bytes:
    """Return a PNG with nothing in it but noise that nobody sees: large enough in bytes to be looked at."""
    chance = random.Random(0)  # noqa: S311 - nothing secret
    return saved(
        Image.frombytes("L", (400, 300), bytes(chance.choice((200, 201)) for _ in range(120_000))), form="PNG"
    )


def saved(image: Image.Image, quality: int = 90, form: str = "JPEG") -> bytes:
    """Return ``image`` as a file."""
    made = io.BytesIO()
    image.save(made, form, quality=quality)
    return made.getvalue()
