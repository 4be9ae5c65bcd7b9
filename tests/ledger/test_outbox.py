"""Messages that go out, and mails that came in: rows that are added and tell together how each stands."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from forms import Message, Purpose, Stage
from ledger import Box, Mail, NoSuchEntryError, Outbox, Postbag, open_ledger

AT = datetime.fromisoformat("2020-07-03T09:00:00")
LETTER = Message(
    "<1@x>", Purpose.NOTICE, "源汇区团委", "2020-07", "通知", "归档/a.eml", ("a@x.org", "b@x.org")
)
BOX = Box("tuanwei@example.org", "收件", 7)
MAIL = Mail(23, "<m@x>", 1000, AT, None)


def test_a_message_is_known_by_its_key(tmp_path: Path) -> None:
    """Put in twice it is one, and waits."""
    with open_ledger(tmp_path) as ledger:
        outbox = Outbox(ledger)
        first = outbox.enqueue(LETTER, AT)
        assert outbox.enqueue(replace(LETTER, subject="别的"), AT) == first
        assert (first.stage, first.message, first.needs_person) == (Stage.WAITING, LETTER, False)


def test_each_address_has_its_own_end(tmp_path: Path) -> None:
    """One taken, one refused, the taken one bounced later, and both waiting again when a person says so."""
    with open_ledger(tmp_path) as ledger:
        outbox = Outbox(ledger)
        number = outbox.enqueue(LETTER, AT).id
        outbox.note(number, Stage.SENDING, AT)
        fates = {"a@x.org": (Stage.SENT, ""), "b@x.org": (Stage.REFUSED, "550")}
        one = outbox.note(number, Stage.SENT, AT, "", fates)
        assert (one.delivered, one.failed, one.needs_person) == (("a@x.org",), (("b@x.org", "550"),), True)
        one = outbox.note(number, Stage.BOUNCED, AT, "", {"a@x.org": (Stage.BOUNCED, "满了")})
        assert (one.stage, one.delivered) == (Stage.BOUNCED, ())
        assert dict(one.failed) == {"a@x.org": "满了", "b@x.org": "550"}
        one = outbox.wait(number, ["c@x.org"], AT, "重发")
        assert (one.stage, one.message.addresses) == (Stage.WAITING, ("c@x.org",))


def test_what_was_on_its_way_is_uncertain(tmp_path: Path) -> None:
    """After a crash: that one alone, and once."""
    with open_ledger(tmp_path) as ledger:
        outbox = Outbox(ledger)
        numbers = [outbox.enqueue(replace(LETTER, key=f"<{n}@x>"), AT).id for n in range(3)]
        outbox.note(numbers[1], Stage.SENDING, AT)
    with open_ledger(tmp_path) as ledger:
        outbox = Outbox(ledger)
        assert [one.id for one in outbox.interrupted(AT)] == [numbers[1]]
        assert [one.stage for one in outbox.dispatches()] == [Stage.WAITING, Stage.UNCERTAIN, Stage.WAITING]
        assert outbox.interrupted(AT) == ()


def test_no_such_message(tmp_path: Path) -> None:
    """Status 2, and where the numbers are; nothing is written."""
    with open_ledger(tmp_path) as ledger:
        outbox = Outbox(ledger)
        for ask in (lambda: outbox.dispatch(9), lambda: outbox.note(9, Stage.SENT, AT)):
            with pytest.raises(NoSuchEntryError, match="没有编号 9 的邮件。请用 hongtou mail list 查看编号"):
                ask()
        assert outbox.dispatches() == ()


def test_a_mail_is_done_with_once_and_per_folder(tmp_path: Path) -> None:
    """By account, folder, UIDVALIDITY and UID; under another UID by Message-ID, size and moment together."""
    with open_ledger(tmp_path) as ledger:
        bag = Postbag(ledger)
        for _ in range(2):
            bag.note(BOX, MAIL, "ab", AT)
        assert bag.taken(BOX) == {23}
        assert bag.taken(replace(BOX, validity=8)) == bag.taken(replace(BOX, folder="别的")) == frozenset()
        assert bag.known(BOX.account, replace(MAIL, uid=1)) == "ab"
        for other in (replace(MAIL, size=9), replace(MAIL, message_id="<n@x>"), replace(MAIL, message_id="")):
            assert bag.known(BOX.account, other) is None
        assert bag.known("else@example.org", MAIL) is None
        assert bag.moments("ab") == (AT, None)
        assert bag.moments("cd") is None
