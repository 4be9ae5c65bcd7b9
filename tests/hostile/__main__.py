"""``python -m tests.hostile FOLDER``: write the hostile set into a folder, to try commands on it by hand."""

import sys
from pathlib import Path

from .everything import write

write(Path(sys.argv[1]))
