"""PDF files that have text: from painted characters to the neutral document."""
