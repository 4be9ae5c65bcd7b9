"""Blank forms: filled in for a unit, guarded against accidents, marked with serial and QR code."""
