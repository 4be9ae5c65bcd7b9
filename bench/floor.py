"""The floor: read each docx of a folder, unzip ``word/document.xml`` and parse it with lxml; nothing less can be done."""

import sys
import zipfile
from pathlib import Path

from lxml import etree

for path in sorted(Path(sys.argv[1]).iterdir()):
    with zipfile.ZipFile(path) as archive:
        etree.fromstring(archive.read("word/document.xml"))
