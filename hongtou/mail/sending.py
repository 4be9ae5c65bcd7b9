"""Sending letters so that nothing is sent twice and nothing is forgotten, whatever happens in between.

Joins the letters, the ledger and the mail service. Every letter is in the ledger, and its bytes in the archive, before the
first is sent; each is noted as 发送中 before its text goes out and with its end after. A run that was cut off leaves
letters that wait (they are sent by the next run) and at most one that was on its way (a person says what became of it).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from forms import Dispatch, HongtouError, Mailbox, Message, Purpose, Stage, Work
from ledger import Fates, Ledger, Outbox, keep

from .letters import Outgoing, undated
from .smtp import Delivery, Post

Clock = Callable[[], datetime]


class NoMailboxError(HongtouError):
    """The work names no mailbox."""


class AnswerError(HongtouError):
    """A person's answer about a message does not fit how it stands."""


def mailbox_of(work: Work) -> Mailbox:
    """Return the mailbox of ``work``; raise ``NoMailboxError`` when it has none."""
    if work.mailbox is None:
        raise NoMailboxError(
            "work.yaml 里没有“邮箱”这一项，不知道用哪个账号。请照 hongtou new 生成的 work.yaml 补上“邮箱: 账号: …”"
        )
    return work.mailbox


@dataclass(frozen=True, slots=True)
class Held:
    """A letter that is not sent, and why; ``number`` is that of the message in its way, 0 where there is none."""

    unit: str
    why: str
    number: int = 0


def prepare(
    work: Work, letters: Iterable[Outgoing], ledger: Ledger, clock: Clock, *, changed: bool = False
) -> tuple[list[Dispatch], list[Held]]:
    """Put ``letters`` into the ledger; return the messages that wait, earlier ones first, and what is held back.

    Held back are letters without an address, those that went out already, and those about which a unit has had a letter
    on the same occasion: of other content (unless ``changed``), or a reminder of the same day. One that was given up, or
    refused for addresses that are mended by now, waits again. Only for the holder of the writers' lock.
    """
    outbox = Outbox(ledger)
    outbox.interrupted(clock())
    known = _by_occasion(outbox.dispatches())
    held, purposes, current = [], set(), set()
    for letter in letters:
        purposes.add(letter.purpose)
        before = known[_occasion(letter.message(""))]
        why = _held(letter, before, changed=changed)
        if why is not None:
            held.append(why)
            continue
        same = next((one for one in before if one.message.key == letter.key), None)
        if same is None:
            _, archive = keep(ledger.folder, undated(work, letter), ".eml")
            same = outbox.enqueue(letter.message(archive), clock())
        if same.stage is not Stage.WAITING or same.message.addresses != letter.letter.addresses:
            same = outbox.wait(same.id, letter.letter.addresses, clock())
        current.add(same.id)
        for one in before:
            if one.stage is Stage.WAITING and one.message.key != letter.key:
                outbox.note(one.id, Stage.DROPPED, clock(), "内容改过，由后来的一封代替")
    return _waiting(outbox, purposes, current, clock), held


def _occasion(message: Message) -> tuple[str, str, str]:
    return message.purpose.value, message.unit, message.occasion


def _by_occasion(known: Iterable[Dispatch]) -> dict[tuple[str, str, str], list[Dispatch]]:
    found: dict[tuple[str, str, str], list[Dispatch]] = defaultdict(list)
    for one in known:
        found[_occasion(one.message)].append(one)
    return found


def _held(letter: Outgoing, before: Sequence[Dispatch], *, changed: bool) -> Held | None:
    name = letter.unit.name
    if not letter.letter.addresses:
        return Held(name, "名册里没有邮箱，没有发。请在名册的“邮箱”一列填上")
    for one in before:
        same = one.message.key == letter.key
        if one.stage in (Stage.WAITING, Stage.DROPPED) or (same and _mended(one, letter)):
            continue
        if same and one.stage is Stage.SENT and not one.failed:
            return Held(name, "早已发过", one.id)
        if same or one.stage is Stage.UNCERTAIN:
            return Held(name, f"{one.stage.value}：{one.why or '请看 hongtou mail list'}", one.id)
        if letter.purpose is Purpose.REMINDER:
            return Held(name, "今天已经催过", one.id)
        if not changed:
            return Held(name, "已发过内容不同的一封，没有再发；确实要发请加 --changed", one.id)
    return None


def _mended(one: Dispatch, letter: Outgoing) -> bool:
    """Whether a message reached nobody, and the unit has other addresses by now."""
    tried = {*one.delivered, *(address for address, _ in one.failed)}
    failed = one.stage in (Stage.REFUSED, Stage.BOUNCED) and bool(tried)
    return failed and not tried & set(letter.letter.addresses)


def _waiting(outbox: Outbox, purposes: set[Purpose], current: set[int], clock: Clock) -> list[Dispatch]:
    """Return the messages of ``purposes`` that wait; a reminder of another day is given up, for much may have come since."""
    found = []
    for one in outbox.dispatches():
        if one.stage is not Stage.WAITING or one.message.purpose not in purposes:
            continue
        if one.message.purpose is Purpose.REMINDER and one.id not in current:
            outbox.note(one.id, Stage.DROPPED, clock(), "过了当天，没有再发")
            continue
        found.append(one)
    return found


def send(
    waiting: Sequence[Dispatch], post: Post, ledger: Ledger, clock: Clock, pause: Callable[[], None]
) -> Iterator[Dispatch]:
    """Send what is ``waiting`` and yield each message as it stands then; ``pause`` is called between two.

    Only for the holder of the writers' lock. Raise ``PostError`` when the service takes nothing: the rest goes on waiting.
    """
    for number, one in enumerate(waiting):
        if number:
            pause()
        yield _sent(one, post, ledger, clock)


def _sent(one: Dispatch, post: Post, ledger: Ledger, clock: Clock) -> Dispatch:
    outbox = Outbox(ledger)
    data = _addressed((ledger.folder / one.message.archive).read_bytes(), one.message, clock())
    delivery = post.deliver(data, one.message.addresses, lambda: outbox.note(one.id, Stage.SENDING, clock()))
    if delivery.stage is Stage.WAITING:
        return outbox.wait(one.id, one.message.addresses, clock(), delivery.why)
    return outbox.note(one.id, delivery.stage, clock(), delivery.why, _fates(delivery))


def _addressed(data: bytes, message: Message, sent: datetime) -> bytes:
    """Return the archived message for the addresses it waits for, dated ``sent``."""
    from generate import dated, parsed, recipients

    return dated(parsed(data), recipients(message.unit, message.addresses), sent)


def _fates(delivery: Delivery) -> Fates:
    good = dict.fromkeys(delivery.accepted, (Stage.SENT, ""))
    return good | {address: (Stage.REFUSED, why) for address, why in delivery.refused}


def settle(ledger: Ledger, number: int, clock: Clock) -> Dispatch:
    """Note that message ``number`` has reached its unit, as a person says: it is in the mailbox, or went another way.

    Raise ``AnswerError`` where nobody asked.
    """
    with ledger.writing():
        outbox = Outbox(ledger)
        outbox.interrupted(clock())
        one = outbox.dispatch(number)
        if not one.needs_person:
            raise AnswerError(f"第{number}封是“{one.stage.value}”，没有要核实的，不用回答")
        addresses = dict.fromkeys([*one.message.addresses, *(address for address, _ in one.failed)])
        fates: Fates = dict.fromkeys(addresses, (Stage.SENT, ""))
        return outbox.note(number, Stage.SENT, clock(), "人工核实：已发", fates)


def queue_again(work: Work, ledger: Ledger, number: int, clock: Clock) -> Dispatch:
    """Let message ``number`` wait again, as a person says, for those addresses of its unit that it has not reached.

    Only for the holder of the writers' lock. Raise ``AnswerError`` when it reached them all or its unit is gone.
    """
    outbox = Outbox(ledger)
    outbox.interrupted(clock())
    one = outbox.dispatch(number)
    unit = work.unit(one.message.unit)
    addresses = [address for address in unit.mails if address not in one.delivered] if unit else []
    if not addresses:
        raise AnswerError(
            f"第{number}封没有可以再发的地址：名册里“{one.message.unit}”的邮箱都已送到，或没有填。请先改 units.xlsx"
        )
    return outbox.wait(number, addresses, clock(), "人工核实：重发")
