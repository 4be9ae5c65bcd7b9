"""The Word templates that ship, drawn by a script: ``python -m generate.shipped.build`` writes them to ``templates/``."""
