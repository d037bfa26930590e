"""Whom the bot answers."""

from dataclasses import dataclass
from typing import cast

import pytest

from bot.replies.asker_guard import EXTERNAL, GUEST, AskerGuard, Rejection
from bot.slack.users import Person, Users

COLLEAGUE, A_GUEST = Person("Ada"), Person("Gina", guest=True)
STRANGER, UNKNOWN = Person("Xenia", external=True), Person()


@dataclass(frozen=True, slots=True)
class Case:
    """A person, what the request says of them, what the settings allow, and what follows."""

    person: Person
    rejected: Rejection | None
    external: bool = False
    guests: bool = False
    externals: bool = False


CASES = (
    Case(COLLEAGUE, None),
    Case(A_GUEST, GUEST),
    Case(A_GUEST, GUEST, externals=True),
    Case(A_GUEST, None, guests=True),
    Case(STRANGER, EXTERNAL),
    Case(STRANGER, EXTERNAL, guests=True),
    Case(STRANGER, None, externals=True),
    Case(UNKNOWN, None),
    Case(UNKNOWN, EXTERNAL, external=True),
    Case(UNKNOWN, None, external=True, externals=True),
)


class OnePerson:
    """Knows one person."""

    def __init__(self, person: Person) -> None:
        """Say the same of everybody."""
        self._person = person

    async def person(self, _team: str, _user: str) -> Person:
        """Return the person."""
        return self._person


@pytest.mark.parametrize("case", CASES, ids=str)
async def test_people_of_the_workspace_are_answered_and_others_where_a_setting_says_so(case: Case) -> None:
    """Of one of whom Slack tells nothing in time, the request alone decides."""
    guard = AskerGuard(
        users=cast("Users", OnePerson(case.person)),
        allow_guests=case.guests,
        allow_external=case.externals,
    )
    assert await guard.rejection("T1", "U1", external=case.external) == case.rejected
