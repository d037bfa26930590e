"""SQL as a tree, within a time that nobody notices."""

import logging
import time
from functools import lru_cache

from sqlglot import exp
from sqlglot.dialects.databricks import Databricks
from sqlglot.errors import SqlglotError
from sqlglot.parsers.databricks import DatabricksParser

LONGEST = 40_000
"""Characters of SQL that are read."""
MOST_TOKENS = 12_000
"""What so many characters of ordinary SQL hold, and a little more."""
SECONDS = 0.15
"""Of CPU until the tree is there; what is left of 300 ms is for following its columns."""
_STEPS = 64

# It quotes the SQL that it does not know, and SQL may not reach a log.
logging.getLogger("sqlglot").disabled = True


class TooSlowError(Exception):
    """Reading the query took too long."""


class Deadline:
    """Ends work that takes too much CPU, whichever thread it runs in."""

    def __init__(self, seconds: float) -> None:
        """Begin now."""
        self._end = time.thread_time() + seconds
        self._steps = 0

    def check(self) -> None:
        """Count a step; raise TooSlowError when time is over."""
        self._steps += 1
        if self._steps % _STEPS == 0 and time.thread_time() > self._end:
            raise TooSlowError


class _Parser(DatabricksParser):
    """Databricks' parser; it goes back and tries again, for nested parentheses without an end."""

    deadline: Deadline

    def _advance(self, times: int = 1) -> None:
        self.deadline.check()
        super()._advance(times)


@lru_cache(maxsize=8)
def parse(sql: str) -> exp.Query | None:
    """Return the one query of `sql`, or None where that cannot be read."""
    if len(sql) > LONGEST:
        return None
    dialect = Databricks()
    parser = _Parser(dialect=dialect)
    parser.deadline = Deadline(SECONDS)
    try:
        tokens = dialect.tokenize(sql)
        if len(tokens) > MOST_TOKENS:
            return None
        trees = parser.parse(tokens, sql)
    except (SqlglotError, RecursionError, ValueError, TooSlowError):
        return None
    found = [tree for tree in trees if tree is not None]
    return found[0] if len(found) == 1 and isinstance(found[0], exp.Query) else None
