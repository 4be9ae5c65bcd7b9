"""Examining a finished document against the standard: the .docx by its effective formatting, the PDF by measuring."""

from .docx import Verdict, check
from .finding import Finding
from .wordfile import UncheckableError

__all__ = ["Finding", "UncheckableError", "Verdict", "check"]
