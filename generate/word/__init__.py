"""Word documents as parts and trees: what notices, drafts and summaries are put together from."""
