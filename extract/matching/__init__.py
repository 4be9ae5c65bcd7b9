"""Laying a document and a form over each other: labels, stencil, assignment, answers, and the rest."""
