"""The command ``hongtou``."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line and leave with its exit status."""
    from . import console, strangers

    console.prepare()
    taken = strangers()
    if taken:
        console.say("别的程序占用了红头的包名，请把红头装进单独的虚拟环境：")
        for place in taken:
            console.say(f"  {console.visible(place)}")
        sys.exit(2)
    from .root import root

    root(prog_name="hongtou")


if __name__ == "__main__":
    main()
