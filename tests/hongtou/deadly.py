"""A stand-in for the extractor that does what hostile files do: hang, toil, labour, swell, shout, die; picklable."""

from __future__ import annotations

import hashlib
import os
import time
from pathlib import Path

from forms import Record, Status
from hongtou import reading


class Deadly:
    """Reads a file whose first word is the deed; anything else is read well."""

    def file(self, path: Path, source: str) -> tuple[Record, ...]:
        """Return one record, if the deed leaves time for it."""
        data = path.read_bytes()
        match data.split()[0]:
            case b"hang":
                time.sleep(600)
            case b"swell":
                bytearray(reading.MEMORY)  # beside what the process has already
            case b"toil":
                while True:
                    hashlib.sha256(data)
            case b"labour":
                end = time.process_time() + 0.5
                while time.process_time() < end:
                    hashlib.sha256(data)
            case b"shout":
                os.write(2, b"pages of a library that dies")
            case b"die":
                os._exit(9)
        return (Record(source, hashlib.sha256(data).hexdigest(), 1, Status.IGNORED, reason=f"{os.getpid()}"),)
