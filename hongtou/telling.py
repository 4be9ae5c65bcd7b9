"""What the clerk is told of collecting and of the demo, in lines and rows of tables; prints nothing itself."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from forms import CATALOGUE, Entry, Status

from .collect import Collected, Outcome
from .console import shown, visible
from .products import PRODUCTS
from .reading import INBOX
from .rereading import Again, Reread

if TYPE_CHECKING:
    from samples.verdict import Comparison

    from .cycle import Made


def attention(say: Callable[[str], None]) -> Callable[[Outcome], None]:
    """Return what tells ``say`` one line of each file that needs a person's eye."""

    def heard(outcome: Outcome) -> None:
        line = attention_line(outcome)
        if line:
            say(visible(line))

    return heard


def attention_line(outcome: Outcome) -> str | None:
    """Return the line on a file that needs a person's eye, or none."""
    if outcome.same_as is not None:
        return f"【重复】{outcome.source}：{outcome.reason}"
    if outcome.known:
        return None
    if outcome.status is Status.REJECTED:
        return f"【未收】{outcome.source}：{outcome.reason}"
    if outcome.letter:
        return f"【只有文字】{outcome.source}：没有报送，信已存档，请看一眼"
    if outcome.status is not Status.REVIEW:
        return None
    found = [f"{outcome.doubts}处存疑"] * bool(outcome.doubts) + [outcome.reason] * bool(outcome.reason)
    return f"【待核对】{outcome.source}：{'；'.join(found) or '有剩余文字'}"


def collected_line(collected: Collected) -> str:
    """Return the line that sums up a run of collecting."""
    counts = [(status.label, len(collected.of(status))) for status in Status]
    counts.append(("早已收过", len(collected.known)))
    parts = "、".join(f"{label} {count}" for label, count in counts if count)
    read = [found for found in collected.outcomes if found.status in (Status.ACCEPTED, Status.REVIEW)]
    added = f"新增报送 {sum(found.submissions for found in read)} 份，存疑 {collected.doubts} 处"
    return f"共 {len(collected.outcomes)} 个文件：{parts}。{added}"


def fetched_line(fetched: Collected) -> str:
    """Return the line that sums up a run of taking mails out of the mailbox."""
    return collected_line(fetched).replace("个文件", "封新邮件") if fetched.outcomes else "没有新邮件"


def reread_attention(say: Callable[[str], None]) -> Callable[[Again], None]:
    """Return what tells ``say`` one line of each file that reads otherwise than before, or could not be read again."""

    def heard(again: Again) -> None:
        line = reread_attention_line(again)
        if line:
            say(visible(line))

    return heard


def reread_attention_line(again: Again) -> str | None:
    """Return the line on a file that was read again, or none when nothing is new."""
    if again.kept:
        return f"【未改】{again.source}：{again.kept}"
    if not again.changed:
        return None
    found = [f"{again.submissions} 份报送"] * bool(again.submissions)
    found += [f"{again.doubts}处存疑"] * bool(again.doubts) + [again.reason] * bool(again.reason)
    was = f"，原来{again.before.label}" if again.before is not again.status else ""
    return f"【重读】{again.source}：{again.status.label}{was}；{'，'.join(found) or '没有疑点'}"


def reread_line(reread: Reread) -> str:
    """Return the line that sums up what was read again."""
    kept = sum(bool(file.kept) for file in reread.files)
    tail = f"，{kept} 个仍用原来读出的" if kept else ""
    return f"重读了 {len(reread.files)} 个归档文件：{reread.changed} 个与原来不同{tail}"


class _Blanks(dict[str, str]):
    """Fills every place of a sentence with an ellipsis."""

    def __missing__(self, key: str) -> str:
        return "…"


def why(entries: tuple[Entry, ...]) -> list[tuple[str, str]]:
    """Return how many doubts of each kind ``entries`` carry, most frequent first, with the catalogue's sentence."""
    count = Counter(doubt.code for entry in entries for doubt in entry.submission.all_doubts())
    return [(str(number), CATALOGUE[code].format_map(_Blanks())) for code, number in count.most_common()]


def made_rows(made: Made) -> Iterator[tuple[str, str, str]]:
    """Yield what the demo made: the thing, how many, where it lies."""
    products = f"{shown(made.view.work.folder / PRODUCTS)}{os.sep}"
    yield "红头通知", str(len(made.notices)), f"{products}通知"
    yield "空白表", str(len(made.blanks)), f"{products}空白表"
    yield (
        "给各单位的信",
        str(len(made.letters)),
        f"{products}待发邮件，双击可用邮件程序打开；直接发出用 mail send",
    )
    yield "催报的信", str(len(made.reminders)), f"{products}催报，截至 {made.day} 还没有报的"
    yield "台账工作簿", "1", shown(made.workbook)
    yield "年度总结", "1", shown(made.summary)


def read_rows(made: Made) -> Iterator[tuple[str, str, str]]:
    """Yield what became of the returned files and of the submissions in them."""
    found, entries = made.collected, [e for e in made.view.entries if e.status is not Status.REJECTED]
    yield "来件", str(len(found.outcomes)), f"{shown(made.view.work.folder / INBOX)}，原件另存在 归档"
    yield "其中 未收", str(len(found.of(Status.REJECTED))), "读不了的文件，各有缘由"
    yield "其中 略过", str(len(found.of(Status.IGNORED))), "临时文件、缩略图之类"
    yield "其中 重复", str(len(found.known)), "与收过的完全相同，没有再计"
    yield "报送", str(len(entries)), "一个文件里可以有几份"
    yield "其中 已读", str(sum(e.status is Status.ACCEPTED for e in entries)), "没有疑点"
    yield "其中 待核对", str(sum(e.status is Status.REVIEW for e in entries)), "有疑点或剩余文字，要人看一眼"
    yield "其中 被替代", str(sum(bool(e.superseded_by) for e in entries)), "同一期后来又报了，以后报的为准"
    yield "存疑的值", str(_doubtful(entries)), "缘由见下表"


def _doubtful(entries: Sequence[Entry]) -> int:
    return sum(bool(reading.doubts) for entry in entries for reading in entry.submission.all_readings())


def true_rows(comparison: Comparison) -> Iterator[tuple[str, str, str]]:
    """Yield how the readings of the sample compare with its true values."""
    from samples.verdict import Verdict

    right = (Verdict.RIGHT, Verdict.EXTRA_DOUBT, Verdict.NO_DOUBT)
    yield "读对的栏", str(sum(map(comparison.count, right))), "与真值相同"
    yield "读错但存疑", str(comparison.count(Verdict.DOUBTED)), "没有读准，但说明了缘由，等人核对"
    yield "静默错误", str(len(comparison.fatal)), "读错、丢失或多出而没有说明的"


def look_at(made: Made) -> Iterator[str]:
    """Yield where to look first."""
    folder = shown(made.view.work.folder)
    yield f"1. 台账：{shown(made.workbook)}，先看“待核对”一张；有颜色的格子批注里是缘由"
    yield f"2. 通知：{shown(made.notices[0])}"
    yield f"3. 谁没报：hongtou status --work {folder}"
    yield f"4. 待核对：hongtou review --work {folder}"
