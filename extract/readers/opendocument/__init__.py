"""OpenDocument: texts and sheets, as packages and as one XML file."""
