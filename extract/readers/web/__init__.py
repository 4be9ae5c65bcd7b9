"""Web pages, alone and in an archive."""
