"""The templates that ship: Word templates of what goes out, and the catalogue of forms."""

from pathlib import Path

FOLDER = Path(__file__).parent
CATALOGUE = FOLDER / "catalogue"
