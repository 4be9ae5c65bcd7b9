"""Files that hold files: archives and mails, opened within one budget."""
