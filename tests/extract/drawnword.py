"""WordprocessingML drawn by hypothesis together with what a person would see of it: the oracle for the Word reader.

The visible text is put together while the XML is drawn, never read back from it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from hypothesis import strategies as st

from tests.wordfiles import checkbox, deleted, field, p, picture, r, sdt, tbl, tc, text_box, tr, wrapped

WORDS = st.text(st.sampled_from("甲乙丙团员 3,，：:<>&\"'一😀\u3000ab"), min_size=1, max_size=6)


@dataclass(frozen=True)
class Piece:
    """Markup inside a paragraph, what it shows, the paragraphs of text boxes hung on it, and what it hides."""

    xml: str
    text: str = ""
    boxes: tuple[str, ...] = ()
    hidden: str = ""

    def inside(self, wrap: Callable[[str], str]) -> Piece:
        """Return this piece within further markup that changes nothing of what is seen."""
        return Piece(wrap(self.xml), self.text, self.boxes, self.hidden)


@dataclass(frozen=True)
class Part:
    """Markup at block level with the paragraphs that it shows in reading order, and what it hides or covers."""

    xml: str
    lines: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()


def _joined(pieces: list[Piece]) -> Piece:
    return Piece(
        "".join(piece.xml for piece in pieces),
        "".join(piece.text for piece in pieces),
        tuple(line for piece in pieces for line in piece.boxes),
        "".join(piece.hidden for piece in pieces),
    )


def _sign(name: str, shows: str) -> Piece:
    return Piece(r(f"<w:{name}/>"), shows)


_PLAIN = WORDS.map(lambda text: Piece(r(text), text))
_SIGNS = st.sampled_from(
    (
        *(
            _sign(name, shows)
            for name, shows in (("tab", "\t"), ("br", "\n"), ("cr", "\n"), ("noBreakHyphen", "-"))
        ),
        *(
            _sign(name, "")
            for name in ('br w:type="page"', "softHyphen", "lastRenderedPageBreak", "footnoteReference")
        ),
        Piece(r('<w:sym w:font="Wingdings" w:char="F0FE"/>'), "☑"),
        Piece(r('<w:sym w:font="Wingdings 2" w:char="00A3"/>'), "□"),
        Piece(checkbox("<w:checked/>"), "☑"),
        Piece(checkbox('<w:default w:val="0"/>'), "□"),
        Piece(picture()),
        Piece('<w:bookmarkStart w:id="1" w:name="_x"/><w:proofErr w:type="spellStart"/>'),
    )
)
_GONE = st.one_of(
    WORDS.map(lambda text: Piece(deleted(text))),
    WORDS.map(lambda text: Piece(deleted(text, "moveFrom"))),
    WORDS.map(lambda text: Piece(r(text, "<w:vanish/>"), hidden=text)),
    WORDS.map(lambda text: Piece(field("", f" REF {text} "))),
)
_LOOKS = st.one_of(
    WORDS.map(lambda text: Piece(r(text, "<w:strike/>"), text)),
    WORDS.map(lambda text: Piece(r(text, '<w:vanish w:val="0"/><w:b/>'), text)),
    WORDS.map(lambda text: Piece(field(r(text)), text)),
    WORDS.map(lambda text: Piece(sdt(r(text), prompt=True), text)),
    st.tuples(WORDS, WORDS).map(
        lambda both: Piece(
            r(f"<w:ruby><w:rt>{r(both[1])}</w:rt><w:rubyBase>{r(both[0])}</w:rubyBase></w:ruby>"), both[0]
        )
    ),
    st.lists(WORDS, min_size=1, max_size=2).map(
        lambda lines: Piece(text_box(*(p(line) for line in lines)), "", tuple(lines))
    ),
)
_WRAPS: tuple[Callable[[str], str], ...] = (
    sdt,
    lambda xml: wrapped("ins", xml),
    lambda xml: wrapped("moveTo", xml),
    lambda xml: wrapped("smartTag", xml),
    lambda xml: wrapped("customXml", xml),
    lambda xml: wrapped("hyperlink", xml),
    lambda xml: f'<w:fldSimple w:instr=" DATE ">{xml}</w:fldSimple>',
)
pieces = st.recursive(
    st.one_of(_PLAIN, _PLAIN, _SIGNS, _GONE, _LOOKS),
    lambda inner: st.tuples(st.lists(inner, min_size=1, max_size=3), st.sampled_from(_WRAPS)).map(
        lambda both: _joined(both[0]).inside(both[1])
    ),
    max_leaves=4,
)


def _paragraph(content: list[Piece]) -> Part:
    whole = _joined(content)
    hidden = tuple(piece.hidden for piece in content if piece.hidden.strip())
    return Part(p(whole.xml), (whole.text, *whole.boxes), hidden)


paragraphs = st.lists(pieces, max_size=5).map(_paragraph)


def _together(parts: list[Part]) -> Part:
    return Part(
        "".join(part.xml for part in parts),
        tuple(line for part in parts for line in part.lines),
        tuple(text for part in parts for text in part.hidden),
    )


@st.composite
def _table(draw: st.DrawFn, blocks: st.SearchStrategy[Part]) -> Part:
    """Return a table with wide cells, rows and cells in content controls, and some deleted by tracking."""
    rows: list[str] = []
    lines: list[str] = []
    hidden: list[str] = []
    columns = draw(st.integers(1, 3))
    for number in range(draw(st.integers(1, 3))):
        cells: list[str] = []
        row_lines: list[str] = []
        row_hidden: list[str] = []
        fate = draw(st.sampled_from(("kept", "kept", "kept", "deleted", "sdt", "ins")))
        for _ in range(columns):
            kind = draw(st.sampled_from(("plain", "plain", "plain", "sdt", "gone", "over")))
            content = _together(draw(st.lists(blocks, min_size=1, max_size=2)))
            if kind == "gone":
                cells.append(tc(content.xml, properties="<w:cellDel/>"))
                continue
            cell = tc(content.xml, properties='<w:gridSpan w:val="2"/>' if kind == "over" else "")
            cells.append(sdt(cell) if kind == "sdt" else cell)
            row_lines += content.lines
            row_hidden += content.hidden
        row = tr(*cells, properties="<w:del/>" if fate == "deleted" else "<w:cantSplit/>" if number else "")
        rows.append(sdt(row) if fate == "sdt" else wrapped("customXml", row) if fate == "ins" else row)
        if fate != "deleted":
            lines += row_lines
            hidden += row_hidden
    return Part(tbl(*rows), tuple(lines), tuple(hidden))


_BLOCK_WRAPS = (sdt, lambda xml: wrapped("customXml", xml), lambda xml: wrapped("ins", xml))
blocks = st.recursive(
    paragraphs,
    lambda inner: st.one_of(
        _table(inner),
        st.tuples(st.lists(inner, min_size=1, max_size=2).map(_together), st.sampled_from(_BLOCK_WRAPS)).map(
            lambda both: Part(both[1](both[0].xml), both[0].lines, both[0].hidden)
        ),
    ),
    max_leaves=6,
)
bodies = st.lists(blocks, max_size=4).map(_together)
