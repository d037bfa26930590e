"""Whom the bot answers."""

import asyncio
from dataclasses import dataclass
from typing import cast

import pytest

from bot.replies.access import Access
from bot.replies.asker_guard import EXTERNAL, GUEST, NOT_KNOWN, AskerGuard, Rejection
from bot.slack.api import SlackRefused, SlackUnreachable
from bot.slack.user_groups import UserGroups
from bot.slack.users import Person, Users
from render import words

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

    async def known_person(self, team: str, user: str) -> Person:
        """Return the person, if Slack will tell."""
        if not self._person.known:
            raise SlackRefused("user_not_found")
        return await self.person(team, user)


class OneWhoIsDescribedLate(OnePerson):
    """Knows one person, at the second call."""

    def __init__(self, person: Person, failures: int) -> None:
        """Fail so often before."""
        super().__init__(person)
        self._failures = failures

    async def known_person(self, team: str, user: str) -> Person:
        """Return the person, or be away."""
        if self._failures:
            self._failures -= 1
            raise SlackUnreachable("HTTP 503")
        return await super().known_person(team, user)


@pytest.mark.parametrize("case", CASES, ids=str)
async def test_people_of_the_workspace_are_answered_and_others_where_a_setting_says_so(case: Case) -> None:
    """Of one of whom Slack tells nothing in time, the request decides; a step answers none of these."""
    guard = AskerGuard(
        users=cast("Users", OnePerson(case.person)),
        access=everywhere(),
        allow_guests=case.guests,
        allow_external=case.externals,
    )
    assert await guard.rejection("T1", "U1", "C1", external=case.external) == case.rejected
    described = case.person.known or case.external
    in_step = case.rejected if described else NOT_KNOWN
    assert await guard.rejection_in_step("T1", "U1", "C1", external=case.external) == in_step


async def test_a_step_waits_for_what_slack_says_of_a_person() -> None:
    """A guest is none the less one while Slack is away: the step asks again, and is repeated."""
    guard = AskerGuard(users=cast("Users", OneWhoIsDescribedLate(A_GUEST, failures=1)), access=everywhere())
    assert await guard.rejection_in_step("T1", "U1", "C1", external=False) == GUEST
    away = AskerGuard(users=cast("Users", OneWhoIsDescribedLate(A_GUEST, failures=9)), access=everywhere())
    with pytest.raises(SlackUnreachable):
        await away.rejection_in_step("T1", "U1", "C1", external=False)


class NoGroups:
    """Knows no group."""

    async def members(self, _team: str, _group: str) -> frozenset[str]:
        """Be away."""
        raise SlackUnreachable("away")


def everywhere(**named: tuple[str, ...]) -> Access:
    return Access(groups=cast("UserGroups", NoGroups()), **named)


@pytest.mark.parametrize(
    ("person", "user", "named", "sentence"),
    [
        (COLLEAGUE, "U1", {"users": ("U2",)}, words.access.NOT_ALLOWED),
        (COLLEAGUE, "U1", {"users": ("U1",)}, ""),
        (COLLEAGUE, "U1", {"users": ("S1",)}, words.access.NOT_KNOWN),
        (A_GUEST, "U1", {"users": ("U1",)}, words.questions.GUEST),
        (STRANGER, "U1", {"users": ("U1",)}, words.questions.EXTERNAL_PERSON),
        (Person("Alerts", bot=True), "U1", {"users": ("U2",)}, ""),
        (UNKNOWN, "B1", {"users": ("U2",)}, ""),
        (UNKNOWN, "B1", {"channels": ("C2",)}, words.access.not_here(["<#C2>"])),
    ],
)
async def test_the_settings_narrow_who_is_answered(
    person: Person, user: str, named: dict[str, tuple[str, ...]], sentence: str
) -> None:
    """They answer no guest, concern people and no apps but for the channels, and a doubt refuses."""
    guard = AskerGuard(users=cast("Users", OnePerson(person)), access=everywhere(**named))
    rejection = await guard.rejection("T1", user, "C1", external=False)
    assert (rejection.sentence if rejection else "") == sentence


async def test_a_step_waits_for_what_slack_says_of_a_group() -> None:
    """A person is not refused because Slack is away."""
    guard = AskerGuard(users=cast("Users", OnePerson(COLLEAGUE)), access=everywhere(users=("S1",)))
    with pytest.raises(SlackUnreachable):
        await guard.rejection_in_step("T1", "U1", "C1", external=False)


class AtOnce(OnePerson):
    """Knows a person, and a group, as soon as it was asked about both."""

    def __init__(self) -> None:
        """Wait for the second question."""
        super().__init__(COLLEAGUE)
        self._both = asyncio.Barrier(2)

    async def person(self, team: str, user: str) -> Person:
        """Return the person."""
        await self._both.wait()
        return await super().person(team, user)

    async def members(self, _team: str, _group: str) -> frozenset[str]:
        """Return the members of the group."""
        await self._both.wait()
        return frozenset({"U1"})


async def test_a_listener_asks_slack_all_at_once() -> None:
    """One second each after the other would be too long for Slack, which waits for three."""
    slack = AtOnce()
    access = Access(groups=cast("UserGroups", slack), users=("S1",))
    guard = AskerGuard(users=cast("Users", slack), access=access)
    async with asyncio.timeout(5):
        assert await guard.rejection("T1", "U1", "C1", external=False) is None
