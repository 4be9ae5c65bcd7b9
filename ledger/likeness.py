"""Which of many texts are copies of earlier ones, word for word or edited, in time that grows with their number.

Knows texts, not returns or units. A copy, even one with a word changed here and there, shares runs of characters with its
source that hardly any other text has. So each text is looked up by those of its runs that fewest earlier texts have, long
ones and short ones, and only the few texts found there are compared with it. Runs are weighed by their rarity: what
everybody writes (三会两制一课, 在上级的指导下) makes no copy. This is another question than that of
``generate.summary.document.groups``, where two sentences are alike that say the same in other words.
"""

from __future__ import annotations

import heapq
import re
import unicodedata
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import log
from zlib import crc32

_RUN = 5  # characters of a run that is weighed
_SHORT = 3  # characters of a run when two texts are compared
_LOOKED_UP = (
    8,
    12,
)  # characters of the runs that a text is looked up by: the long ones are rarer, the short ones outlive more changes
_SAMPLED = 30  # bits of a hash: of the runs of a text one in four is looked up, by the bits above, the same ones everywhere …
_ALL = 60  # … unless it has so few characters
_KEYS = 24  # runs that look for a copy, the rarest among the earlier texts
_STEPS = 20  # texts looked at under one run, the latest first
_CANDIDATES = 10  # texts compared with one text
_LEAST = 0.5  # share of a text that makes it a copy …
_BOTH = 1.1  # … when so much of both, their shares added, is the same: a sentence out of a page is none …
_WEIGHTY = 0.2  # … when it is also so much of it by weight: common phrases alone make none …
_TELLING = 0.36  # … which also holds so many of its runs that are not in common use …
_PLAIN = 0.8  # … or when it is so much that nothing of its own is left to speak of
_COMMON = 0.1  # share of all texts that makes a run a common phrase's, which weighs nothing …
_COMMON_LEAST = 20  # … in so many texts at least
_SAME = 0.9  # a copy so like its source need not be found itself: the source will be
_OFTEN = 4  # up to so many texts a run weighs as if it stood in one text alone
_OWN = 0.7  # share of a text that stands in the work's own words: then it quotes them
_LARGEST = 26  # bits of the number of counters, of weights …
_ROOMIEST = 25  # … and of the index
_FULL, _MANY = 0xFFFF, 0xFF  # where a counter stops

_NUMBER = re.compile(r"[\d零〇一二三四五六七八九十百千两]*\d[\d.,]*")
_NOT_SAID = re.compile(r"[\W_]+")

May = Callable[[int, int], bool]
"""Whether a text may be a copy of an earlier one, both by their places: not where one return holds both."""


@dataclass(frozen=True, slots=True)
class Like:
    """That the text at ``at`` is a copy of the earlier one at ``source``; ``share`` of it stands there, 0 to 1."""

    at: int
    source: int
    share: float


def bare(text: str) -> str:
    """Return what ``text`` says without punctuation, blanks and widths; every number is ``0``.

    Two texts that differ in nothing but their numbers are the same text.
    """
    return _NOT_SAID.sub("", _NUMBER.sub("0", unicodedata.normalize("NFKC", text))).lower()


def likenesses(texts: Sequence[str], may: May, own: Iterable[str] = ()) -> Iterator[Like]:
    """Yield for each of ``texts`` (from ``bare``, the earliest first) that is a copy the earliest text it is like.

    ``own`` are words that all may quote. CPU and memory grow in proportion to the characters of all texts.
    """
    search = _Search(texts, may, own)
    for at in range(len(texts)):
        found = search.source(at)
        if found is not None:
            yield found


class _Search:
    """Texts that are looked for among those before them."""

    def __init__(self, texts: Sequence[str], may: May, own: Iterable[str]) -> None:
        self._texts = texts
        self._may = may
        self._own = {piece for text in own for piece in _pieces(bare(text))}
        self._asked: tuple[int, set[str]] = (-1, set())  # the text compared last, and its pieces
        self._alike: dict[str, list[int]] = {}
        self._origin = array("i", range(len(texts)))
        self._count = _Counts(texts)
        self._index = _Index(sum(map(len, texts)))

    def source(self, at: int) -> Like | None:
        """Return what the text at ``at`` is a copy of, and remember it for those that follow."""
        same = self._alike.setdefault(self._texts[at], [])
        before = dict.fromkeys((*same, *(self._origin[other] for other in same)))
        found = next(
            (Like(at, other, self._share(at, other)) for other in before if self._may(at, other)), None
        )
        if not same:
            found = self._likest(at)
        if len(same) < _CANDIDATES:
            same.append(at)
        if found is None or self._quoted(at):
            return None
        found = self._earliest(found)
        self._origin[at] = found.source
        return found

    def _quoted(self, at: int) -> bool:
        """Whether a text says hardly more than the work's own words do."""
        return _part(_pieces(self._texts[at]), self._own) >= _OWN

    def _likest(self, at: int) -> Like | None:
        """Return the likest of the texts that share the rarest runs of the text at ``at``."""
        keys = _keys(self._texts[at])
        best: Like | None = None
        near = self._index.near(keys)
        for other in dict.fromkeys((*near, *(self._origin[one] for one in near))):
            if not self._may(at, other):
                continue
            share = self._share(at, other)
            if share and (best is None or share > best.share):
                best = Like(at, other, share)
        if best is None or best.share < _SAME:
            self._index.add(at, keys)
        return best

    def _earliest(self, found: Like) -> Like:
        """Return ``found`` with the text that its source was itself copied from, where it is like that too."""
        first = self._origin[found.source]
        if first == found.source or not self._may(found.at, first):
            return found
        share = self._share(found.at, first)
        return Like(found.at, first, share) if share else found

    def _share(self, at: int, other: int) -> float:
        """Return how much of the text at ``at`` stands in the one at ``other``, 0 where that makes no copy."""
        text, source = self._texts[at], self._texts[other]
        if text == source:
            return 1.0
        if at != self._asked[0]:
            self._asked = at, _pieces(text)
        mine, theirs = self._asked[1], _pieces(source)
        share = _part(mine, theirs)
        if share < _LEAST or share + _part(theirs, mine) < _BOTH:
            return 0.0
        return share if share >= _PLAIN or self._count.weighed(text, source) >= _WEIGHTY else 0.0


class _Counts:
    """In how many texts a run stands, and what that makes it weigh. Runs of one bucket are counted together."""

    def __init__(self, texts: Sequence[str]) -> None:
        room = 3 * sum(map(len, texts))
        self._mask = (1 << max(16, min(room.bit_length(), _LARGEST))) - 1
        self._count = array("H", bytes(2 * (self._mask + 1)))
        self._number = len(texts)
        count, mask = self._count, self._mask
        for text in dict.fromkeys(texts):
            for run in _runs(text):
                if count[run & mask] < _FULL:
                    count[run & mask] += 1

    def weighed(self, text: str, source: str) -> float:
        """Return how much of ``text`` stands in ``source``, 0 to 1, its runs weighed by their rarity.

        0 where too few of the runs that are not in common use do.
        """
        theirs = _runs(source)
        weights = {run: weight for run in _runs(text) if (weight := self._weight(run))}
        shared = [weight for run, weight in weights.items() if run in theirs]
        return sum(shared) / sum(weights.values()) if len(shared) > _TELLING * len(weights) else 0.0

    def _weight(self, run: int) -> float:
        often = max(self._count[run & self._mask], _OFTEN)
        common = often > max(_COMMON_LEAST, _COMMON * self._number)
        return 0.0 if common else log(1 + self._number / often) ** 2


class _Index:
    """Texts by their runs: chains in flat arrays, about a kilobyte for an answer of a hundred characters."""

    def __init__(self, characters: int) -> None:
        self._mask = (1 << max(10, min(characters.bit_length(), _ROOMIEST))) - 1
        self._heads = array("i", [-1]) * (self._mask + 1)
        self._often = array("B", bytes(self._mask + 1))
        self._text = array("i")
        self._before = array("i")

    def add(self, at: int, keys: Iterable[int]) -> None:
        """Put the text at ``at`` under ``keys``."""
        heads, often, mask = self._heads, self._often, self._mask
        for key in keys:
            slot = key & mask
            self._before.append(heads[slot])
            heads[slot] = len(self._text)
            self._text.append(at)
            if often[slot] < _MANY:
                often[slot] += 1

    def near(self, keys: Iterable[int]) -> list[int]:
        """Return the texts that stand under most of those ``keys`` that fewest texts stand under.

        What a later copy will share with a text says nothing about what that text was copied from: so rare is what is rare
        among the texts that were put in.
        """
        heads, before, text, mask, often = self._heads, self._before, self._text, self._mask, self._often
        known = [many << 32 | slot for key in keys if (many := often[slot := key & mask])]
        met: list[int] = []
        for key in heapq.nsmallest(_KEYS, known):
            place, steps = heads[key & mask], 0
            while place >= 0 and steps < _STEPS:
                met.append(text[place])
                place, steps = before[place], steps + 1
        return [at for at, _ in Counter(met).most_common(_CANDIDATES)]


def _keys(text: str) -> set[int]:
    """Return the hashes of the runs that ``text`` is looked up by."""
    wide = text.encode("utf-32-le", "surrogatepass")
    runs = {
        crc32(wide[at : at + 4 * size])
        for size in _LOOKED_UP
        for at in range(0, len(wide) - 4 * (size - 1), 4)
    }
    return runs if len(text) < _ALL else {run for run in runs if run >> _SAMPLED == 0}


def _runs(text: str) -> set[int]:
    """Return the hashes of the runs of ``text``, the same in every process."""
    wide = text.encode("utf-32-le", "surrogatepass")
    return {crc32(wide[at : at + 4 * _RUN]) for at in range(0, len(wide) - 4 * (_RUN - 1), 4)}


def _pieces(text: str) -> set[str]:
    """Return the short runs of ``text``, which tell how much of it stands in another."""
    return {text[at : at + _SHORT] for at in range(len(text) - _SHORT + 1)}


def _part(pieces: set[str], others: set[str]) -> float:
    return len(pieces & others) / len(pieces) if pieces else 0.0
