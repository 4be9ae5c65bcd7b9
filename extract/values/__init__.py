"""From text to values with their doubts, and whose return it is and of which period."""
