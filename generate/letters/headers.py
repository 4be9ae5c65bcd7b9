"""Headers of a mail that every reader shows right, whatever its age: attachment names written in both ways there are.

``Content-Disposition`` names a file as RFC 2231 has it, ``Content-Type`` as RFC 2047 does, which Foxmail, WPS Mail and
Outlook have always understood. The standard library would write RFC 2231 twice and break long types in two.
"""

from __future__ import annotations

from email.header import Header
from email.headerregistry import BaseHeader, ContentTypeHeader, HeaderRegistry
from email.policy import SMTP, Policy
from typing import Any, cast

_WIDTH = 74  # characters; an encoded word has at most 75 (RFC 2047 2)


class _TypeHeader(ContentTypeHeader):
    """A ``Content-Type`` whose parameters stand on lines of their own, those beyond ASCII as encoded words."""

    def fold(self, *, policy: Policy) -> str:
        """Return the header as it goes over the wire."""
        end = policy.linesep
        parts = [f"{cast(BaseHeader, self).name}: {self.content_type}"]
        parts += [f' {key}="{_word(str(value), end)}"' for key, value in cast(Any, self).params.items()]
        return f";{end}".join(parts) + end


def _word(value: str, end: str) -> str:
    if value.isascii():
        return value.replace("\\", "\\\\").replace('"', '\\"')
    return Header(value, "utf-8", maxlinelen=_WIDTH, header_name="name").encode(linesep=end)


def _registry() -> HeaderRegistry:
    registry = HeaderRegistry()
    registry.map_to_type("content-type", cast(Any, _TypeHeader))  # the registry mixes in BaseHeader itself
    return registry


POLICY = SMTP.clone(header_factory=_registry())
"""The policy of every message that goes out: lines end with CR LF, headers refuse line breaks."""
