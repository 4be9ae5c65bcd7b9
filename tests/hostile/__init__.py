"""A hostile set: files that attack, files that are broken, files that only look odd, and good ones between them."""
