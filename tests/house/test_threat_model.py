"""docs/operating/threat-model.md names for each attack what refuses it, and a test that is there."""

import pytest

from tests.house.proofs import is_proof, is_there, named, rows
from tests.house.tree import ROOT

PAGE = (ROOT / "docs/operating/threat-model.md").read_text()
ATTACKS = [row for row in rows(PAGE) if row[0] != "#"]
AT_LEAST = 30
"""Attacks, each with a proof of its own."""


@pytest.mark.parametrize(("file", "name"), named(PAGE))
def test_every_named_test_exists(file: str, name: str) -> None:
    """A proof that was renamed or removed is noticed."""
    assert is_there(file, name)


@pytest.mark.parametrize("row", ATTACKS, ids=[row[0] for row in ATTACKS])
def test_every_attack_is_refused_and_has_its_proof(row: list[str]) -> None:
    """The attack, what refuses it, and the tests that show it."""
    _, attack, refusal, proof = row
    assert attack
    assert refusal
    assert is_proof(proof)


def test_attacks_are_numbered_and_many() -> None:
    """Each has a number of its own, as others refer to it."""
    assert [row[0] for row in ATTACKS] == [str(number) for number in range(1, len(ATTACKS) + 1)]
    assert len(named(PAGE)) >= AT_LEAST
