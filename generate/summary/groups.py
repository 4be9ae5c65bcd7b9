"""Grouping what many units write in different words: sentences about the same form one group.

Near-linear: each distinct sentence is compared only with the few groups that share its rarest pairs of characters. Knows
texts, not returns or units; what a sentence is about is ``summary_topics``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain

from .topics import Topic, topic

_END = re.compile(r"[。；;！!？?\n]+")
_NUMBER = re.compile(
    r"^\s*(?:[（(]?[\d一二三四五六七八九十]{1,3}[)）]|\d{1,2}[、.．]|[一二三四五六七八九十]{1,3}[、是]|[①-⑳●·•\-—])\s*"
)
_NOT_SAID = re.compile(r"[\W_]+")
_LEAST = 0.5  # likeness of two sentences of one group
_PREFIX = 0.6  # of a topic's pairs, the rarest, that look for a group: two alike share at least one of them
_FEW = 8  # pairs that all look for a group
_CANDIDATES = 10  # groups looked at for one sentence
_POSTINGS = 400  # groups kept for one pair; a pair that so many share tells nothing
_LOOKED = 300  # places of the index looked at for one sentence, rarest pairs first, so that the time for one is bounded


@dataclass(slots=True)
class _Leader:
    topic: Topic
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
    places: dict[str, list[int]] = {}
    for at, text in enumerate(texts):
        places.setdefault(_NOT_SAID.sub("", text).lower(), []).append(at)
    topics = {words: topic(words) for words in places}
    frequent = Counter(chain.from_iterable(found.pairs for found in topics.values()))
    rank = {pair: at for at, pair in enumerate(sorted(frequent, key=lambda pair: (frequent[pair], pair)))}
    index: dict[str, list[int]] = {}
    leaders: list[_Leader] = []
    for words in sorted(places, key=lambda words: (-len(places[words]), places[words][0])):
        about = topics[words]
        rare = sorted(about.pairs, key=rank.__getitem__)
        leader = _alike(about, [leaders[at] for at in _candidates(rare, index)])
        if leader is None:
            leader = _Leader(about)
            for pair in rare:
                if len(index.setdefault(pair, [])) < _POSTINGS:
                    index[pair].append(len(leaders))
            leaders.append(leader)
        leader.members += places[words]
    leaders.sort(key=lambda leader: (-len(leader.members), min(leader.members)))
    return tuple((leader.members[0], tuple(sorted(leader.members))) for leader in leaders)


def _alike(about: Topic, candidates: Iterable[_Leader]) -> _Leader | None:
    """Return the group that a sentence belongs to, the likest, none when no group is like enough."""
    best, most = None, _LEAST
    for leader in candidates:
        likeness = about.likeness(leader.topic)
        if likeness > most:
            best, most = leader, likeness
    return best


def _candidates(rare: Sequence[str], index: dict[str, list[int]]) -> list[int]:
    """Return the places of the groups that share most of the rarest pairs, not more than ``_CANDIDATES``."""
    near: list[int] = []
    for pair in rare[: max(_FEW, round(len(rare) * _PREFIX) + 1)]:
        found = index.get(pair, ())
        if near and len(near) + len(found) > _LOOKED:
            break
        near += found
    return [at for at, _ in Counter(near).most_common(_CANDIDATES)]
