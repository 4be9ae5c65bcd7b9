"""The identity of a blank form: which form, unit and period it was made for, as it travels inside the file.

Stands in the custom properties ``hongtou.form``, ``hongtou.unit`` and ``hongtou.period`` and, as one line, in
``dc:identifier``; both survive re-saving by Word, WPS and LibreOffice.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote, unquote

PROPERTY_PREFIX = "hongtou."
_SCHEME = "hongtou:"


@dataclass(frozen=True, slots=True)
class Identity:
    """Form, unit and period of a blank; an empty string where it was made for none in particular."""

    form: str
    unit: str = ""
    period: str = ""

    @property
    def identifier(self) -> str:
        """The line for ``dc:identifier``: ``hongtou:form/unit/period``, percent-encoded."""
        return _SCHEME + "/".join(quote(part, safe="") for part in (self.form, self.unit, self.period))

    @property
    def properties(self) -> dict[str, str]:
        """The custom document properties by name."""
        return {
            f"{PROPERTY_PREFIX}form": self.form,
            f"{PROPERTY_PREFIX}unit": self.unit,
            f"{PROPERTY_PREFIX}period": self.period,
        }

    @classmethod
    def from_properties(cls, properties: dict[str, str]) -> Identity | None:
        """Return the identity in custom properties, or none."""
        form, unit, period = (properties.get(PROPERTY_PREFIX + key, "") for key in ("form", "unit", "period"))
        return cls(form, unit, period) if form else None

    @classmethod
    def from_identifier(cls, identifier: str) -> Identity | None:
        """Return the identity in a ``dc:identifier``, or none when it is somebody else's."""
        parts = identifier.removeprefix(_SCHEME).split("/")
        if not identifier.startswith(_SCHEME) or len(parts) != 3 or not parts[0]:
            return None
        return cls(*(unquote(part) for part in parts))
