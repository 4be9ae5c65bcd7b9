"""Word: docx, its flat and old binary kin, and what they share."""
