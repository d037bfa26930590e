"""Who may ask and where, by ids."""

from dataclasses import dataclass, field
from typing import cast

import pytest

from bot.replies.access import Access
from bot.slack.api import SlackUnreachable
from bot.slack.user_groups import UserGroups
from render import words

HERE, THERE, DIRECT = "C0HERE", "C0THERE", "D0ADA"
ADA, BEN, CLEO = "U0ADA", "U0BEN", "U0CLEO"
TEAM, CLOSED, AWAY = "S0TEAM", "S0CLOSED", "S0AWAY"
NOT_HERE = words.access.not_here([f"<#{HERE}>"])


class Groups:
    """One group has Ben, one cannot be read, and of one Slack does not tell."""

    async def members(self, _team: str, group: str) -> frozenset[str]:
        """Return who is in it."""
        if group == AWAY:
            raise SlackUnreachable("away")
        return frozenset({BEN}) if group == TEAM else frozenset()


@dataclass(frozen=True, slots=True)
class Case:
    """What the settings name, who asks where, and what that person is told."""

    told: str = ""
    user: str = ADA
    channel: str = HERE
    named: dict[str, tuple[str, ...]] = field(default_factory=dict)


CASES = (
    Case(),
    Case(named={"admins": (BEN,)}),
    Case(named={"channels": (HERE,)}),
    Case(NOT_HERE, channel=THERE, named={"channels": (HERE,)}),
    Case(NOT_HERE, channel=THERE, named={"channels": (HERE,), "users": (ADA,), "admins": (ADA,)}),
    Case(channel=DIRECT, named={"channels": (HERE,)}),
    Case(channel="", named={"channels": (HERE,)}),
    Case(named={"users": (ADA, BEN)}),
    Case(words.access.NOT_ALLOWED, user=CLEO, named={"users": (ADA, BEN)}),
    Case(words.access.NOT_ALLOWED, user=CLEO, channel=DIRECT, named={"users": (ADA,)}),
    Case(user=CLEO, named={"users": (ADA,), "admins": (CLEO,)}),
    Case(user=BEN, named={"users": (ADA,), "admins": (TEAM,)}),
    Case(user=BEN, named={"users": (TEAM,)}),
    Case(words.access.NOT_ALLOWED, named={"users": (TEAM,)}),
    Case(words.access.NOT_ALLOWED, named={"users": (CLOSED,)}),
    Case(user=BEN, named={"users": (AWAY, TEAM)}),
    Case(user=ADA, named={"users": (AWAY, ADA)}),
)


def access(**named: tuple[str, ...]) -> Access:
    return Access(groups=cast("UserGroups", Groups()), **named)


@pytest.mark.parametrize("case", CASES, ids=str)
async def test_ids_decide_who_may_ask_where(case: Case) -> None:
    """Of a group by whom is in it, and of admins as of everybody who is named."""
    assert await access(**case.named).refusal("T1", case.user, case.channel) == case.told


async def test_a_person_is_not_judged_by_a_group_that_is_not_known() -> None:
    """Neither way: it may be asked again."""
    with pytest.raises(SlackUnreachable):
        await access(users=(AWAY, TEAM)).refusal("T1", CLEO, HERE)


@pytest.mark.parametrize(
    ("user", "admins", "is_admin"),
    [
        (ADA, (), False),
        (ADA, (ADA,), True),
        (BEN, (TEAM,), True),
        (ADA, (TEAM,), False),
        (BEN, (AWAY,), False),
    ],
)
async def test_an_admin_is_named_or_in_a_group_that_is(
    user: str,
    admins: tuple[str, ...],
    is_admin: bool,  # noqa: FBT001 - a row of the table
) -> None:
    """Nobody is for a group of which Slack does not tell."""
    assert await access(admins=admins).is_admin("T1", user) is is_admin


def test_few_channels_are_named_and_many_are_not() -> None:
    """A list of ten channels helps nobody."""
    assert "<#C1> or <#C2>" in words.access.not_here(["<#C1>", "<#C2>"])
    assert "<#C1>" not in words.access.not_here([f"<#C{number}>" for number in range(1, 5)])
