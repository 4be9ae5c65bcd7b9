"""Examining a finished document against the standard: the .docx by its effective formatting, the PDF by measuring."""

from .docx import Verdict, check, check_with_page
from .finding import Finding
from .office import to_pdfs
from .wordfile import UncheckableError

__all__ = ["Finding", "UncheckableError", "Verdict", "check", "check_with_page", "to_pdfs"]
