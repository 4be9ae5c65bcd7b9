"""Excel: xlsx, its flat and old binary kin, and what they share."""
