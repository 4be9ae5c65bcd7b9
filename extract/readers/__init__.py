"""The readers, one module a format, and what they share: from bytes to the neutral document."""
