"""The one exception of reading: this file cannot be read, why, and what its sender should do.

Raised by readers, caught once where a file becomes records; it never stops the batch.
"""

from __future__ import annotations


class UnreadableError(Exception):
    """A file that cannot be read; the message is the Chinese reason with its mend."""
