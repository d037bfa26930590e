"""Each Monday the experts hear what was asked, and operators read it whenever they want."""

import csv
import io
import json
import time
from datetime import UTC, datetime
from typing import Any

import pytest
from redis.asyncio import Redis

from bot.records.watch import WatchKind
from bot.store.keys import Keys
from bot.wiring.digest import DIGEST
from render.digest.csv_file import COLUMNS
from render.words.operator import digest as words
from sandbox.databricks.genie.timing import Turn
from sandbox.slack.state.records import Message
from tests.stories.answers.clicks.test_feedback import explain
from tests.stories.answers.clicks.test_feedback import press as rate
from tests.stories.exports import files
from tests.stories.operating.test_audit import command
from tests.stories.world import ADA, BEN, CHLOE, GENIE, OWN_CHARTS, SALES, World, company, words_of

pytestmark = pytest.mark.redis

FINANCE, LEADERS = "C0FINANCE2", "C0LEADERS4"
REVENUE, FAILS, SECRET = "revenue by region last year", "units by month", "orders by country"


async def monday(redis_url: str, world: World) -> None:
    """Let it be Monday morning for the clocks of both replicas, which look every few seconds."""
    async with Redis.from_url(redis_url, decode_responses=True) as redis:
        due_key = Keys(world.environment["REDIS_PREFIX"]).watches_due(WatchKind.ANSWER)
        first = int(await redis.zscore(due_key, DIGEST) or 0)
        assert datetime.fromtimestamp(first / 1000, UTC).strftime("%a %H:%M") == "Mon 08:00"
        await redis.zadd(due_key, {DIGEST: round(time.time() * 1000)})


def told(world: World) -> list[Message]:
    """Return the digests in the experts' channel."""
    return [each for each in world.slack.workspace.roots(FINANCE) if words.CANDIDATES in words_of(each)]


async def a_week(world: World) -> None:
    """Two people ask the same, and Genie is asked once; one is not content; one fails; two are private."""
    answers = [await world.answer(await world.ask(f"{GENIE} {REVENUE}", who)) for who in (ADA, BEN)]
    await rate(world, answers[1], "negative", BEN)
    await explain(world, "the wrong year", user=BEN)
    world.databricks.turns.add(Turn(end="FAILED", error_type="SQL_EXECUTION_EXCEPTION"))
    await world.answer(await world.ask(f"{GENIE} {FAILS}"))
    await world.answer(await world.ask(f"{GENIE} {SECRET}", ADA, LEADERS), channel=LEADERS)
    await world.slack.command(ADA, SALES, "/genie", f"private {SECRET}")
    await world.answer(await world.ask(f"{GENIE} profit by region", CHLOE))
    await world.until(lambda: sum("question.ended" in line for bot in world.bots for line in bot.log) >= 6)


async def test_the_digest_counts_what_the_journal_counts(redis_url: str) -> None:
    """Once over two replicas; words of private places stay there, a tester's questions are left out."""
    async with company(redis_url, databricks=OWN_CHARTS, FEEDBACK_CHANNEL=FINANCE, TESTERS=CHLOE) as world:
        world.environment["REUSE_MINUTES"] = "5"
        await world.start_bot()
        await world.start_bot(PORT="0")
        await a_week(world)
        await monday(redis_url, world)
        message = await world.slack.until(lambda: next(iter(told(world)), None))
        [file] = await world.slack.until(lambda: files(world, channel=FINANCE))
        shown, written = json.dumps(message.blocks), (file.content or b"").decode("utf-8-sig")
        journal = [each for each in world.databricks.questions() if each.content != "profit by region"]
        assert f"*{len(journal) + 1} questions* by 2 people: {len(journal)} answered, 1 without" in shown
        assert words.reused(1) in shown
        assert "*Ratings:* 0 good, 1 bad." in shown
        assert "SQL_EXECUTION_EXCEPTION" in shown
        assert "the wrong year" in shown
        assert "asked by 2 people, rated bad once" in shown
        assert SECRET not in shown
        rows = list(csv.DictReader(io.StringIO(written)))
        assert sorted(row["question"] for row in rows) == ["", "", REVENUE, REVENUE, FAILS]
        assert SECRET not in written
        await world.until(lambda: _ended(world))
        assert len(told(world)) == 1


def _ended(world: World) -> list[Any]:
    return [line for bot in world.bots for line in bot.log if "job.ended" in line and '"digest"' in line]


@pytest.mark.slow
async def test_an_operator_reads_the_same_figures(redis_url: str) -> None:
    """Words only where AUDIT_CONTENT lets them be kept; the file is that of the channel."""
    async with company(redis_url, databricks=OWN_CHARTS, FEEDBACK_CHANNEL=FINANCE, TESTERS=CHLOE) as world:
        await world.start_bot()
        await world.answer(await world.ask(f"{GENIE} {REVENUE}"))
        await world.until(lambda: "question.ended" in "".join(world.bots[0].log))
        status, out, errors = await command(world, "digest")
        assert (status, errors.strip()) == (0, words.NO_WORDS)
        assert "1 question by 1 person: 1 answered" in out
        assert REVENUE not in out
        world.environment["AUDIT_CONTENT"] = "true"
        status, out, errors = await command(world, "digest", "--csv", "--since", "1h")
        assert (status, errors) == (0, "")
        [row] = csv.DictReader(io.StringIO(out))
        assert [*row] == [*COLUMNS]
        assert (row["question"], row["outcome"]) == (REVENUE, "answered")
        assert float(row["seconds"]) > 0
