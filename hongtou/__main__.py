"""The command ``hongtou``."""

from __future__ import annotations

import gc
import os
import sys

_GARBAGE = (
    50_000  # objects between two searches for cycles: modules make many at the start, and none is garbage
)


def main() -> None:
    """Run the command line and leave with its exit status."""
    gc.set_threshold(_GARBAGE)
    os.environ["PYDANTIC_DISABLE_PLUGINS"] = (
        "__all__"  # else it reads about every package installed to find none
    )
    from . import console, strangers

    console.prepare()
    taken = strangers()
    if taken:
        console.say("别的程序占用了红头的包名，请把红头装进单独的虚拟环境：")
        for place in taken:
            console.say(f"  {console.visible(place)}")
        sys.exit(2)
    from .root import root

    try:
        root(prog_name="hongtou")
    except Exception as error:  # noqa: BLE001 - a defect of ours; its own words may repeat what a return says
        from .defects import told

        for line in told(error):
            console.say(console.visible(line))
        sys.exit(1)


if __name__ == "__main__":
    main()
