"""Handing messages to the mail service over SMTP, one at a time, telling exactly what became of each.

Knows the dialogue (RFC 5321); does not know the ledger. ``smtplib.send_message`` keeps quiet when only some recipients
are refused and cannot tell a message that was not sent from one that may have been; here each step is taken by itself.
"""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from types import TracebackType

from forms import HongtouError, Mailbox, Security, Stage

TIMEOUT = 30.0  # seconds for each answer
_PERMANENT = 500  # SMTP replies from here on stay so (RFC 5321 4.2.1)
_ME = (
    "localhost"  # the name of the machine is nobody's business, and may be Chinese, which smtplib cannot say
)


class PostError(HongtouError):
    """The mail service does not let us in, or sends nothing at all just now; what waits goes on waiting."""

    exit_code = 3


@dataclass(frozen=True, slots=True)
class Delivery:
    """What became of a message: ``SENT``, ``REFUSED``, ``WAITING`` (not now) or ``UNCERTAIN``, why, and each address's fate."""

    stage: Stage
    why: str = ""
    accepted: tuple[str, ...] = ()
    refused: tuple[tuple[str, str], ...] = ()


class Post:
    """A connection to the mail service; opens when it is first needed, and again when it was lost."""

    def __init__(self, mailbox: Mailbox, code: str) -> None:
        """Take the account and its authorisation code."""
        self._mailbox = mailbox
        self._code = code
        self._smtp: smtplib.SMTP | None = None

    def __enter__(self) -> Post:
        """Return the connection, not yet open."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Take leave."""
        if self._smtp is not None:
            try:
                self._smtp.quit()
            except (smtplib.SMTPException, OSError):
                self._smtp.close()

    def deliver(self, data: bytes, addresses: Sequence[str], before: Callable[[], object]) -> Delivery:
        """Hand over the message ``data`` for ``addresses``; ``before`` is called just before its text goes out.

        A connection that is lost earlier is made once more, for nothing was said then. One lost later leaves the message
        ``UNCERTAIN``. Raise ``PostError`` when the service takes nothing from us.
        """
        try:
            accepted, refused = self._announced(addresses)
        except (smtplib.SMTPServerDisconnected, OSError):
            self._smtp = None
            try:
                accepted, refused = self._announced(addresses)
            except (smtplib.SMTPServerDisconnected, OSError) as error:
                raise PostError(f"与发信服务器的连接断了（{_told(error)}）。{_LATER}") from error
        if not accepted:
            self._forget()
            stage = (
                Stage.REFUSED if all(code >= _PERMANENT for code, _ in refused.values()) else Stage.WAITING
            )
            return Delivery(
                stage, "收件地址都被拒绝" if stage is Stage.REFUSED else "对方暂不接收", (), _fates(refused)
            )
        before()
        return self._handed_over(data, accepted, refused)

    def _announced(self, addresses: Sequence[str]) -> tuple[list[str], dict[str, tuple[int, str]]]:
        """Say who writes to whom; return the addresses that were taken and those that were not."""
        smtp = self._connected()
        code, reply = smtp.mail(self._mailbox.account)
        if code != 250:
            self._forget()
            raise PostError(f"发信服务器不让 {self._mailbox.account} 发信：{_reply(code, reply)}。{_LATER}")
        accepted, refused = [], {}
        for address in addresses:
            code, reply = smtp.rcpt(address)
            if code in (250, 251):
                accepted.append(address)
            else:
                refused[address] = (code, _reply(code, reply))
        return accepted, refused

    def _handed_over(
        self, data: bytes, accepted: Sequence[str], refused: dict[str, tuple[int, str]]
    ) -> Delivery:
        assert self._smtp is not None  # noqa: S101 - announced just now
        try:
            code, reply = self._smtp.data(data)
        except smtplib.SMTPDataError as error:  # said before the first byte of the text
            code, reply = error.smtp_code, error.smtp_error  # type: ignore[assignment]
        except (smtplib.SMTPException, OSError) as error:
            self._smtp.close()
            self._smtp = None
            why = f"正文发出时连接断了（{_told(error)}），不知道对方收到没有"
            return Delivery(Stage.UNCERTAIN, why)
        if code == 250:
            why = f"{len(refused)} 个地址被拒绝" if refused else ""
            return Delivery(Stage.SENT, why, tuple(accepted), _fates(refused))
        self._forget()
        stage = Stage.REFUSED if code >= _PERMANENT else Stage.WAITING
        return Delivery(stage, _reply(code, reply), (), _fates(refused))

    def _connected(self) -> smtplib.SMTP:
        if self._smtp is not None:
            return self._smtp
        server = self._mailbox.server("smtp")
        try:
            smtp = _open(server.host, server.port, server.security)
            smtp.login(self._mailbox.account, self._code)
        except smtplib.SMTPAuthenticationError as error:
            told = _reply(error.smtp_code, error.smtp_error)
            raise PostError(
                f"{server.host} 不认 {self._mailbox.account} 的授权码：{told}。请核对：要的是授权码，不是登录密码"
            ) from error
        except (smtplib.SMTPException, OSError) as error:
            raise PostError(
                f"连不上发信服务器 {server.host}:{server.port}（{_told(error)}）。{_LATER}"
            ) from error
        self._smtp = smtp
        return smtp

    def _forget(self) -> None:
        """Let the server forget the message that is not to be sent; a lost connection has forgotten it."""
        try:
            if self._smtp is not None:
                self._smtp.rset()
        except (smtplib.SMTPException, OSError):
            self._smtp = None


_LATER = "没发的都记着，请检查网络或稍后再执行一次"


def _open(host: str, port: int, security: Security) -> smtplib.SMTP:
    context = ssl.create_default_context()
    if security is Security.SSL:
        return smtplib.SMTP_SSL(host, port, local_hostname=_ME, timeout=TIMEOUT, context=context)
    smtp = smtplib.SMTP(host, port, local_hostname=_ME, timeout=TIMEOUT)
    try:
        smtp.starttls(context=context)
    except BaseException:
        smtp.close()
        raise
    return smtp


def _fates(refused: dict[str, tuple[int, str]]) -> tuple[tuple[str, str], ...]:
    return tuple((address, why) for address, (_, why) in refused.items())


def _reply(code: int, reply: bytes | str) -> str:
    """Return an answer of a server as one line; Chinese services answer in UTF-8 or GBK."""
    raw = reply.encode() if isinstance(reply, str) else reply
    try:
        text = raw.decode()
    except UnicodeDecodeError:
        text = raw.decode("gb18030", "replace")
    return f"{code} {' '.join(text.split())}"[:300]


def _told(error: Exception) -> str:
    """Return what went wrong in a few words."""
    if isinstance(error, TimeoutError) or "timed out" in str(error):
        return f"{TIMEOUT:.0f} 秒没有回应"
    if isinstance(error, smtplib.SMTPServerDisconnected):
        return "对方断开"
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"服务器的证书不可信：{error.verify_message}"
    if isinstance(error, OSError) and error.strerror:
        return f"{error.strerror}"
    return " ".join(str(error).split())[:200] or type(error).__name__
