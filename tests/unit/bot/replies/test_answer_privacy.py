"""Which answers go to their asker alone."""

import asyncio
from dataclasses import dataclass
from typing import cast

import pytest

from bot.records.question import Place
from bot.replies import answer_privacy
from bot.replies.answer_privacy import AnswerPrivacy, UserAnswers
from bot.slack.api import SlackBusy, SlackError, SlackUnreachable
from bot.slack.channels import ChannelAudience, ChannelKind, Channels
from bot.store.people import PeopleStore, Preferences

PUBLIC = ChannelAudience(ChannelKind.PUBLIC, companies=0, guests=0)
PRIVATE = ChannelAudience(ChannelKind.PRIVATE, companies=0, guests=0)
UNCOUNTED = ChannelAudience(ChannelKind.PUBLIC, companies=0)
SHARED = ChannelAudience(ChannelKind.PUBLIC, companies=1)
WITH_GUESTS = ChannelAudience(ChannelKind.PUBLIC, companies=0, guests=2)
PENDING = ChannelAudience(ChannelKind.PUBLIC, companies=0, pending=True)
UNKNOWN = ChannelAudience()
OF_THEIR_OWN, IN_THREADS = UserAnswers.PRIVATE, UserAnswers.THREAD


@dataclass(frozen=True, slots=True)
class Case:
    """A channel, with whose rights people ask, and what follows."""

    audience: ChannelAudience
    own_rights: UserAnswers | None
    private: bool
    channel: str = "C1"


CASES = (
    Case(PUBLIC, None, private=False),
    Case(PRIVATE, None, private=False),
    Case(UNCOUNTED, None, private=False),
    Case(UNKNOWN, None, private=False),
    Case(SHARED, None, private=True),
    Case(WITH_GUESTS, None, private=True),
    Case(PENDING, None, private=True),
    Case(PENDING, IN_THREADS, private=True),
    Case(PUBLIC, OF_THEIR_OWN, private=True),
    Case(UNKNOWN, OF_THEIR_OWN, private=True),
    Case(PUBLIC, IN_THREADS, private=False),
    Case(UNCOUNTED, IN_THREADS, private=False),
    Case(PRIVATE, IN_THREADS, private=True),
    Case(UNKNOWN, IN_THREADS, private=True),
    Case(SHARED, IN_THREADS, private=True),
    Case(WITH_GUESTS, IN_THREADS, private=True),
    Case(UNKNOWN, OF_THEIR_OWN, private=False, channel="D1"),
)


class OneChannel:
    """Knows one channel."""

    def __init__(self, *audiences: ChannelAudience) -> None:
        """Say one after the other, and the last one from then on."""
        self._audiences = list(audiences)

    async def read(self, _team: str, _channel: str) -> ChannelAudience:
        """Return who is there."""
        return self._audiences.pop(0) if len(self._audiences) > 1 else self._audiences[0]


class OnePerson:
    """Knows what one person has set."""

    def __init__(self, preferences: Preferences) -> None:
        """Say the same of each."""
        self._preferences = preferences

    async def preferences(self, _team: str, _user: str) -> Preferences:
        """Return what is set."""
        return self._preferences


@pytest.mark.parametrize("case", CASES, ids=str)
async def test_an_answer_is_private_where_not_everybody_may_read_it(case: Case) -> None:
    """With rights of one's own nearly everywhere, else where guests or other companies are known to be."""
    privacy = _privacy(case, Preferences())
    assert await privacy.wants_private(Place("T1", case.channel, None), "U1") is case.private


@pytest.mark.parametrize("case", CASES, ids=str)
async def test_who_wants_private_answers_has_them_in_every_channel(case: Case) -> None:
    """Direct messages are private as they are."""
    privacy = _privacy(case, Preferences(private=True))
    private = await privacy.wants_private(Place("T1", case.channel, None), "U1")
    assert private is (case.channel != "D1")


def _privacy(case: Case, preferences: Preferences) -> AnswerPrivacy:
    return AnswerPrivacy(
        channels=cast("Channels", OneChannel(case.audience)),
        people=cast("PeopleStore", OnePerson(preferences)),
        own_rights=case.own_rights,
    )


async def test_a_count_that_failed_is_made_once_more() -> None:
    """Redis may be away for a moment: that alone takes no answer out of its thread."""
    privacy = AnswerPrivacy(
        channels=cast("Channels", OneChannel(PENDING, PUBLIC)),
        people=cast("PeopleStore", OnePerson(Preferences())),
    )
    assert not await privacy.wants_private(Place("T1", "C1", None), "U1")


class Away:
    """A Slack that does not say who is in a channel."""

    def __init__(self, error: SlackError | None) -> None:
        """Fail, or never answer."""
        self._error = error

    async def read(self, _team: str, _channel: str) -> ChannelAudience:
        """Say nothing."""
        if self._error:
            raise self._error
        return await asyncio.Future()


@pytest.mark.parametrize("error", [SlackBusy(30.0), SlackUnreachable("HTTP 503"), None], ids=str)
async def test_an_answer_is_private_where_it_is_not_known_in_time_who_reads_along(
    error: SlackError | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No question waits for long, and nobody reads what may not be for them."""
    monkeypatch.setattr(answer_privacy, "LOOK_SECONDS", 0.4)
    privacy = AnswerPrivacy(
        channels=cast("Channels", Away(error)), people=cast("PeopleStore", OnePerson(Preferences()))
    )
    assert await privacy.wants_private(Place("T1", "C1", None), "U1")
    assert await privacy.may_have_outsiders(Place("T1", "C1", None))
