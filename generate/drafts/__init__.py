"""Drafts by whatever hand: taken apart, each line told what it is, laid out to the standard."""
