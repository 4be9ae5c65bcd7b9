"""What the clerk is told of letters: those held back, those sent, and the list of all; prints nothing itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from forms import Dispatch, Stage
from hongtou.views import Json, plain

from .sending import Held

LIST_COLUMNS = ("编号", "用途", "单位", "哪一期", "状态", "时间", "收件地址", "说明")
_ADVICE = {
    Stage.UNCERTAIN: "到邮箱网页的“已发送”里看有没有；有：hongtou mail answer {id} 已发，没有：hongtou mail answer {id} 重发",
    Stage.REFUSED: "请核对名册里的邮箱，改好后再执行一次，或 hongtou mail answer {id} 重发",
    Stage.BOUNCED: "请核对名册里的邮箱，改好后 hongtou mail answer {id} 重发",
}


def held_lines(held: Sequence[Held]) -> Iterator[str]:
    """Yield a line for each letter that is held back; those that went out already are only counted."""
    sent = sum(item.why == "早已发过" for item in held)
    if sent:
        yield f"{sent} 封早已发过，没有再发"
    for item in held:
        if item.why != "早已发过":
            number = f"（第{item.number}封）" if item.number else ""
            yield f"未发 {item.unit}：{item.why}{number}"


def dispatch_line(one: Dispatch) -> str:
    """Return the line on a letter just sent, with what a person has to do where something went wrong."""
    why = "；".join(_reasons(one))
    line = f"{one.stage.value} {one.message.unit}（第{one.id}封）" + (f"：{why}" if why else "")
    return f"{line}。{_ADVICE[one.stage].format(id=one.id)}" if one.stage in _ADVICE else line


def sent_line(done: Iterable[Dispatch]) -> str:
    """Return the line that sums up a run of sending."""
    count = Counter(one.stage for one in done)
    parts = [f"{stage.value} {count[stage]}" for stage in Stage if count[stage]]
    return f"共 {count.total()} 封：{'、'.join(parts)}" if parts else "没有要发的"


def dispatch_rows(dispatches: Iterable[Dispatch]) -> Iterator[tuple[str, ...]]:
    """Yield a row of ``LIST_COLUMNS`` for each letter."""
    for one in dispatches:
        message = one.message
        yield (
            str(one.id),
            message.purpose.value,
            message.unit,
            message.occasion,
            one.stage.value,
            one.at.isoformat(" ", "minutes"),
            "、".join(_all_addresses(one)),
            "；".join(_reasons(one)),
        )


def dispatch_json(one: Dispatch) -> Json:
    """Return a letter as ``mail list --json`` lists it."""
    return {
        "id": one.id,
        "message_id": one.message.key,
        "purpose": one.message.purpose.value,
        "unit": one.message.unit,
        "occasion": one.message.occasion,
        "subject": one.message.subject,
        "stage": one.stage.value,
        "at": plain(one.at),
        "why": one.why,
        "addresses": list(one.message.addresses),
        "delivered": list(one.delivered),
        "failed": [{"address": address, "why": why} for address, why in one.failed],
        "archive": one.message.archive,
    }


def list_sum(dispatches: Sequence[Dispatch]) -> str:
    """Return the line under the list: how many need a person, and how to answer."""
    waiting = [one for one in dispatches if one.needs_person]
    if not dispatches:
        return "还没有发过邮件。起草：hongtou mail draft，发出：hongtou mail send"
    if not waiting:
        return f"共 {len(dispatches)} 封，没有要处理的"
    advice = dict.fromkeys(_ADVICE[one.stage].format(id="编号") for one in waiting if one.stage in _ADVICE)
    return "\n".join([f"共 {len(dispatches)} 封，要处理的 {len(waiting)} 封", *advice])


def outbox_line(dispatches: Iterable[Dispatch]) -> str:
    """Return the line on letters that a person has to look at, for the foot of other listings; empty without any."""
    count = Counter(
        one.stage.value if one.stage is not Stage.SENT else "部分被拒"
        for one in dispatches
        if one.needs_person
    )
    if not count:
        return ""
    return f"发出的邮件要处理：{'、'.join(f'{name} {number}' for name, number in count.items())}，见 hongtou mail list"


def _reasons(one: Dispatch) -> list[str]:
    return [one.why] * bool(one.why) + [f"{address} {why}" for address, why in one.failed]


def _all_addresses(one: Dispatch) -> list[str]:
    failed = [address for address, _ in one.failed]
    return list(dict.fromkeys([*one.message.addresses, *one.delivered, *failed]))
