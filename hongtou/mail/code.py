"""The authorisation code of the mailbox (授权码): from the environment, else from the system's own keyring.

It never stands in a file of ours, in a message or in a log.
"""

from __future__ import annotations

import os

from forms import HongtouError

VARIABLE = "HONGTOU_MAIL_CODE"
_SERVICE = "hongtou"
_HOW = f"请执行 hongtou mail code 存进系统的密码库，或设环境变量 {VARIABLE}。授权码在邮箱网页的“设置→POP3/SMTP/IMAP”里取得"


class NoCodeError(HongtouError):
    """Nobody told the authorisation code, or the system has no place to keep it."""


def code_of(account: str) -> str:
    """Return the code of ``account``; raise ``NoCodeError`` with the ways to give it."""
    code = os.environ.get(VARIABLE, "").strip() or _kept(account)
    if not code:
        raise NoCodeError(f"没有 {account} 的授权码。{_HOW}")
    return code


def keep(account: str, code: str) -> None:
    """Keep ``code`` in the system's keyring; raise ``NoCodeError`` where there is none."""
    import keyring
    from keyring.errors import KeyringError

    try:
        keyring.set_password(_SERVICE, account, code)
    except KeyringError as error:
        raise NoCodeError(f"这台电脑没有可用的密码库，没有存。请改设环境变量 {VARIABLE}") from error


def _kept(account: str) -> str:
    import keyring
    from keyring.errors import KeyringError

    try:
        return keyring.get_password(_SERVICE, account) or ""
    except KeyringError:  # no keyring on this machine: then the environment is the one place
        return ""
