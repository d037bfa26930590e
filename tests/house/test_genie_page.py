"""docs/genie.md is complete, and every test that it names is there."""

import re

import pytest

from genie import client
from genie.model import FINAL_STATUSES
from render import words
from tests.house.proofs import is_proof, is_there, named, rows
from tests.house.tree import ROOT

PAGE = (ROOT / "docs/genie.md").read_text()
ROWS = rows(PAGE)
KEYS = [row[0] for row in ROWS]


@pytest.mark.parametrize(("file", "name"), named(PAGE))
def test_every_named_test_exists(file: str, name: str) -> None:
    """A proof that was renamed or removed is noticed."""
    assert is_there(file, name)


@pytest.mark.parametrize("row", ROWS, ids=KEYS)
def test_every_row_has_its_proof(row: list[str]) -> None:
    """The last column of each table names tests, below its head."""
    assert row[-1] == "Proved by" or is_proof(row[-1])


def test_every_endpoint_and_behaviour_is_there() -> None:
    """Endpoints 1 to 17 and 20 to 22, and behaviours 17.1 to 17.55, each once."""
    numbers = [key for key in KEYS if key.isdecimal() and len(key) < len("400")]
    assert numbers == [str(number) for number in (*range(1, 18), *range(20, 23))]
    assert [key for key in KEYS if key.startswith("17.")] == [f"17.{number}" for number in range(1, 56)]


def test_every_method_of_the_client_is_there() -> None:
    """What the client offers is on the page, and what the page names the client offers."""
    offered = {name for name in dir(client.Genie) if not name.startswith("_")}
    named = set(re.findall(r"`Genie\.(\w+)`", PAGE))
    assert named == offered


def test_every_known_status_is_there() -> None:
    """Those that are waited for and those that are ends."""
    statuses = {name for key in KEYS for name in re.findall(r"`([A-Z_]+)`", key)}
    assert statuses == FINAL_STATUSES | set(words.progress.STATUS)
