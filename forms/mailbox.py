"""The mailbox of a work (邮箱): which account sends and receives, and where its servers are.

Knows the usual servers of an address; the authorisation code never stands here, because a work folder is copied about.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator
from pydantic import Field as Key

from .form import Spec

ADDRESS = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+", re.ASCII)
"""A mail address as every server takes it: ASCII, nothing in it that could end a header or begin another."""

_SERVER = re.compile(r"(?P<host>[A-Za-z0-9][A-Za-z0-9.-]*)(?::(?P<port>\d{1,5}))?", re.ASCII)


class Security(StrEnum):
    """How a connection is kept secret (加密); there is no third way, so that no code travels in the clear."""

    SSL = "SSL"
    STARTTLS = "STARTTLS"


_PORTS = {("smtp", Security.SSL): 465, ("smtp", Security.STARTTLS): 587}
_PORTS |= {("imap", Security.SSL): 993, ("imap", Security.STARTTLS): 143}


@dataclass(frozen=True, slots=True)
class Server:
    """Where a server answers and how the connection is kept secret."""

    host: str
    port: int
    security: Security


def _address(value: str) -> str:
    if not ADDRESS.fullmatch(value):
        raise ValueError(f"“{value}”不像邮箱")
    return value


def _server(value: str) -> str:
    found = _SERVER.fullmatch(value)
    if value and (found is None or not 0 < int(found["port"] or 1) < 65536):
        raise ValueError(f"“{value}”不像服务器，应写成 smtp.163.com 或 smtp.163.com:465")
    return value


def _text(value: Any) -> Any:
    return value.strip() if isinstance(value, str) else value


Host = Annotated[str, BeforeValidator(_text), AfterValidator(_server)]


class Mailbox(Spec):
    """The account that sends and receives; without servers those of its address are taken (``imap.163.com``).

    ``pause`` is the time between two messages in seconds: mail services refuse who sends too quickly.
    """

    account: Annotated[str, BeforeValidator(_text), AfterValidator(_address)] = Key(alias="账号")
    smtp: Host = Key("", alias="发信服务器")
    imap: Host = Key("", alias="收信服务器")
    security: Security = Key(Security.SSL, alias="加密")
    folder: str = Key("INBOX", alias="收件夹")
    pause: float = Key(5.0, alias="间隔", ge=0, le=600)

    @property
    def domain(self) -> str:
        """The part after the @."""
        return self.account.rpartition("@")[2].lower()

    def server(self, service: str) -> Server:
        """Return where ``service`` (``smtp`` or ``imap``) answers."""
        named = _SERVER.fullmatch(getattr(self, service) or f"{service}.{self.domain}")
        assert named is not None  # noqa: S101 - validated above; a domain is a host name
        return Server(named["host"], int(named["port"] or _PORTS[service, self.security]), self.security)
