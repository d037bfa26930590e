"""Which records are questions of a week, and what is told of each."""

import csv
import io
import time
from codecs import BOM_UTF8
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from redis.asyncio import Redis

from bot.config.settings import Settings
from bot.failures.retry import requeue
from bot.jobs.digest.entries import Entries
from bot.records.progress import FAILED, Progress, State
from bot.records.question import Notice, Place, Question
from bot.records.review import Confirmed
from bot.records.same_words import same_words
from bot.store.experts import ConfirmedStore
from bot.store.feedback import Feedback, FeedbackStore, Rater
from bot.store.oversight.asked import AskedStore
from bot.wiring import digest_command
from genie.model import Rating
from render.digest.model import BAD, Entry, Fate
from tests.redis.experts.test_confirmed_command import Opened
from tests.redis.queue_moves import KEYS, Bot, question

pytestmark = pytest.mark.redis

NOW = 1_796_025_600_000
DIRECT = Place("T1", "D1", "1.0")


async def keep(redis: "Redis", asked: Question, **fields: Any) -> None:
    """Keep the record of a question that has ended."""
    saved: dict[str, Any] = {
        "question": asked.to_json(),
        "state": State.DELIVERED,
        "message": "m",
        "text": asked.text,
        "received_at": NOW,
        "outcome": "answered",
    }
    await redis.hset(KEYS.question(asked.id), mapping=saved | fields)
    await redis.expire(KEYS.question(asked.id), 60)


def reader(redis: "Redis", **options: Any) -> Entries:
    return Entries(
        asked=AskedStore(redis, KEYS),
        feedback=FeedbackStore(redis, KEYS),
        confirmed=options.pop("confirmed", ConfirmedStore(redis, KEYS)),
        space_name=str,
        **options,
    )


async def read(redis: "Redis", **options: Any) -> list[Entry]:
    """Read what was asked at that time."""
    return await reader(redis, **options).between(NOW, NOW + 1)


async def test_only_questions_of_the_time_are_read(redis: "Redis") -> None:
    """Once each; what is a copy, a part, a notice, a job, a refusal or unreadable is none."""
    kept = question("1.1")
    await keep(redis, kept)
    others: list[tuple[dict[str, Any], dict[str, Any]]] = [
        ({}, {"received_at": NOW - 1}),
        ({}, {"received_at": NOW + 1}),
        ({"notice": Notice.HELP}, {}),
        ({"published_from": kept.id}, {}),
        ({"result_of": kept.id}, {}),
        ({"asker": "U9"}, {}),
        ({}, {"passed": 1}),
        ({}, {"outcome": "guest"}),
        ({}, {"question": "{"}),
    ]
    for number, (change, fields) in enumerate(others):
        await keep(redis, replace(question(f"2.{number}"), **change), **fields)
    await redis.hset(KEYS.question("job"), mapping={"job": "{}", "received_at": NOW})
    await redis.expire(KEYS.question("job"), 60)
    [entry] = await read(redis, testers=("U9",))
    assert (entry.asker, entry.words, entry.fate) == ("T1.U1", kept.text, Fate.ANSWERED)


async def test_each_end_is_told_with_its_cause(redis: "Redis") -> None:
    """What the log has for it, what to do about it, and whether it is Genie's."""
    ends = {
        "": (Fate.RUNNING, False),
        "withdrawn": (Fate.WITHDRAWN, False),
        f"{FAILED}SQL_EXECUTION_EXCEPTION": (Fate.UNANSWERED, True),
        f"{FAILED}Forbidden": (Fate.UNANSWERED, False),
        f"{FAILED}of the next version": (Fate.UNANSWERED, False),
    }
    for number, outcome in enumerate(ends):
        await keep(redis, question(f"1.{number}"), outcome=outcome)
    found = sorted(await read(redis), key=lambda each: list(ends).index(_outcome(each)))
    assert [(each.fate, each.by_genie) for each in found] == [*ends.values()]
    assert [bool(each.why) for each in found] == [False, False, True, True, False]
    for outcome, fate in (("stopped", Fate.WITHDRAWN), ("incomplete", Fate.ANSWERED)):  # of research
        await keep(redis, question("1.1"), outcome=outcome)
        assert fate in {each.fate for each in await read(redis)}


def _outcome(entry: Entry) -> str:
    """Return the outcome that was kept."""
    if entry.fate is Fate.UNANSWERED:
        return FAILED + entry.cause
    return "withdrawn" if entry.fate is Fate.WITHDRAWN else ""


async def test_words_are_left_out_where_not_everybody_may_see_them(redis: "Redis") -> None:
    """With them go reason and link; that the same was asked is still known."""

    async def may_see(place: Place) -> bool:
        return place.channel != "C2"

    url = "https://x.slack.com/"
    places = [Place("T1", "C1", "1.0"), Place("T1", "C2", "1.0"), DIRECT]
    for number, place in enumerate(places):
        asked = replace(question(f"1.{number}"), place=place, text="Why?")
        await keep(redis, asked, ts="2.000001")
        rater = Rater(asked.id, place, "U2")
        await FeedbackStore(redis, KEYS).record(rater, Feedback(Rating.NEGATIVE, NOW * 1000, "wrong"))
    await redis.delete(KEYS.due)
    found = sorted(await read(redis, may_see=may_see, workspace_url=url), key=lambda each: -len(each.words))
    assert [(each.words, each.reason, bool(each.link)) for each in found] == [
        ("Why?", "wrong", True),
        ("", "", False),
        ("", "", False),
    ]
    assert {each.rating for each in found} == {BAD}
    first = replace(question("1.0"), place=places[0], text="Why?")
    for gone in ({"outcome": "withdrawn"}, {"said_else": 1}, {"revision": "1.0.1"}):
        await redis.delete(KEYS.question(first.id))
        await keep(redis, first, **gone)
        assert not any(each.words for each in await read(redis, may_see=may_see))
    await keep(redis, replace(first, id=f"{first.id}.9", text="How?", revises=first.id))
    assert [each.words for each in await read(redis, may_see=may_see) if each.words] == ["How?"]
    await redis.hset(KEYS.question(first.id), "said_else", 1)
    assert not any(each.words for each in await read(redis, may_see=may_see))
    assert {each.same for each in found} == {same_words("Why?")}
    assert sorted(each.private for each in found) == [False, False, True]


async def test_what_a_tester_rates_is_no_rating(redis: "Redis") -> None:
    """That of who is counted stands, though it was given before."""
    asked, place = question("1.1"), Place("T1", "C1", "1.0")
    await keep(redis, asked)
    for at, (user, rating) in enumerate((("U2", Rating.NEGATIVE), ("U9", Rating.POSITIVE)), 1):
        await FeedbackStore(redis, KEYS).record(Rater(asked.id, place, user), Feedback(rating, at, user))
    [entry] = await read(redis, testers=("U9",))
    assert (entry.rating, entry.reason) == (BAD, "U2")


async def test_times_are_those_of_the_line_and_of_genie(redis: "Redis") -> None:
    """What was not asked of Genie has none; a follow-up is no question by its words alone."""
    times = {"waited": 60_000, "asking_at": NOW + 61_000, "ended_at": NOW + 66_500}
    await keep(redis, question("1.1"), into="c1", **times)
    await keep(redis, question("1.2"), ended_at=NOW)
    await keep(redis, question("1.3"), **times | {"waited": 0}, reused="1.1", after="Why?")
    found = sorted(await read(redis), key=lambda each: (each.waited, not each.same))
    assert [(each.waited, each.seconds, bool(each.same)) for each in found] == [
        (0.0, None, True),
        (0.0, None, False),
        (60.0, 5.5, False),
    ]


async def test_confirmed_sql_is_looked_up_once_for_the_same_question(redis: "Redis") -> None:
    """By its space and its words in their normal form; only where it is worth a benchmark."""
    asked: list[tuple[str, str]] = []

    class Experts(ConfirmedStore):
        async def find(self, space: str, words: str) -> Confirmed | None:
            asked.append((space, words))
            return Confirmed(id="1", space=space, question=words, sql="SELECT 1", by="", team="", at=1)

    for number in range(3):
        asked_by = question(f"1.{number}", asker=f"U{number}")
        await keep(redis, replace(asked_by, text="WHY?"), space="s")
    await keep(redis, question("2.1"), space="s")
    found = sorted(await read(redis, confirmed=Experts(redis, KEYS)), key=lambda each: each.same)
    assert [each.confirmed for each in found] == ["", "SELECT 1", "SELECT 1", "SELECT 1"]
    assert asked == [("s", same_words("Why"))]


async def test_the_end_of_a_question_has_its_time(redis: "Redis") -> None:
    """By Redis's clock, as its beginning."""
    bot = Bot(redis)
    asked = question("1.1")
    await bot.questions.accept(asked)
    await bot.announce()
    [lease] = await bot.granted()
    await bot.answer(lease)
    stored: Any = await redis.hgetall(KEYS.question(asked.id))
    progress = Progress.from_hash(stored)
    assert 0 < progress.received_at <= progress.ended_at


async def test_only_the_time_in_line_is_lost_at_the_limit(redis: "Redis") -> None:
    """A question that is asked once more waits again; the time between, with Genie, is no waiting."""
    bot, asked = Bot(redis), question("1.1")
    await bot.questions.accept(asked)
    await bot.announce()
    await redis.hincrby(KEYS.question(asked.id), "in_line_at", -60_000)
    [lease] = await bot.granted()
    await requeue(bot.queue, lease)
    for field, ago in (("received_at", 300_000), ("in_line_at", 10_000)):
        await redis.hincrby(KEYS.question(asked.id), field, -ago)
    await bot.granted()
    stored: Any = await redis.hgetall(KEYS.question(asked.id))
    assert 70_000 <= Progress.from_hash(stored).waited < 80_000


async def test_the_command_writes_a_file_that_spreadsheets_read(
    redis: "Redis", monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """With the mark by which Excel knows UTF-8, as all files have it."""
    await keep(redis, question("1.1"), received_at=round(time.time() * 1000) - 1_000)
    settings = Settings.model_construct(redis_prefix=KEYS.prefix, genie_space="s", audit_content=True)
    with monkeypatch.context() as patch, (tmp_path / "out").open("w") as out:
        patch.setattr(digest_command, "open_store", Opened(redis))
        patch.setattr("sys.stdout", out)
        await digest_command.parse(["--csv"])(settings)
    written = (tmp_path / "out").read_bytes()
    assert written.startswith(BOM_UTF8)
    [row] = csv.DictReader(io.StringIO(written.decode("utf-8-sig")))
    assert (row["question"], row["outcome"]) == (question("1.1").text, "answered")
