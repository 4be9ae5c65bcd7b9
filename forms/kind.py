"""The kinds of official document (公文种类) and the ways one is sealed or signed, with the words of ``work.yaml``.

Knows words; how a kind looks on paper is the generators' affair.
"""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

from pydantic import Field as Key

from .form import Spec


class Kind(StrEnum):
    """What sort of document a notice is (种类)."""

    DOWNWARD = "下行文"
    UPWARD = "上行文"
    LETTER = "信函"
    ORDER = "命令"
    MINUTES = "纪要"
    CARRYING = "印发通知"
    CONSULTATION = "征求意见稿"
    CIRCULAR = "通报"
    REPORT = "报告"
    REMINDER = "催办通知"

    @property
    def upward(self) -> bool:
        """Whether it goes up and so names who signed it off (签发人, GB/T 9704-2012 7.2.6)."""
        return self in (Kind.UPWARD, Kind.REPORT)


class Sealing(StrEnum):
    """How the end of a document is sealed (用印, GB/T 9704-2012 7.3.5)."""

    NONE = "不用印"
    ROOM = "留白"
    IMAGE = "印章图片"
    SIGNATURE = "签名章"


class SignatureStamp(Spec):
    """A 签名章: the signer's post, and a picture of the stamp or none where room is left for it."""

    post: str = Key(alias="职务")
    image: Path | None = Key(None, alias="图片")
