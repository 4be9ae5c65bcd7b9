"""Understanding a blank form: its title, the places that wait for an answer, and the labels that say what belongs there.

Pure: a neutral document in, fields with places out. Writing the tags is ``tagging``'s concern.
"""

from __future__ import annotations

import re

from extract.matching.board import OUTSIDE, Board, Box, spread
from extract.model import Document
from extract.spelling import squeeze
from forms import FieldKind, doubt

from .cells import Cells
from .fieldnames import Names, heading_of, identifier
from .grids import Grids
from .inline import (
    SIGNS,
    dates_under,
    inline,
    within_sentence,
)
from .spots import Blank, Spot
from .titles import title_on
from .unsure import doubtful

_LONGEST = 40
_FEW = 3  # characters of labels that are no address: 性别
_DATES = re.compile(r"(?<![\u4e00-\u9fff])日[ \u3000]*期[ \u3000]*[:：]")
_WORD = "表"  # what places in a Word table begin with
_MARGINS = ("页眉", "页脚")  # printed on every page; no tag can stand there


def understand(document: Document) -> Blank:
    """Find title, fields and row groups of a blank form; what is unclear is a doubt."""
    board = spread(document, lambda text: bool(text.strip()))
    blank = Blank(title_on(board))
    names = Names(_often(board))
    reader = Grids(Cells(board), blank, names)
    titled = not blank.title
    signers: tuple[str, ...] = ()  # who signed in the line before
    for box in board.boxes:
        if box.pieces[0].place.part in _MARGINS:
            continue
        if blank.title and re.sub("[_＿⎵‗]", "", squeeze(box.text)) == squeeze(blank.title):
            titled = True
            if not re.match(r"[\s_＿⎵‗]{6,}[（(]", box.text):
                continue  # ________（学校）证明 asks which
        if box.grid == OUTSIDE:
            found = len(blank.spots)
            if reader.below(box) or dates_under(box, signers, blank, names):
                pass
            elif _opens_text(board, box):
                within_sentence(box, blank, names, reader.heading)
            else:
                inline(box, blank, names, reader.heading, signers[0] if len(signers) == 1 else "")
            signers = _signers(blank.spots[found:]) if box.filled else signers
            if titled and found == len(blank.spots):
                reader.heading = heading_of(box.text) or reader.heading
        else:
            reader.look(box)
    _beside_lists(blank)
    blank.doubts += doubtful(board, blank, names.repeated)
    if not blank.spots:
        blank.doubts.append(doubt("learn_no_fields"))
    if not blank.title:
        blank.doubts.append(doubt("learn_no_title"))
    return blank


def _often(board: Board) -> tuple[str, ...]:
    """Return 日期 where it stands more than once on the page as a label of its own."""
    count = sum(len(_DATES.findall(box.text)) for box in board.boxes)
    return ("日期",) if count > 1 else ()


def _beside_lists(blank: Blank) -> None:
    """Take fields out of the rows of a sheet's list, which are written anew for each entry; they are asked about."""
    rows = {(spot.place.part, spot.place.row) for spot in blank.spots if spot.group}
    lost = [
        spot
        for spot in blank.spots
        if not spot.group
        and (spot.place.part, spot.place.row) in rows
        and not spot.place.part.startswith(_WORD)
    ]
    blank.unnamed += [spot.place for spot in lost]
    blank.spots[:] = [spot for spot in blank.spots if spot not in lost]


def _signers(spots: list[Spot]) -> tuple[str, ...]:
    """Return the paths of the places of a line where somebody signs and nothing else is asked: to them the dates under it belong."""
    signs = all(
        spot.kind is not FieldKind.DATE and SIGNS.search(squeeze(spot.label)) is not None for spot in spots
    )
    return tuple(spot.path for spot in spots) if signs else ()


def _opens_text(board: Board, box: Box) -> bool:
    """Whether a line only leads to the text under it, as an address or a heading does: 县属各单位党组织：."""
    if not re.fullmatch(r"[^:：]+[:：]\s*", box.text) or box.order + 1 >= len(board.boxes):
        return False
    under = board.boxes[box.order + 1]
    prose = len(re.findall(r"[，。；]", under.text)) > 1 and len(identifier(box.text)) > _FEW
    if under.grid == OUTSIDE and prose:
        return True
    if under.grid != OUTSIDE or re.search(r"[:：][ \t\u3000_]{2,}", under.text):
        return False
    return (
        len(squeeze(under.text)) > _LONGEST
        or re.search(r"^\d{1,2}[.．、].*[。；;]$", under.text.strip()) is not None
    )
