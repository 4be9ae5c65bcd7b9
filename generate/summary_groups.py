"""Grouping what many units write in different words: sentences alike in their pairs of characters form one group.

Near-linear: each distinct sentence is compared only with the few groups that share its rarest pairs. Knows texts, not
returns or units.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

_END = re.compile(r"[。；;！!？?\n]+")
_NUMBER = re.compile(
    r"^\s*(?:[（(]?[\d一二三四五六七八九十]{1,3}[)）]|\d{1,2}[、.．]|[一二三四五六七八九十]{1,3}[、是]|[①-⑳●·•\-—])\s*"
)
_NOT_SAID = re.compile(r"[\W_]+")
_MILD = re.compile(
    "部分|个别|少数|有的|一些|较为|相对|比较|仍然|还|仍|存在|的|了|较|不够"
)  # says little: weighed out
_DICE = 0.58  # share of common pairs: 团员流动性大 and 团干部流动性大 have 0.55 and stay apart
_RATIO = 62.0  # likeness in order (rapidfuzz), so that the same pairs in another order are no group
_PREFIX = (
    0.5  # of a sentence's pairs, the rarest, that look for a group: two alike share at least one of them
)
_CANDIDATES = 24  # groups looked at for one sentence
_POSTINGS = 400  # groups kept for one pair; a pair that so many share tells nothing


@dataclass(slots=True)
class _Leader:
    text: str
    said: str
    grams: frozenset[str]
    members: list[int] = field(default_factory=list)


def sentences(text: str) -> Iterator[str]:
    """Yield the sentences of a reported text without their numbering: 一是 …；二是 … gives two."""
    for part in _END.split(text):
        sentence = _NUMBER.sub("", part).strip(" \t\u3000，,、：:")
        if len(_NOT_SAID.sub("", sentence)) > 1:
            yield sentence


def groups(texts: Sequence[str]) -> tuple[tuple[int, tuple[int, ...]], ...]:
    """Return groups of like texts: the place of a typical one and the places of all, largest group first.

    The typical text is the one said most often, of those the one that came first.
    """
    said = [_bare(text) for text in texts]
    places: dict[str, list[int]] = {}
    for at, words in enumerate(said):
        places.setdefault(words, []).append(at)
    grams = {words: _pairs(words) for words in places}
    frequent = Counter(gram for found in grams.values() for gram in found)
    index: dict[str, list[_Leader]] = {}
    leaders: list[_Leader] = []
    for words in sorted(places, key=lambda words: (-len(places[words]), places[words][0])):
        rare = sorted(grams[words], key=lambda gram: (frequent[gram], gram))
        leader = _alike(words, grams[words], rare, index)
        if leader is None:
            leader = _Leader(texts[places[words][0]], words, grams[words])
            leaders.append(leader)
            for gram in rare:
                if len(index.setdefault(gram, [])) < _POSTINGS:
                    index[gram].append(leader)
        leader.members += places[words]
    leaders.sort(key=lambda leader: (-len(leader.members), min(leader.members)))
    return tuple((leader.members[0], tuple(sorted(leader.members))) for leader in leaders)


def _bare(text: str) -> str:
    """Return what is compared of ``text``: no signs, no words that only soften it."""
    words = _NOT_SAID.sub("", text).lower()
    return _MILD.sub(lambda found: "不" if found[0] == "不够" else "", words) or words


def _pairs(words: str) -> frozenset[str]:
    return frozenset(words[at : at + 2] for at in range(len(words) - 1)) or frozenset((words,))


def _alike(
    words: str, grams: frozenset[str], rare: Sequence[str], index: dict[str, list[_Leader]]
) -> _Leader | None:
    """Return the group that ``words`` belong to, the likest, none when no group is like enough."""
    from rapidfuzz import fuzz

    best, likeness = None, _DICE
    for leader in _candidates(rare, index):
        dice = 2 * len(grams & leader.grams) / (len(grams) + len(leader.grams))
        if dice > likeness and fuzz.ratio(words, leader.said) >= _RATIO:
            best, likeness = leader, dice
    return best


def _candidates(rare: Sequence[str], index: dict[str, list[_Leader]]) -> Iterable[_Leader]:
    """Return the groups that share most of the rarest pairs, not more than ``_CANDIDATES``."""
    shared: Counter[int] = Counter()
    found: dict[int, _Leader] = {}
    for gram in rare[: max(2, round(len(rare) * _PREFIX) + 1)]:
        for leader in index.get(gram, ()):
            shared[id(leader)] += 1
            found[id(leader)] = leader  # the leader is kept, so that its id stays its own
    return [found[key] for key, _ in shared.most_common(_CANDIDATES)]
