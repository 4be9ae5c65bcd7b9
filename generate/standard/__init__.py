"""GB/T 9704-2012 as data, and what follows from it for words and titles."""
