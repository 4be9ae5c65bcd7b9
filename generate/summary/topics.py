"""What a sentence about a problem is about: its words without those that only judge, soften or lead up to it.

经费不足, 缺少经费 and 经费保障不够 are about the same; 经费不足 and 人员不足 share the judgement alone. Knows words, not groups.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from generate.standard.words import word_edges

_NOT_SAID = re.compile(r"[\W_]+")
_JUDGED = re.compile(
    r"不(?:是)?(?:很|太|够|甚|尽)?(?:及时|到位|规范|严格|完善|健全|紧密|集中|稳定|深入|平衡|均衡|明显|通?畅|经常|扎实|充分|准确|合理"
    r"|积极|主动|清晰|浓厚|统一|理想|牢固|严谨|细致|丰富|熟悉|多|强|高|全|足|够|大|浓|实|严|细|好|快|广|深|牢)"
    r"|缺乏|缺少|欠缺|匮乏|紧缺|短缺|有限|薄弱|淡薄|淡化|单一|滞后|落后|严重|困难|难以|大量|保障|明显|存在|出现"
    r"|未能|未按期|未及时|没有|有待(?:进一步)?(?:提高|加强|完善|提升|改进)?|亟待|亟需|需要?(?:进一步)?(?:加强|提高|完善|提升)"
    r"|(?:偏|较|过|太|比较|相对|较为|略)(?:少|低|大|弱|差|慢|高|多|窄|强|难|小|散|旧|松|浅|重|缺)|强度"
)
_MILD = re.compile(
    "部分|个别|少数|有的|一些|普遍|较为|相对|比较|仍然|不同程度|程度|现象|情况|问题|方面|有关|相关|其他|其它|之间|开展|工作|基层|多为"
    "|进一步|一定|时常|经常|由于|导致|造成|影响|因为|目前|当前|我县|我区|我市|本[县区市乡镇校]|执行|的|了|较|偏|还|仍|与|和|对|在|等|也|都|为|是|有"
)
_WHOSE = re.compile(r"^.{0,6}?(?:团支部|团总支|团工委|团委|团组织|党支部|党组织|支部)(?=.{4})")
"""Whose problem it is, where enough follows to tell the problem: 村团支部活动经费, not 企业团组织覆盖."""
_SUBSTITUTED = 0.25  # share of what is common that either may say instead: 教育 for 管理 is another problem
_ADDED = 1.3  # times what is common that one may say besides
_SHORT = 3  # characters in common so few that the last word must be the same: 活动 is no 活动经费


@dataclass(frozen=True, slots=True)
class Topic:
    """The words of a sentence that tell what it is about, with their length, pairs of characters, and the last two.

    A word said again is another word, with a NUL behind it.
    """

    words: frozenset[str]
    size: int
    pairs: frozenset[str]
    head: str

    def likeness(self, other: Topic) -> float:
        """Return how much both are about the same, 0 (not at all) to 1.

        What one says besides weighs little, what each says instead of the other makes it another problem.
        """
        common = sum(map(len, self.words & other.words))
        left, right = self.size - common, other.size - common
        instead, besides = min(left, right), abs(left - right)
        if not common or instead > common * _SUBSTITUTED or besides > common * _ADDED:
            return 0.0
        if common <= _SHORT and self.head != other.head:
            return 0.0
        return common / (common + 2 * instead + besides / 2)


def topic(sentence: str) -> Topic:
    """Return what ``sentence`` is about; all its words when it only judges."""
    said = _NOT_SAID.sub("", sentence).lower()
    bare = _MILD.sub("", _JUDGED.sub("", said)) or said
    bare = _WHOSE.sub("", bare)
    words: set[str] = set()
    for word in _words(bare):
        while word in words:
            word += "\0"  # noqa: PLW2901 - the same word once more
        words.add(word)
    pairs = frozenset(bare[at : at + 2] for at in range(len(bare) - 1)) or frozenset((bare,))
    return Topic(frozenset(words), sum(map(len, words)), pairs, bare[-2:])


def _words(text: str) -> list[str]:
    """Return known words, and single characters where none is known."""
    inside, _ = word_edges(text)
    starts = [at for at in range(len(text)) if at not in inside]
    return [text[at:end] for at, end in pairwise([*starts, len(text)])]
