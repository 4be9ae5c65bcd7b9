"""Makes the Word templates that ship: ``python -m generate.shipped.build``. The same bytes every time; a test compares them."""

from __future__ import annotations

from templates import CATALOGUE, FOLDER

from .forms import EXCHANGE, VISIT, draw
from .letter import letter
from .notice import notice
from .order import consultation, minutes, order
from .summary import summary


def documents() -> dict[str, bytes]:
    """Return the bytes of every template by its path below ``templates/``."""
    catalogue = CATALOGUE.relative_to(FOLDER).as_posix()
    forms = {f"{catalogue}/{drawing.title}.docx": draw(drawing) for drawing in (VISIT, EXCHANGE)}
    kinds = {"letter": letter, "order": order, "minutes": minutes, "consultation": consultation}
    others = {f"{name}.docx": build() for name, build in kinds.items()}
    return {"notice.docx": notice(), "summary.docx": summary(), **others, **forms}


def main() -> None:
    """Write every template to its place."""
    for name, data in documents().items():
        (FOLDER / name).write_bytes(data)


if __name__ == "__main__":
    main()
