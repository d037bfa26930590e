"""Whose watches run: those of people who may ask, read where it tells, and ask with the same rights."""

from typing import Any, cast

import pytest
from redis.asyncio import Redis

from bot.identity.model import NotSignedIn, SlackUser
from bot.jobs.watch.may_run import CLOSED_ACCOUNT, IDENTITY_CHANGED, LEFT_CHANNEL, SPACE_REMOVED, MayRun
from bot.records.question import Place
from bot.records.watch import WatchKind
from bot.replies.access import Access
from bot.replies.answer_privacy import AnswerPrivacy
from bot.replies.asker_guard import AskerGuard
from bot.slack.user_groups import UserGroups
from bot.store.people import PeopleStore
from render import words
from tests.redis.queue_moves import KEYS
from tests.redis.watches.watching import OWNER, SPACES, slack_says, users, watch

pytestmark = pytest.mark.redis


class Channels:
    """Slack's word about the channel."""

    def __init__(self, kind: str = "public", *, lacks: bool = False) -> None:
        self.kind, self.lacks = kind, lacks

    async def glance(self, _team: str, _channel: str) -> Any:
        return self

    async def lacks_person(self, _channel: str, _user: str) -> bool:
        return self.lacks


async def signed_in(_user: SlackUser) -> None:
    """Let everybody ask."""


async def signed_out(_user: SlackUser) -> None:
    """Let nobody ask."""
    raise NotSignedIn


def may_run(redis: "Redis", channels: Channels | None = None, **fields: Any) -> MayRun:
    """Return what decides."""
    known = users(redis)
    guard = AskerGuard(users=known, access=Access(groups=cast("UserGroups", None), channels=("C1",)))
    privacy = AnswerPrivacy(channels=cast("Any", channels or Channels()), people=PeopleStore(redis, KEYS))
    parts: dict[str, Any] = {
        "guard": guard,
        "users": known,
        "privacy": privacy,
        "catalog": SPACES,
        "signed_in": signed_in,
        "as_users": False,
    }
    return MayRun(**parts | fields)


async def test_a_question_is_not_asked_in_a_space_that_is_none_any_more(redis: "Redis") -> None:
    """It rests; one from before there were several spaces is asked in the default one."""
    await slack_says(redis)
    for space, refusal in (("f", None), ("", None), ("gone", SPACE_REMOVED)):
        asked = watch(kind=WatchKind.QUESTION, space=space)
        assert await may_run(redis).refusal(asked) is refusal
    assert await may_run(redis).refusal(watch(space="gone")) is None


async def test_who_may_ask_has_watches_that_run(redis: "Redis") -> None:
    """A colleague in a channel in which people may ask; a guest and a closed account do not."""
    await slack_says(redis)
    assert await may_run(redis).refusal(watch()) is None
    elsewhere = await may_run(redis).refusal(watch(place=Place("T1", "C2", "1.0")))
    assert elsewhere
    assert elsewhere.outcome == "not allowed"
    await slack_says(redis, guest=True)
    guest = await may_run(redis).refusal(watch())
    assert guest
    assert (guest.outcome, guest.sentence) == ("guest", words.questions.GUEST)
    await slack_says(redis, deleted=True)
    assert await may_run(redis).refusal(watch()) is CLOSED_ACCOUNT


async def test_an_owner_who_left_a_private_channel_is_told_nothing_there(redis: "Redis") -> None:
    """A public channel can be read by everybody, and direct messages cannot be left."""
    await slack_says(redis)
    left = Channels("private", lacks=True)
    assert await may_run(redis, left).refusal(watch()) is LEFT_CHANNEL
    assert await may_run(redis, Channels("private")).refusal(watch()) is None
    assert await may_run(redis, Channels(lacks=True)).refusal(watch()) is None
    assert await may_run(redis, left).refusal(watch(place=Place("T1", "D1", "1.0"))) is None


async def test_a_watch_runs_with_the_rights_with_which_it_was_set(redis: "Redis") -> None:
    """The rows of a person are not read as the bot once IDENTITY is another, nor the other way round."""
    await slack_says(redis)
    own = watch(asked_as=OWNER.queue_name)
    assert await may_run(redis).refusal(own) is IDENTITY_CHANGED
    assert await may_run(redis, as_users=True).refusal(watch()) is IDENTITY_CHANGED
    assert await may_run(redis, as_users=True).refusal(own) is None
    assert await may_run(redis, as_users=True).refusal(watch(kind=WatchKind.QUESTION)) is None


async def test_a_watch_ends_with_the_sign_in_of_its_owner(redis: "Redis") -> None:
    """It is noticed before anything is asked of Databricks."""
    await slack_says(redis)
    own = watch(asked_as=OWNER.queue_name)
    with pytest.raises(NotSignedIn):
        await may_run(redis, as_users=True, signed_in=signed_out).refusal(own)
