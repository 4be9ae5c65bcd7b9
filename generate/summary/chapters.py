"""The chapters of the summary in their order: a year's figures as what the template's tags stand for.

Each part is worded in a module of its own; what the figures are stands in ``figures``, how the page looks in the template.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from forms import Work
from generate.render import Value
from generate.standard.titles import title_lines

from .annexes import annexes, titles
from .numbers import compared, quotas, sums
from .reports import overall, reports
from .texts import steps, texts
from .words import Returns, Wording


def context(words: Wording, dated: date, returns: Callable[[], Returns]) -> Mapping[str, Value]:
    """Return what the template's tags stand for; ``words`` then holds tables, charts and the basis of every number."""
    words.annexes = titles(words.figures)
    words.heading()  # 一、基本情况
    found: dict[str, Value] = {
        "标题": "\n".join(title_lines(title(words.work, words.figures.year))),
        "主送": words.outline.addressees.rstrip("：:"),
        "年": words.figures.year,
        "工作": f"{words.work.name.removesuffix('工作')}工作",
        **overall(words),
        "报送": reports(words),
        "数字": sums(words),
        "指标": quotas(words),
        "比较": compared(words),
        "文字": texts(words),
    }
    return {
        **found,
        "下一步": steps(words),
        "附件": annexes(words, returns()),
        "署名": words.work.issuer.name,
        "成文日期": f"{dated.year}年{dated.month}月{dated.day}日",
    }


def title(work: Work, year: int) -> str:
    """Return the summary's title."""
    return f"关于{year}年{work.name.removesuffix('工作')}工作开展情况的总结"
