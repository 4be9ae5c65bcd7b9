"""A house profile in a finished document: faces, margins, line pitch and the form of page numbers that it asks for.

What depends on the 版心's width stays as the standard has it: a profile cannot change that width. Knows package parts; why
a rule is so stands in the profile.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from generate.standard import numbers as standard
from generate.standard.profile import OWN_PROFILE, Profile, load_profile, shipped

_WORD = re.compile(r"word/[^/]*\.xml")
_FOOTER = re.compile(r"word/footer[^/]*\.xml")
_MARGINS = re.compile(r"<w:pgMar [^>]*/>")
_FACE = re.compile(r'(w:(?:ascii|hAnsi|eastAsia|cs)=)("[^"]*")')
_UPRIGHT = f'w:top="{standard.TOP}"'


def house_profile(folder: Path) -> Profile:
    """Return the profile of a work folder: its own where it has one; raise ``MistakesError``."""
    own = folder / OWN_PROFILE
    return load_profile(own if own.is_file() else None)


def housed(members: Mapping[str, bytes], profile: Profile) -> dict[str, bytes]:
    """Return ``members``, made to the standard, as ``profile`` wants them; unchanged where it says nothing."""
    if profile is shipped():
        return dict(members)
    faces = {
        quoteattr(shipped().face(kind)): quoteattr(names[0])
        for kind, names in profile.faces.items()
        if names[0] != shipped().face(kind)
    }
    found = dict(members)
    for name in filter(_WORD.fullmatch, members):
        try:
            text = members[name].decode()
        except UnicodeDecodeError:
            continue  # a draft's own part in UTF-16, which none of ours is
        text = _FACE.sub(lambda match: match[1] + faces.get(match[2], match[2]), text) if faces else text
        text = _paged(text, profile)
        found[name] = (_numbered(text, profile) if _FOOTER.fullmatch(name) else text).encode()
    return found


def _paged(text: str, profile: Profile) -> str:
    """Set the margins of upright pages and the line pitch."""
    pitch = round(profile.number("每面行数", "磅") * 20)
    text = re.sub(rf'(w:line|w:linePitch)="{standard.LINE}"', rf'\1="{pitch}"', text)
    top, left = (standard.twips(profile.number(rule, "毫米")) for rule in ("天头", "订口"))
    bottom = standard.PAGE_HEIGHT - top - standard.twips(profile.number("版心", "高"))
    right = standard.PAGE_WIDTH - left - standard.TEXT_WIDTH
    footer = standard.FOOTER + bottom - standard.BOTTOM
    sides = {"top": top, "left": left, "bottom": bottom, "right": right, "footer": footer}

    def moved(match: re.Match[str]) -> str:
        margins = match[0]
        if _UPRIGHT in margins:
            for side, twips in sides.items():
                margins = re.sub(rf'w:{side}="-?\d+"', f'w:{side}="{twips}"', margins)
        return margins

    return _MARGINS.sub(moved, text)


def _numbered(text: str, profile: Profile) -> str:
    """Write what stands around the page number as the profile's form has it."""
    before, _, after = str(profile.rule("页码形式").numbers["形式"]).partition("1")
    return text.replace(">— </w:t>", f">{escape(before)}</w:t>").replace(
        "> —</w:t>", f">{escape(after)}</w:t>"
    )
