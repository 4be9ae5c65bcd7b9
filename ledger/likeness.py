"""Which of many texts are copies of earlier ones, word for word or edited, in time that grows with their number.

Knows texts, not returns or units. A copy, even one with a word changed here and there, shares runs of five characters with
its source that hardly any other text has. So each text is looked up by a dozen of its rarest runs, and only the few texts
found there are compared with it. Runs are weighed by their rarity: what everybody writes (三会两制一课, 在上级的指导下)
makes no copy. This is another question than that of ``generate.summary_groups``, where two sentences are alike that say the
same in other words.
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

_RUN = 5  # characters of a run that a text is looked up by
_SHORT = 3  # characters of a run when two texts are compared
_KEYS = 16  # runs that look for a copy, the rarest
_STEPS = 20  # texts looked at under one run, the latest first
_CANDIDATES = 10  # texts compared with one text
_LEAST = 0.58  # share of a text that makes it a copy …
_WEIGHTY = 0.2  # … when it is also so much of it by weight: common phrases alone make none …
_TELLING = 0.36  # … which also holds so many of its runs that are not in common use …
_PLAIN = 0.8  # … or when it is so much that nothing of its own is left to speak of
_COMMON = 0.1  # share of all texts that makes a run a common phrase's, which weighs nothing …
_COMMON_LEAST = 20  # … in so many texts at least
_BACK = 0.25  # share of the earlier text that must stand in the copy: half a sentence out of a page is none
_SAME = 0.9  # a copy so like its source need not be found itself: the source will be
_OFTEN = 4  # up to so many texts a run weighs as if it stood in one text alone
_OWN = 0.7  # share of a text that stands in the work's own words: then it quotes them
_LARGEST = 26  # bits of the number of counters
_FULL = 0xFFFF  # where a counter stops
_HASH = 0xFFFF_FFFF

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
        self._alike: dict[str, list[int]] = {}
        self._origin = array("i", range(len(texts)))
        self._count = _Counts(texts)
        self._index = _Index(len(texts))

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
        keys = self._count.keys(self._texts[at])
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
        mine, theirs = _pieces(text), _pieces(source)
        share = _part(mine, theirs)
        if share < max(_LEAST, _BACK * len(theirs) / max(len(mine), 1)):
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

    def keys(self, text: str) -> list[int]:
        """Return the rarest runs of ``text`` that another text has too, of equally rare ones those with the least hash."""
        count, mask = self._count, self._mask
        known = [often << 32 | run for run in _runs(text) if (often := count[run & mask]) > 1]
        return [key & _HASH for key in heapq.nsmallest(_KEYS, known)]

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
    """Texts by their keys: chains in two flat arrays, so that a million texts take some tens of megabytes."""

    def __init__(self, number: int) -> None:
        self._mask = (1 << (number * _KEYS + 1024).bit_length()) - 1
        self._heads = array("i", [-1]) * (self._mask + 1)
        self._text = array("i")
        self._before = array("i")

    def add(self, at: int, keys: Iterable[int]) -> None:
        """Put the text at ``at`` under ``keys``."""
        for key in keys:
            slot = key & self._mask
            self._before.append(self._heads[slot])
            self._heads[slot] = len(self._text)
            self._text.append(at)

    def near(self, keys: Sequence[int]) -> list[int]:
        """Return the texts that stand under most of ``keys``."""
        heads, before, text, mask = self._heads, self._before, self._text, self._mask
        met: list[int] = []
        for key in keys:
            place, steps = heads[key & mask], 0
            while place >= 0 and steps < _STEPS:
                met.append(text[place])
                place, steps = before[place], steps + 1
        return [at for at, _ in Counter(met).most_common(_CANDIDATES)]


def _runs(text: str) -> set[int]:
    """Return the hashes of the runs of ``text``, the same in every process."""
    wide = text.encode("utf-32-le", "surrogatepass")
    return {crc32(wide[at : at + 4 * _RUN]) for at in range(0, len(wide) - 4 * (_RUN - 1), 4)}


def _pieces(text: str) -> set[str]:
    return {text[at : at + _SHORT] for at in range(len(text) - _SHORT + 1)}


def _part(pieces: set[str], others: set[str]) -> float:
    return len(pieces & others) / len(pieces) if pieces else 0.0
