"""Texts that are copies of earlier ones: found when edited or reordered, not when they only speak of the same."""

from __future__ import annotations

import random

import pytest

from bench.reports import COPIES, FIELDS, edited, text
from ledger.likeness import Like, bare, likenesses


def _texts(number: int, seed: int = 1) -> list[str]:
    chance = random.Random(seed)  # noqa: S311 - invented data
    return [text(chance, at % len(FIELDS)) for at in range(number)]


def _found(texts: list[str], own: tuple[str, ...] = ()) -> list[Like]:
    return list(likenesses([bare(one) for one in texts], lambda at, other: at != other, own))


@pytest.mark.parametrize("how", COPIES)
def test_a_copy_is_found_however_it_was_edited(how: str) -> None:
    """Among a hundred texts on the same topics it leads to the text that it was made from."""
    texts = _texts(100)
    chance = random.Random(how)  # noqa: S311 - invented data
    copies = [COPIES[how](chance, texts[at]) for at in range(0, 100, 10)]
    found = {like.at: like.source for like in _found([*texts, *copies])}
    assert {at: source for at, source in found.items() if at >= 100} == {
        100 + n: at for n, at in enumerate(range(0, 100, 10))
    }


def test_a_copy_of_a_copy_leads_to_the_first() -> None:
    """Of ten texts that were each copied from the one before with a change, all name the earliest while they are like it."""
    chance = random.Random(3)  # noqa: S311 - invented data
    texts = _texts(40)
    for _ in range(4):
        texts.append(edited(chance, texts[-1] if len(texts) > 40 else texts[7], 0.03))
    assert [(like.at, like.source) for like in _found(texts)] == [(at, 7) for at in range(40, 44)]


def test_a_text_that_thirty_have_copied_with_changes_is_found_thirty_times() -> None:
    """Runs that many copies share are no longer rare; each copy is found for all that."""
    chance = random.Random(5)  # noqa: S311 - invented data
    texts = _texts(300)
    texts += [edited(chance, texts[20], 0.08) for _ in range(30)]
    assert {like.at for like in _found(texts)} >= set(range(300, 330))


def test_a_copy_that_was_itself_copied_leads_to_its_source() -> None:
    """What only later copies share with a text, its edits, does not hide the older text that it was made from."""
    chance = random.Random(13)  # noqa: S311 - invented data
    texts = _texts(1000)
    first = [edited(chance, texts[at], 0.15) for at in range(0, 1000, 20)]
    texts += first + [edited(chance, one, 0.15) for one in first for _ in range(2)]
    found = {like.at: like.source for like in _found(texts)}
    assert {at: found.get(at) for at in range(1000, 1050)} == {1000 + n: 20 * n for n in range(50)}
    assert found.keys() >= set(range(1050, 1150))


def test_a_sentence_out_of_a_page_makes_no_copy() -> None:
    """A short answer that happens to say half of what a long one says among much else is its own; a whole one is not."""
    texts = _texts(30)
    page = "。".join(texts[4:12])
    own = "同县医院商定每月一次送诊下乡，老人不出村就能量血压"
    said = texts[5].split("。")[-2]
    assert _found([page, f"{said}。{own}。{own[::-1]}。"]) == []
    assert [like.at for like in _found([page, texts[5]])] == [1]


def test_what_differs_in_numbers_alone_is_the_same() -> None:
    """Another month's figures in last month's sentence: nothing new was said."""
    first = "7月组织团课12次，参加团员340人，慰问困难青年6户，发放物资1,200元，反响良好。"
    second = "8月组织团课9次,参加团员275人,慰问困难青年11户,发放物资980.5元,反响良好。"
    assert _found([first, second]) == [Like(1, 0, 1.0)]


def test_common_phrases_make_no_copy() -> None:
    """Texts that begin alike, as all do, and then tell of something else are no copies."""
    opening = "在团市委的正确领导下，认真落实“三会两制一课”制度，扎实推进基层组织建设，各项工作取得明显成效，"
    chance = random.Random(9)  # noqa: S311 - invented data
    texts = [opening + text(chance, at % 4)[-60:] for at in range(200)]
    assert _found(texts) == []


def test_a_quotation_of_the_task_is_no_copy() -> None:
    """What the notice says all may repeat."""
    task = (
        "各县区团委要组织团干部每月走访两个基层团组织，与团员青年面对面谈心，帮助解决实际困难，并填写报告单。"
    )
    quoting = [task[:-8], task[4:-3]]
    assert _found(quoting)
    assert _found(quoting, (task,)) == []


def test_copies_among_two_thousand_texts_are_found_with_few_false_alarms() -> None:
    """All of a hundred, at most one in a hundred of the others in doubt."""
    texts, chance = _texts(2000, seed=11), random.Random(11)  # noqa: S311 - invented data
    kinds = list(COPIES.values())
    copies = [kinds[n % len(kinds)](chance, texts[n * 19]) for n in range(100)]
    found = {like.at for like in _found([*texts, *copies])}
    assert found >= set(range(2000, 2100))
    assert len(found) - 100 <= 20


def test_texts_that_say_nothing_or_hold_broken_characters_do_no_harm() -> None:
    """Empty ones, one character, and a lone surrogate from a damaged file."""
    texts = ["", "", "无", "无", "\ud800" * 30, "\ud800" * 30]
    assert [like.at for like in _found(texts)] == [1, 3, 4, 5]
