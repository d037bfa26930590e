"""Queries: milliseconds of CPU to read an ordinary one of 200 lines, and those that are made to take long.

Run with `python -m bench.queries`. The promise is 300 ms for any text, and nothing of it on the event loop.
"""

import time
from collections.abc import Callable

from render.explain.query import read_sql
from render.sql.read import read_query
from tests.queries import HOSTILE, LONG


def ms(work: Callable[[str], object], sql: str) -> float:
    """Return the milliseconds of CPU of one run, which others on the machine do not lengthen."""
    began = time.process_time()
    work(sql)
    return (time.process_time() - began) * 1_000


def main() -> None:
    """Measure and print."""
    fresh = read_query.__wrapped__
    ms(fresh, "SELECT SUM(a) FROM t")
    print(f"{LONG.count(chr(10)) + 1} lines       {min(ms(fresh, LONG + ' ' * n) for n in range(5)):9.1f} ms")
    print(f"for a modal     {min(ms(read_sql, LONG + '  ' * n) for n in range(3)):9.1f} ms")
    for name, sql in HOSTILE.items():
        print(f"{name:20}{len(sql):8,} characters{ms(fresh, sql):9.1f} ms")


if __name__ == "__main__":
    main()
