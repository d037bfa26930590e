"""The cases of `tests/payloads/results`: a question, its query, its rows, and the truth about them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from genie.model import Cell, Column, Table

FOLDER = Path(__file__).parent.parent / "payloads" / "results"
TODAY = date(2026, 11, 28)
MEASURED = frozenset({"measure", "share", "comparison"})


@dataclass(frozen=True, slots=True)
class Truth:
    """What one column is; several answers where careful analysts may differ."""

    roles: frozenset[str]
    grains: frozenset[str]
    units: frozenset[str]
    adds: frozenset[str]
    scale: str

    @property
    def is_measured(self) -> bool:
        """Whether its numbers may be drawn and described."""
        return bool(self.roles & MEASURED)


@dataclass(frozen=True, slots=True)
class Case:
    """One result and the truth about it; rows and columns are named by their positions."""

    name: str
    question: str
    sql: str
    table: Table
    columns: tuple[Truth, ...]
    totals: frozenset[int]
    unfinished: frozenset[int]
    order: int | None
    limited: bool
    currencies: int | None
    parts: frozenset[int]
    may_be_drawn: bool
    never: tuple[str, ...]

    def numbers(self, column: int) -> list[float]:
        """Return what can be read as numbers in a column."""
        return [number for row in self.table.rows if (number := as_number(row[column])) is not None]

    def total(self, column: int) -> float:
        """Return the sum of a column over all rows that are no totals."""
        rows = (row for at, row in enumerate(self.table.rows) if at not in self.totals)
        return sum(number for row in rows if (number := as_number(row[column])) is not None)

    @property
    def times(self) -> list[int]:
        """The columns of time."""
        return [at for at, column in enumerate(self.columns) if "time" in column.roles]


def as_number(cell: Cell) -> float | None:
    """Return a cell as a number, None for what is none."""
    try:
        return None if cell is None else float(cell)
    except ValueError:
        return None


def load(folder: Path = FOLDER) -> list[Case]:
    """Return the cases of a folder, by the names of their files and their own."""
    return [
        _case(f"{path.stem}/{case['name']}", case)
        for path in sorted(folder.glob("*.json"))
        for case in json.loads(path.read_text())
    ]


def _case(name: str, case: Mapping[str, Any]) -> Case:
    truth = case["expect"]
    keys = _keys([column for column, _ in case["columns"]])
    columns = tuple(Column(column, type_name) for column, type_name in case["columns"])
    rows = tuple(tuple(row) for row in case["rows"])

    def at(key: str | None) -> int | None:
        return None if key is None else keys.index(key)

    return Case(
        name=name,
        question=case["question"],
        sql=case["sql"],
        table=Table(columns, rows, truncated=case.get("truncated", False)),
        columns=tuple(_truth(truth["columns"][key]) for key in keys),
        totals=frozenset(truth["totals"]),
        unfinished=frozenset(truth["unfinished"]),
        order=at(truth["order"]),
        limited=truth["limited"],
        currencies=at(truth.get("currency_column")),
        parts=frozenset(keys.index(key) for key in truth.get("parts") or ()),
        may_be_drawn=truth["chart"],
        never=tuple(truth.get("never") or ()),
    )


def _keys(names: list[str]) -> list[str]:
    """Name columns as the corpus does: the second `revenue` is `revenue#2`."""
    return [
        name if names[:at].count(name) == 0 else f"{name}#{names[:at].count(name) + 1}"
        for at, name in enumerate(names)
    ]


def _truth(column: Mapping[str, Any]) -> Truth:
    def several(key: str) -> frozenset[str]:
        value = column.get(key, [])
        return frozenset(value if isinstance(value, list) else [value])

    return Truth(several("role"), several("grain"), several("unit"), several("adds"), column.get("scale", ""))
