"""`make crash`: stop a process at every call that it makes, and print what came of it.

With `--few` at two calls of each step; with names, in the scenarios whose names contain one of them.
"""

import asyncio
import sys


def main() -> int:
    """Return 1 if anything failed."""
    from tests.crash.report import crash  # noqa: PLC0415 (each process that is forked imports this module)

    names = [each for each in sys.argv[1:] if each != "--few"]
    return asyncio.run(crash(names, few="--few" in sys.argv))


if __name__ == "__main__":
    sys.exit(main())
