"""Grouping by likeness: like sentences meet, unlike ones stay apart, and the time grows with the number of sentences."""

from __future__ import annotations

import itertools
import random
import time
from collections.abc import Iterable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.ledgers import ledger
from forms import Period
from generate.summary.choice import chosen
from generate.summary.document import summary_bytes
from generate.summary.groups import groups, sentences
from generate.summary.tables import ranges
from generate.summary.topics import Topic
from generate.summary.totals import Quote
from tests.generate.likeness import HELD_OUT, TRAPS, UNSEEN, WORKED_ON

TOGETHER = (
    ("团干部兼职多，精力不够集中", "团干部兼职较多，工作精力不集中"),
    ("活动经费不足", "活动经费保障不足", "缺少活动经费"),
    ("智慧团建系统更新不及时", "“智慧团建”系统信息更新不够及时"),
    ("阵地建设滞后", "团的阵地建设相对滞后"),
    ("活动形式单一，吸引力不强", "活动形式较为单一，对青年的吸引力不够强"),
    ("部分团员意识淡薄", "团员意识不强"),
)


@pytest.mark.parametrize("said", TOGETHER, ids=lambda said: said[0])
def test_like_sentences_meet(said: tuple[str, ...]) -> None:
    ((_, members),) = groups(said)
    assert members == tuple(range(len(said)))


def test_unlike_sentences_stay_apart() -> None:
    said = [each[0] for each in TOGETHER] + ["团员流动性大", "团干部流动性大", "台账不全"]
    assert len(groups(said)) == len(said)


def test_the_typical_sentence_is_the_one_said_most_often() -> None:
    said = ["活动经费保障不足", "活动经费不足", "台账不全", "活动经费不足"]
    assert groups(said) == ((1, (0, 1, 3)), (2, (2,)))


def test_numbering_and_ends_are_no_part_of_a_sentence() -> None:
    text = "1.经费不足；（二）场地不足。三是人手不足\n④台账不全；无；。"
    assert list(sentences(text)) == ["经费不足", "场地不足", "人手不足", "台账不全"]
    assert list(sentences("12人未参加，3.5万元未落实")) == ["12人未参加，3.5万元未落实"]


def _pairs(parts: Iterable[Iterable[str]]) -> set[frozenset[str]]:
    return {frozenset(pair) for part in parts for pair in itertools.combinations(part, 2)}


@pytest.mark.parametrize(
    ("known", "recall"),
    [(WORKED_ON, 0.85), (HELD_OUT, 0.8), (UNSEEN, 0.75)],
    ids=["worked on", "held out", "unseen"],
)
def test_known_groups_are_found_and_nothing_else_is_merged(
    known: tuple[tuple[str, ...], ...], recall: float
) -> None:
    said = [sentence for group in known for sentence in group]
    found = _pairs([said[at] for at in members] for _, members in groups(said))
    wanted = _pairs(known)
    assert len(found & wanted) / len(found) >= 0.97
    assert len(found & wanted) / len(wanted) >= recall


@pytest.mark.parametrize("pair", TRAPS, ids="/".join)
def test_what_only_sounds_alike_stays_apart(pair: tuple[str, str]) -> None:
    assert len(groups(pair)) == 2


def test_twice_as_many_sentences_take_about_twice_the_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Count comparisons, not seconds: unlike sentences that share their words must not all meet each other."""
    looked = 0
    compare = Topic.likeness

    def counted(self: Topic, other: Topic) -> float:
        nonlocal looked
        looked += 1
        return compare(self, other)

    monkeypatch.setattr(Topic, "likeness", counted)
    chance = random.Random(7)  # noqa: S311 - invented sentences
    signs = [chr(0x4E00 + number) for number in range(600)]
    said = ["".join(chance.choices(signs, k=12)) for _ in range(4000)]
    counts = []
    for number in (1000, 4000):
        looked = 0
        groups(said[:number])
        counts.append(looked)
    assert counts[1] <= 4000 * 10
    assert counts[0] <= 1000 * 10


@given(st.lists(st.text(max_size=12), max_size=30))
def test_every_text_is_in_one_group(texts: list[str]) -> None:
    found = groups(texts)
    assert sorted(at for _, members in found for at in members) == list(range(len(texts)))
    assert all(typical in members for typical, members in found)
    assert found == groups(texts)


def test_the_selection_keeps_units_apart_and_drops_repetition() -> None:
    def quote(unit: str, text: str) -> Quote:
        return Quote(unit, Period.parse("2020-07"), "表", "亮点", text, 1)

    quotes = [
        quote("甲", "青年之家周末开放，组织读书分享12场，吸引周边青年300人参加。"),
        quote("甲", "青年之家周末开放，组织读书分享12场，吸引周边青年320人参加。"),
        quote("甲", "好"),
        quote("甲", "推行积分管理，半年兑换志愿时长1200小时。"),
        quote("乙", "创建青年突击队，承担抢险任务。"),
    ]
    assert [quote.text[:4] for quote in chosen(quotes, 2, 30)] == ["青年之家", "推行积分", "创建青年"]
    assert [quote.unit for quote in chosen(quotes, 1, 1)] == ["甲"]


def test_numbers_are_listed_as_ranges() -> None:
    assert ranges((8, 1, 2, 3, 10, 9)) == "1—3、8—10"
    assert ranges(()) == ""


def test_ten_thousand_returns_take_less_than_five_seconds() -> None:
    view = ledger(10000)
    before = time.process_time()
    data = summary_bytes(view, 2020, date(2020, 12, 31))
    assert time.process_time() - before < 5
    assert len(data) > 50_000
