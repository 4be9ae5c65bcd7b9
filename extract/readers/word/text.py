"""The runs of a Word paragraph as visible text: insertions yes, deletions no, fields by their result, symbols as characters.

Knows run-level WordprocessingML (ECMA-376 17.3.3, 17.5.2, 17.13.5, 17.16); tables and parts are ``word``'s concern.
"""

from __future__ import annotations

from extract.model import Look, Mark
from extract.readers.draft import Notes
from extract.readers.numbering import W
from extract.readers.package import Element
from extract.readers.signs import PRIVATE, by_code, raised, symbol, symbols
from forms import Place

from .styles import NO_EFFECT, Effect, Styles, run_effect

MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_UNDERSTOOD = ("http://schemas.microsoft.com/", "http://schemas.openxmlformats.org/", "http://purl.oclc.org/")
_SYMEX = "{http://schemas.microsoft.com/office/word/2015/wordml/symex}"
_EMOJI, _EMOJI_CODE = _SYMEX + "symEx", _SYMEX + "char"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_M_T = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_VAL = W + "val"
_R, _T, _RPR = W + "r", W + "t", W + "rPr"
_CONTAINERS = frozenset(
    W + name
    for name in (
        "hyperlink",
        "smartTag",
        "customXml",
        "ins",
        "moveTo",
        "fldSimple",
        "bdo",
        "dir",
        "sdtContent",
    )
)
_GONE = frozenset(W + name for name in ("del", "moveFrom"))
_INSERTED = frozenset(W + name for name in ("ins", "moveTo"))
_CHARACTERS = {
    W + "tab": "\t",
    W + "ptab": "\t",
    W + "br": "\n",
    W + "cr": "\n",
    W + "noBreakHyphen": "-",
}
_GRAPHICS = frozenset((W + "drawing", W + "pict", W + "object"))
_LONGEST_CODE = 80  # characters of a field's instruction that are remembered
TEXT_BOX = W + "txbxContent"
_SILENT = frozenset(
    W + name
    for name in (
        "pPr",
        "rPr",
        "proofErr",
        "bookmarkStart",
        "bookmarkEnd",
        "lastRenderedPageBreak",
        "softHyphen",
    )
)
_PICTURES = (
    "{http://schemas.openxmlformats.org/drawingml/2006/picture}pic",
    "{urn:schemas-microsoft-com:vml}imagedata",
    "{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds",
    "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart",
)


class TextReader:
    """Gathers the text of one paragraph at a time; field state lasts over paragraphs, as fields do.

    ``notes`` takes text that is there but not shown, and a word for what was met (``tracked``).
    """

    def __init__(self, styles: Styles | None, notes: Notes) -> None:
        """Keep what resolves visibility (none when no run of this document changes it) and where hidden text goes."""
        self._styles = styles
        self._notes = notes
        self.place = Place("正文")  # of the paragraph being read, for what is put aside
        self.on_ground = (
            False  # whether that paragraph stands on a ground of its own, where white can be seen
        )
        self._fields: list[bool] = []  # one entry for each open field: whether its result has begun
        self._codes: list[str] = []  # and its instruction
        self._parts: list[str] = []
        self._length = 0
        self._marks: list[Mark] = []
        self._boxes: list[Element] = []
        self._style = NO_EFFECT
        self.pictures: list[tuple[Place, Element]] = []

    def read(self, paragraph: Element, style: Effect) -> tuple[str, tuple[Mark, ...], tuple[Element, ...]]:
        """Return the text of ``paragraph``, its marks, and the text boxes anchored in it."""
        plain = self.plain(paragraph)
        if plain is not None:
            return plain, (), ()
        self._parts, self._length, self._marks, self._boxes = [], 0, [], []
        self._style = style
        self._inline(paragraph)
        return "".join(self._parts), tuple(self._marks), tuple(self._boxes)

    def plain(self, paragraph: Element) -> str | None:
        """Return the text of a paragraph that has neither marks nor boxes, none when that needs a closer look."""
        return None if self._fields or self._styles is not None else _plain_text(paragraph)

    def _add(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)

    def _inline(self, parent: Element) -> None:
        for child in parent:
            tag = child.tag
            if tag == _R:
                self._run(child)
            elif tag in _CONTAINERS:
                if tag in _INSERTED:
                    self._notes.notice("tracked")
                self._inline(child)
            elif tag == W + "sdt":
                self._control(child)
            elif tag in _GONE:
                self._notes.notice("tracked")
            elif tag == MC + "AlternateContent":
                self._inline(chosen(child))
            elif isinstance(tag, str) and tag.startswith(
                "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
            ):
                self._add("".join(str(node.text or "") for node in child.iter(_M_T)))

    def _control(self, control: Element) -> None:
        """Read a content control (17.5.2): a ticked box by its sign, a placeholder as a prompt, else its content."""
        content = control.find(W + "sdtContent")
        if content is None:
            return
        start = self._length
        self._inline(content)
        if self._length > start and is_prompt(control):
            self._marks.append(Mark(start, self._length, Look.PROMPT))

    def _run(self, run: Element) -> None:
        start, kept = self._length, len(self._parts)
        properties = self._content(run)
        if self._styles is not None and self._length > start:
            self._apply(self._effect(self._styles, properties), start, kept)

    def _content(self, parent: Element) -> Element | None:
        """Add what stands in a run, or in the branch of a choice within one; return the run's properties."""
        properties: Element | None = None
        for child in parent:
            tag = child.tag
            if tag == _T:
                if not self._fields or all(self._fields):
                    text = child.text or ""
                    self._add(
                        symbols("", text) if self._styles is not None and PRIVATE.search(text) else text
                    )
            elif tag == _RPR:
                properties = child
            else:
                self._other(child, str(tag))
        return properties

    def _apply(self, effect: Effect, start: int, kept: int) -> None:
        """Take hidden text back out and mark struck-through text, from ``start`` and part ``kept`` on."""
        if effect.signs:
            self._translate(effect.signs, kept)
        if effect.raised:
            self._parts[kept:] = [raised(part) for part in self._parts[kept:]]
        if effect.hidden or (effect.pale and not effect.shaded and not self.on_ground):
            hide(self._notes, "".join(self._parts[kept:]), self.place)
            del self._parts[kept:]
            self._length = start
        elif effect.struck:
            self._marks.append(Mark(start, self._length, Look.STRUCK))

    def _translate(self, font: str, kept: int) -> None:
        """Show the letters of a symbol font as the signs they stand for; a sign is as long as its letter."""
        self._parts[kept:] = [symbols(font, part) for part in self._parts[kept:]]

    def _effect(self, styles: Styles, properties: Element | None) -> Effect:
        if properties is None:
            return self._style
        effect = run_effect(properties)
        if styles and (style := properties.find(W + "rStyle")) is not None:
            effect = effect.over(styles.effect(style.get(_VAL, "")))
        return effect.over(self._style)

    def _other(self, child: Element, tag: str) -> None:
        if tag == W + "fldChar":
            self._field(child)
        elif self._fields and not all(self._fields):
            if tag == W + "instrText" and len(self._codes[-1]) < _LONGEST_CODE:
                self._codes[-1] += child.text or ""
        elif tag in _CHARACTERS:
            page_break = tag == W + "br" and child.get(W + "type") in ("page", "column")
            self._add("" if page_break else _CHARACTERS[tag])
        elif tag == W + "sym":
            self._add(symbol(child.get(W + "font", ""), child.get(W + "char", "")))
        elif tag == MC + "AlternateContent":
            branch = chosen(child)
            if not self._graphic(branch):
                self._content(branch)
        elif tag in _GRAPHICS:
            self._graphic(child)
        elif tag == _EMOJI:
            self._add(symbol("", child.get(_EMOJI_CODE, "")))
        elif tag == W + "ruby":
            base = child.find(W + "rubyBase")
            if base is not None:
                self._inline(base)

    def _field(self, mark: Element) -> None:
        match mark.get(W + "fldCharType"):
            case "begin":
                box = mark.find(f"{W}ffData/{W}checkBox")
                if box is not None:
                    self._add("☑" if _ticked(box) else "□")
                elif (chosen := mark.find(f"{W}ffData/{W}ddList")) is not None:
                    self._add(_picked(chosen))
                self._fields.append(False)
                self._codes.append("")
            case "separate" if self._fields:
                self._fields[-1] = True
            case "end" if self._fields:
                code = self._codes.pop()
                if not self._fields.pop() and all(self._fields):
                    self._add(by_code(code))

    def _graphic(self, graphic: Element) -> bool:
        """Take the text boxes of a drawing, or note its picture; return whether it had any of them."""
        boxes = list(graphic.iter(TEXT_BOX))
        self._boxes += [box for box in boxes if not _inside_fallback(box, graphic)]
        if boxes:
            return True
        pictured = any(next(graphic.iter(name), None) is not None for name in _PICTURES)
        if pictured:
            self._marks.append(Mark(self._length, self._length, Look.PICTURE))
            self.pictures.append((self.place, graphic))
        return pictured


def hide(notes: Notes, text: str, place: Place) -> None:
    """Put text aside that is there but not shown."""
    if text.strip():
        notes.aside(text, "隐藏文字", place)
        notes.notice("hidden")


def _plain_text(paragraph: Element) -> str | None:
    """Return the text of a paragraph that is nothing but runs of text, none when anything else needs a closer look.

    Most paragraphs are, and most of the time of reading goes here: hence no calls and no formatting.
    """
    parts = []
    for child in paragraph:
        tag = child.tag
        if tag == _R:
            for node in child:
                inner = node.tag
                if inner == _T:
                    parts.append(node.text or "")
                elif inner not in _SILENT:
                    return None
        elif tag not in _SILENT:
            return None
    return "".join(parts)


def is_prompt(control: Element) -> bool:
    """Whether a content control still shows its placeholder (17.5.2.39)."""
    shown = control.find(f"{W}sdtPr/{W}showingPlcHdr")
    return shown is not None and shown.get(_VAL, "1") not in ("0", "false")


def chosen(alternatives: Element) -> Element:
    """Return the branch that a reader shows (ECMA-376 part 3, 9.3): the first choice that Word understands, else the fallback.

    Word understands its makers' own namespaces; without a fallback the first choice is all that anybody can see.
    """
    choices = alternatives.findall(MC + "Choice")
    for choice in choices:
        needed = (choice.nsmap.get(prefix) or "" for prefix in choice.get("Requires", "").split())
        if all(name.startswith(_UNDERSTOOD) for name in needed):
            return choice
    fallback = alternatives.find(MC + "Fallback")
    return fallback if fallback is not None else choices[0] if choices else alternatives


def _inside_fallback(node: Element, top: Element) -> bool:
    parent = node.getparent()
    while parent is not None and parent is not top:
        if parent.tag in (MC + "Fallback", TEXT_BOX):  # a box within a box is read with the outer one
            return True
        parent = parent.getparent()
    return False


def _picked(choices: Element) -> str:
    """Return the entry that a drop-down form field shows (17.16.9): its result, else its default, else the first."""
    entries = [entry.get(_VAL, "") for entry in choices.iterfind(W + "listEntry")]
    for name in ("result", "default"):
        node = choices.find(W + name)
        place = "" if node is None else node.get(_VAL, "")
        if place.isdecimal():
            return entries[int(place)] if int(place) < len(entries) else ""
    return entries[0] if entries else ""


def _ticked(box: Element) -> bool:
    state = box.find(W + "checked")
    if state is None:
        state = box.find(W + "default")
    return state is not None and state.get(_VAL, "1") not in ("0", "false")
