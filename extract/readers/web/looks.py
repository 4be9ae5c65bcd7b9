"""The few styles of a web page that change what is seen: hidden, struck, white, raised, a face of symbols.

Knows the CSS that office programs and systems write into ``style``, and HTML's older attributes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from extract.readers.signs import is_pale
from extract.unreadable import UnreadableError

if TYPE_CHECKING:
    from extract.readers.package import Element

LONG_TAG = "网页里有过长的标签，不像是报表，没有打开"
_HIDDEN = re.compile(
    r"display:none|visibility:(?:hidden|collapse)|mso-hide:all|font-size:0(?:\.0+)?(?:pt|px|em|%)?\s*(?:;|!|$)"
)
_STRUCK = re.compile(r"text-decoration(?:-line)?:[^;]*line-through")
_COLOUR = re.compile(r"(?:^|;)color:([^;]+)")
_GROUND = re.compile(r"(?:^|;)background(?:-color)?:([^;]+)")
_NO_GROUND = ("transparent", "none", "initial", "inherit")
_FONT = re.compile(r"font-family:[\"']?([^;,\"']+)")
_MAX_STYLE = 20_000  # characters of one style


@dataclass(frozen=True, slots=True)
class Look:
    """How the text inside of an element is seen."""

    hidden: bool = False
    struck: bool = False
    kept: bool = False  # white space as it stands
    font: str = ""
    raised: bool = False
    pale: bool = False  # white, as the paper is
    shaded: bool = False  # on a ground of its own, where white can be seen


PLAIN = Look()


def styled(node: Element, tag: str, style: Look) -> Look:
    """Return how the inside of ``node`` is seen where its surroundings are seen as ``style``."""
    said = str(node.get("style", ""))
    if len(said) > _MAX_STYLE:
        raise UnreadableError(LONG_TAG)
    own = re.sub(r"\s*([:;])\s*", r"\1", said.lower())
    face = str(node.get("face", "")).lower().partition(",")[0].strip() if tag == "font" else ""
    if (
        not own
        and not face
        and tag not in ("s", "strike", "del", "pre", "textarea", "sup")
        and node.get("color") is None
        and node.get("bgcolor") is None
        and node.get("hidden") is None
    ):
        return style
    font = _FONT.search(own)
    colour = _COLOUR.search(own)
    shade = str(node.get("color", "")) if colour is None else colour[1]
    ground = _GROUND.search(own)
    under = str(node.get("bgcolor", "")) if ground is None else ground[1]
    return Look(
        style.hidden or bool(_HIDDEN.search(own)) or node.get("hidden") is not None,
        style.struck or tag in ("s", "strike", "del") or bool(_STRUCK.search(own)),
        style.kept or tag in ("pre", "textarea") or "white-space:pre" in own,
        face or (font[1].strip() if font else style.font),
        style.raised or tag == "sup" or "vertical-align:super" in own,
        _is_white(shade) if shade else style.pale,
        style.shaded
        or bool(under and under not in _NO_GROUND and not _is_white(under))
        or "background-image" in own,
    )


def _is_white(colour: str) -> bool:
    """Whether a colour as pages write it (``white``, ``#FFF``, ``#ffffff``, ``rgb(255, 255, 255)``) is that of paper."""
    plain = colour.strip().lower()
    if plain.startswith("rgb("):
        parts = re.findall(r"\d+", plain)[:3]
        plain = "".join(f"{min(int(part), 255):02x}" for part in parts)
    plain = plain.removeprefix("#")
    return plain == "white" or is_pale("".join(2 * sign for sign in plain) if len(plain) == 3 else plain)
