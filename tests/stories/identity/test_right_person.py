"""Every call to Databricks carries the token of the right person, whatever people do at the same time."""

import itertools
import signal
from collections import Counter

import pytest

from bot.identity.identities import UserIdentities
from bot.identity.model import SlackUser
from genie.client import Genie
from sandbox.slack.state.rate_limits import Limits
from tests.chaos.processes import lift_the_limit_of_edits
from tests.stories.bot_process import Prepare
from tests.stories.identity.journal import Journal
from tests.stories.identity.mixed_run import MixedRun, accounts, newcomers
from tests.stories.identity.signed_in import signed_in

pytestmark = [pytest.mark.redis, pytest.mark.slow]

PEOPLE, QUESTIONS = 20, 200
MOST_ROWS = 10
"""In an answer; a file has the rest from a download."""
KINDS = {
    *("question", "poll", "rows", "execute", "download", "storage", "visualization"),
    *("feedback", "serving", "delete"),
}
"""What a whole run has to call, or it shows little."""


async def wrong(redis_url: str, people: int, questions: int, prepare: Prepare) -> list[str]:
    """Return the calls of a run that carried another token than that of their person, each in words."""
    emails = {f"U0PERSON{each:03}": f"person{each}@example.com" for each in range(people)}
    databricks = {
        "people": accounts(people),
        "question_limit": 100_000,
        "visualization": "offered",
        "max_rows": MOST_ROWS,
    }
    async with signed_in(
        redis_url,
        emails,
        databricks=databricks,
        limits=Limits.none(),
        USER_ANSWERS="thread",
        QUESTIONS_PER_MINUTE="1000",
    ) as world:
        newcomers(world, emails)
        world.environment["SERVING_ENDPOINT_NAME"] = world.databricks.serving_endpoint
        bot = await world.start_bot(prepare=prepare)
        run = MixedRun(world, emails, questions)
        await run.run()
        await bot.end(signal.SIGTERM)
        log = world.databricks.request_log
        print(len(log), Counter(each.kind for each in log), run.pressed)  # noqa: T201 - shown with -s
        assert sum(each.kind == "question" for each in log) >= questions
        assert questions < QUESTIONS or {each.kind for each in log} >= KINDS
        return Journal(run.asked, set(emails.values()), "user@sandbox.example").wrong(log)


def mixed_up() -> None:
    """Ask now and then as somebody else."""
    lift_the_limit_of_edits()
    rightly, calls = UserIdentities.genie_of, itertools.count()

    def genie_of(self: UserIdentities, user: SlackUser) -> Genie:
        other = SlackUser(user.team, "U0PERSON000") if next(calls) % 10 == 9 else user
        return rightly(self, other)

    UserIdentities.genie_of = genie_of  # type: ignore[method-assign]


@pytest.mark.timeout(900)
async def test_two_hundred_questions_by_twenty_people(redis_url: str) -> None:
    """Asked, polled, read, exported, explained, rated, summarized, deleted: none with wrong rights."""
    assert await wrong(redis_url, PEOPLE, QUESTIONS, lift_the_limit_of_edits) == []


async def test_the_check_finds_what_is_asked_as_somebody_else(redis_url: str) -> None:
    """Broken on purpose, the bot does not pass."""
    assert len(await wrong(redis_url, 4, 24, mixed_up)) > 1
