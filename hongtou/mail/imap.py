"""Taking mails out of the mailbox over IMAP, without leaving a trace in it.

Knows the dialogue (RFC 3501, RFC 2971); does not know the ledger. The folder is only examined, and texts are peeked at:
nothing is deleted or marked unless the clerk asks for it. imap-tools rather than imapclient: it stands on the standard
library alone, is typed, and speaks the names of Chinese folders; the raw message is asked for directly, because what is
archived has to be the server's own bytes.
"""

from __future__ import annotations

import imaplib
import re
import ssl
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from email import message_from_bytes, policy
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any

from forms import HongtouError, Mailbox, Security, Work
from hongtou import __version__
from ledger import Box, Mail

from .code import code_of
from .sending import mailbox_of

if TYPE_CHECKING:
    from imap_tools import BaseMailBox

TIMEOUT = 30.0  # seconds for each answer; imaplib of itself waits for ever
_HEADS = 200  # mails whose heads are asked for at once
_HEAD = "(UID RFC822.SIZE INTERNALDATE BODY.PEEK[HEADER.FIELDS (MESSAGE-ID DATE SUBJECT FROM)])"
_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()  # noqa: SIM905 - RFC 3501's, in every locale
_NUMBER = re.compile(rb"\bUID (\d+)"), re.compile(rb"\bRFC822\.SIZE (\d+)")


class MailboxError(HongtouError):
    """The mailbox does not let us in, or does not do what was asked; what was taken is safe."""

    exit_code = 3


class DroppedError(HongtouError):
    """The connection was lost; the next one goes on where it stopped."""

    exit_code = 3


@dataclass(frozen=True, slots=True)
class Head:
    """A mail before it is taken: what the ledger keeps of it, its subject, and name and address of its sender."""

    mail: Mail
    subject: str
    sender: str
    address: str


class Postroom:
    """One connection to a folder of the mailbox; made by ``opened``."""

    def __init__(self, box: BaseMailBox, where: Box) -> None:
        """Take a connection that has the folder open."""
        self._box = box
        self.where = where

    def uids(self, since: date) -> list[int]:
        """Return the UIDs of the mails that the server took in on ``since`` or later, in order."""
        day = f"{since.day}-{_MONTHS[since.month - 1]}-{since.year}"
        with _lost():
            return sorted(map(int, self._box.uids(f"SINCE {day}", charset=None)))

    def heads(self, uids: Sequence[int]) -> Iterator[Head]:
        """Yield the heads of ``uids``, in order; one that is gone by now is left out."""
        for at in range(0, len(uids), _HEADS):
            chosen = ",".join(map(str, uids[at : at + _HEADS]))
            found = [_head(*item) for item in self._fetched(chosen, _HEAD)]
            yield from sorted(found, key=lambda head: head.mail.uid)

    def text(self, uid: int) -> bytes | None:
        """Return the whole mail as the server has it, or none when it is gone."""
        return next((data for _, data in self._fetched(str(uid), "(UID BODY.PEEK[])")), None)

    def mark_read(self, uids: Sequence[int]) -> None:
        """Mark ``uids`` as read; the folder must have been opened for it."""
        for at in range(0, len(uids), _HEADS):
            with _lost():
                self._box.client.uid(
                    "STORE", ",".join(map(str, uids[at : at + _HEADS])), "+FLAGS", r"(\Seen)"
                )

    def _fetched(self, uids: str, parts: str) -> list[tuple[bytes, bytes]]:
        with _lost():
            status, found = self._box.client.uid("FETCH", uids, parts)
        if status != "OK":
            raise MailboxError(f"邮箱不给第 {uids} 封：{status}。请稍后再收")
        return [(item[0], item[1]) for item in found if isinstance(item, tuple)]


class Mailroom:
    """The mailbox of a work, to be opened as often as it takes."""

    def __init__(self, work: Work) -> None:
        """Look up account and code; raise ``NoMailboxError`` or ``NoCodeError``."""
        self._mailbox = mailbox_of(work)
        self._code = code_of(self._mailbox.account)

    def opened(self) -> AbstractContextManager[Postroom]:
        """Open the folder for looking only."""
        return opened(self._mailbox, self._code)

    def mark_read(self, uids: Sequence[int]) -> None:
        """Mark ``uids`` as read."""
        with opened(self._mailbox, self._code, writable=True) as room:
            room.mark_read(uids)


@contextmanager
def opened(mailbox: Mailbox, code: str, *, writable: bool = False) -> Iterator[Postroom]:
    """Yield a connection to the folder of ``mailbox``, examined only unless ``writable``.

    Raise ``MailboxError`` when it lets nobody in, ``DroppedError`` when the line is lost.
    """
    with _lost():
        box = _connected(mailbox)
    try:
        with _lost():
            _login(box, mailbox, code)
            where = _examined(box, mailbox, writable=writable)
        yield Postroom(box, where)
    finally:
        try:
            box.client.logout()
        except (imaplib.IMAP4.error, OSError):
            box.client.shutdown()


def _connected(mailbox: Mailbox) -> BaseMailBox:
    from imap_tools import MailBox, MailBoxStartTls

    server, context = mailbox.server("imap"), ssl.create_default_context()
    kind = MailBox if server.security is Security.SSL else MailBoxStartTls
    try:
        return kind(server.host, server.port, timeout=TIMEOUT, ssl_context=context)
    except ssl.SSLCertVerificationError as error:
        raise MailboxError(
            f"{server.host} 的证书不可信：{error.verify_message}。没有把授权码交给它"
        ) from error


def _login(box: BaseMailBox, mailbox: Mailbox, code: str) -> None:
    from imap_tools import MailboxLoginError

    try:
        box.login(mailbox.account, code, initial_folder=None)
    except MailboxLoginError as error:
        told = _told(error.command_result)
        raise MailboxError(
            f"邮箱不认 {mailbox.account} 的授权码：{told}。请核对：要的是授权码，不是登录密码；网页邮箱里要打开 IMAP 服务"
        ) from error
    # 163.com opens no folder to a client that does not say who it is: "Unsafe Login" (RFC 2971 ID, after the login).
    names = ("name", "hongtou", "version", __version__, "vendor", "hongtou", "support-email", mailbox.account)
    try:
        box.client.xatom("ID", "(" + " ".join(f'"{name}"' for name in names) + ")")
    except imaplib.IMAP4.abort:
        raise
    except imaplib.IMAP4.error:  # a server that knows no ID does without
        return


def _examined(box: BaseMailBox, mailbox: Mailbox, *, writable: bool) -> Box:
    from imap_tools import MailboxFolderSelectError

    try:
        box.folder.set(mailbox.folder, readonly=not writable)
    except MailboxFolderSelectError as error:
        told = _told(error.command_result)
        raise MailboxError(
            f"打不开邮箱的文件夹“{mailbox.folder}”：{told}。请核对 work.yaml 的“收件夹”"
        ) from error
    _, found = box.client.response("UIDVALIDITY")
    validity = int(found[0]) if found and found[0] else 0
    return Box(mailbox.account, mailbox.folder, validity)


@contextmanager
def _lost() -> Iterator[None]:
    """Turn the loss of the connection inside the block into ``DroppedError``."""
    try:
        yield
    except (imaplib.IMAP4.abort, OSError, EOFError) as error:
        told = (
            f"{TIMEOUT:.0f} 秒没有回应"
            if isinstance(error, TimeoutError)
            else " ".join(str(error).split())[:200]
        )
        raise DroppedError(f"与邮箱的连接断了（{told}）") from error
    except imaplib.IMAP4.error as error:
        raise MailboxError(f"邮箱不肯：{' '.join(str(error).split())[:200]}。请稍后再收") from error


def _head(told: bytes, header: bytes) -> Head:
    from extract.mailheaders import header_of, sender_of

    message = message_from_bytes(header, policy=policy.compat32)
    uid, size = (int(found[1]) if (found := pattern.search(told)) else 0 for pattern in _NUMBER)
    mail = Mail(
        uid, header_of(message, "message-id"), size, _internal(told), _dated(header_of(message, "date"))
    )
    name, address = sender_of(message)
    return Head(mail, header_of(message, "subject"), name or address, address.lower())


def _internal(told: bytes) -> datetime:
    """Return INTERNALDATE in local time; the server owes it (RFC 3501 2.3.3)."""
    found = imaplib.Internaldate2tuple(told)
    moment = datetime(*found[:6]) if found else datetime.now(UTC).astimezone()  # noqa: DTZ001 - local time already
    return moment.replace(microsecond=0, tzinfo=None)


def _dated(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text)
        return moment.astimezone().replace(microsecond=0, tzinfo=None)
    except (ValueError, TypeError, OverflowError, OSError):
        return None


def _told(result: Any) -> str:
    """Return the words of a refusal."""
    words = [part.decode("utf-8", "replace") if isinstance(part, bytes) else str(part) for part in result[1]]
    return " ".join(" ".join(words).split())[:200]
