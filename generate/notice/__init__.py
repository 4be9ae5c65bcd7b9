"""The 红头 notice and its kin, element by element."""
