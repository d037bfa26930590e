"""What becomes of a person's watches with their settings and presses."""

import pytest
from redis.asyncio import Redis

from bot.identity.model import SlackUser
from bot.records.job import Job
from bot.store.keys import DAY
from render import words
from render.blockkit.buttons import ButtonValue, encode
from render.home import settings_modal
from render.home.settings_modal import CHOICE, QUIET_FROM, QUIET_TO
from render.watch.message import TABLE
from tests.redis.watches.watching import SPACES, watch
from tests.unit.handlers.slack_app import ADA, KEYS, TEAM, Listeners, ResponseUrl, command, press, submit

pytestmark = pytest.mark.redis

OWNER = SlackUser(TEAM, ADA)


async def test_quiet_hours_that_are_set_hold_for_all_that_is_watched(redis: "Redis") -> None:
    """Also for what was set before; what is paused stays paused, and what others watch is theirs."""
    slack = Listeners(redis)
    mine, paused, others = watch("V1", owner=OWNER), watch("V2", owner=OWNER), watch("V3")
    store = slack.services.watches
    later = await store.now() + 30 * DAY
    for each in (mine, paused, others):
        await store.add(each, later)
    await store.pause(paused.id, OWNER)
    chosen = {QUIET_FROM: "22", QUIET_TO: "9"}
    values = {block: {CHOICE: {"selected_option": {"value": hour}}} for block, hour in chosen.items()}
    async with slack.services.home:
        await slack.take(submit(settings_modal.CALLBACK, TEAM, state={"values": values}))
    kept = await store.read([mine.id, paused.id, others.id])
    assert {name: each.watch.quiet for name, each in kept.items()} == {
        mine.id: (22, 9),
        paused.id: (22, 9),
        others.id: (20, 7),
    }
    now = await store.now()
    assert now < (kept[mine.id].progress.due or 0) < later
    assert (kept[paused.id].progress.due, kept[others.id].progress.due) == (None, later)
    await store.stop(mine.id, OWNER)
    await store.revise(mine, now)
    assert await store.find(mine.id) is None


async def test_who_schedules_without_a_form_names_the_space(redis: "Redis") -> None:
    """Slack opens no form, or the question is too long for one: nothing is kept until its space is known."""
    slack = Listeners(redis, catalog=SPACES)
    for question in ("costs?", "costs? " * 500):
        told = await slack.take(command(f"schedule each hour: {question}"))
        assert told.body == words.watches.NAME_SPACE
    assert await slack.services.watches.of(OWNER) == ()
    for text, said in (
        ("", words.watches.SCHEDULE_EXPLAINED),
        (" research:", words.watches.SCHEDULE_EXPLAINED),
        (" costs?", "I ask this of *finance* each hour in <#C"),
    ):
        told = await slack.take(command(f"schedule each hour: finance:{text}"))
        assert said in told.body
    [kept] = await slack.services.watches.of(OWNER)
    assert (kept.watch.space, kept.watch.text) == ("f", "costs?")


async def test_rows_are_shown_with_no_other_rights_than_the_watch_was_set_with(
    redis: "Redis", replies: ResponseUrl
) -> None:
    """Where people asked as themselves and no longer do, the bot's rights would show too much."""
    slack = Listeners(redis)
    theirs, ours = watch("V1", asked_as=OWNER.queue_name), watch("V2")
    for each in (theirs, ours):
        await slack.services.watches.add(each, 1)
        await slack.take(press(TABLE, encode(ButtonValue(each.id)), response_url=replies.url))
    assert replies.texts == [words.watches.OTHER_RIGHTS]
    [key] = [each async for each in redis.scan_iter(KEYS.question("*"))]
    assert Job.from_json(str(await redis.hget(key, "job"))).payload == ours.id
