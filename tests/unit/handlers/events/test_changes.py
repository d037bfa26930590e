"""Events of edited and deleted messages: late, early, twice, and about what is none of our business."""

from typing import Any

import pytest
from redis.asyncio import Redis

from bot.records.progress import State
from bot.records.question import Place
from tests.unit.handlers.slack_app import ADA, BOT, CHANNEL, KEYS, TEAM, TS, Listeners, event, mention

pytestmark = pytest.mark.redis

ID = f"{TEAM}.{CHANNEL}.{TS}"
OLD, NEW, NEWEST = f"<@{BOT}> revenue?", f"<@{BOT}> orders?", f"<@{BOT}> margin?"
SOON, LATER, MUCH_LATER = "1700000060.000100", "1700000061.000100", "1700086400.000100"


def written(text: str, **fields: Any) -> dict[str, Any]:
    """Return a message of Ada's as it stands in events."""
    return {"type": "message", "user": ADA, "ts": TS, "text": text} | fields


def edit(text: str, before: str | None = OLD, at: str = SOON, **fields: Any) -> dict[str, Any]:
    """Edit the message."""
    told = {"message": written(text, edited={"user": ADA, "ts": at}, **fields)}
    told |= {"previous_message": written(before, **fields)} if before is not None else {}
    return event("message", subtype="message_changed", channel_type="channel", ts=at, **told)


def delete(text: str = OLD, at: str = SOON) -> dict[str, Any]:
    """Delete the message."""
    told = {"deleted_ts": TS, "previous_message": written(text)}
    return event("message", subtype="message_deleted", channel_type="channel", ts=at, **told)


def entomb() -> dict[str, Any]:
    """Delete the message when it has replies."""
    body = edit("This message was deleted.")
    body["event"]["message"] |= {"subtype": "tombstone", "user": "USLACKBOT", "hidden": True}
    return body


async def asked(redis: "Redis") -> dict[str, str]:
    """Return the text of each question that is wanted, by its id."""
    found = {}
    async for key in redis.scan_iter(KEYS.question("*")):
        question, withdrawn, state = await redis.hmget(key, ["question", "withdrawn", "state"])
        if question and not withdrawn and state != State.WITHDRAWN:
            [text] = [
                part for part in (OLD, NEW, NEWEST, "by month?", "yes") if f'"text": "{part}"' in question
            ]
            found[str(key).removeprefix(KEYS.question(""))] = text
    return found


async def test_a_revision_is_a_question_with_the_time_of_the_edit(redis: "Redis") -> None:
    """The id of the message stays in front; the old words are withdrawn."""
    listeners = Listeners(redis)
    await listeners.take(mention())
    answer = await listeners.take(edit(NEW))
    assert answer.status == 200
    assert await asked(redis) == {f"{ID}.{SOON}": NEW}


@pytest.mark.parametrize(
    "body",
    [
        edit(OLD),
        edit(OLD, None),
        edit(OLD, attachments=[{"title": "A preview"}]),
        event("app_mention", text=NEW, edited={"user": ADA, "ts": SOON}),
    ],
    ids=["same words", "without the words of before", "a preview of a link", "told as a mention too"],
)
async def test_what_changes_no_words_is_nothing(redis: "Redis", body: dict[str, Any]) -> None:
    """Previews of links and edits of other things leave the question alone."""
    listeners = Listeners(redis)
    await listeners.take(mention())
    await listeners.take(body)
    assert await asked(redis) == {ID: OLD}


async def test_events_of_edits_come_twice_and_in_any_order(redis: "Redis") -> None:
    """The last edit counts, once, whenever its events come."""
    listeners = Listeners(redis)
    for body in (mention(), edit(NEWEST, NEW, LATER), edit(NEW), edit(NEWEST, NEW, LATER)):
        await listeners.take(body)
    assert await asked(redis) == {f"{ID}.{LATER}": NEWEST}


async def test_an_edit_that_comes_again_takes_back_nothing_that_was_asked_since(redis: "Redis") -> None:
    """Its acknowledgement was lost: by then the message asks something else."""
    listeners = Listeners(redis)
    took_back = edit(f"<@{BOT}> never mind")
    for body in (mention(), took_back, edit(NEW, f"<@{BOT}> never mind", LATER), took_back):
        await listeners.take(body)
    assert await asked(redis) == {f"{ID}.{LATER}": NEW}


async def test_edits_that_all_come_before_their_message_keep_their_order(redis: "Redis") -> None:
    """The last one counts, also if nothing was known of the message when it came."""
    listeners = Listeners(redis)
    for body in (edit(NEWEST, NEW, LATER), edit(NEW), mention()):
        await listeners.take(body)
    assert await asked(redis) == {ID: NEWEST}


async def test_an_app_that_may_ask_may_edit_its_question_in_a_thread(redis: "Redis") -> None:
    """Apps often write a message bit by bit, by edits."""
    listeners = Listeners(redis, allowed_bots=("B9",))
    app = {"bot_id": "B9", "thread_ts": "1700000000.000001"}
    await listeners.take(mention(**app))
    await listeners.take(edit(NEW, **app))
    assert await asked(redis) == {f"{ID}.{SOON}": NEW}


async def test_an_app_may_edit_a_question_that_has_blocks_only(redis: "Redis") -> None:
    """What people see counts, as there is no text."""
    listeners = Listeners(redis, allowed_bots=("B9",))
    old, new = (written("", bot_id="B9", blocks=[{"type": "markdown", "text": text}]) for text in (OLD, NEW))
    await listeners.take(event("message", channel_type="channel") | {"event": old | {"channel": CHANNEL}})
    assert (found := await listeners.questions.find(ID))
    assert found.text == OLD
    body = edit("", "")
    body["event"] |= {"message": new, "previous_message": old}
    await listeners.take(body)
    assert (found := await listeners.questions.find(f"{ID}.{SOON}"))
    assert found.text == NEW


async def test_an_edit_that_comes_before_its_message_is_asked(redis: "Redis") -> None:
    """The message's own event, which has the old words, is taken for a redelivery then."""
    listeners = Listeners(redis)
    await listeners.take(edit(NEW))
    await listeners.take(mention())
    assert await asked(redis) == {ID: NEW}


async def test_an_old_message_does_not_become_a_question_by_an_edit(redis: "Redis") -> None:
    """Somebody mends a word in what the bot has forgotten, or has never asked."""
    listeners = Listeners(redis)
    await listeners.take(edit(NEW, OLD, MUCH_LATER))
    assert await asked(redis) == {}


async def test_a_mention_that_is_added_asks_at_any_time(redis: "Redis") -> None:
    """It was meant, and forgotten."""
    listeners = Listeners(redis)
    await listeners.take(edit(NEW, "orders?", MUCH_LATER))
    assert await asked(redis) == {ID: NEW}


async def test_thanks_that_become_a_question_are_asked(redis: "Redis") -> None:
    """A reply that asked nothing, in a thread of ours, may be edited into one soon after."""
    listeners = Listeners(redis)
    await listeners.take(mention(ts="1700000000.000001"))
    reply = {"thread_ts": "1700000000.000001"}
    await listeners.take(event("message", text="thanks!", channel_type="channel", **reply))
    await listeners.take(edit("by month?", "thanks!", **reply))
    assert (await asked(redis))[ID] == "by month?"


async def test_an_answer_to_genie_may_become_a_yes(redis: "Redis") -> None:
    """Elsewhere that would be no question."""
    listeners, root = Listeners(redis), "1700000000.000001"
    await listeners.take(mention(ts=root))
    await listeners.services.listening.note_answer(Place(TEAM, CHANNEL, root), root, asked_back=True)
    await listeners.take(event("message", text="yse", channel_type="channel", thread_ts=root))
    await listeners.take(edit("yes", "yse", thread_ts=root))
    assert (await asked(redis))[f"{ID}.{SOON}"] == "yes"


async def test_a_mention_that_was_taken_out_may_come_back(redis: "Redis") -> None:
    """All that is known of the message is that edit; its own event, with the old words, comes last."""
    listeners = Listeners(redis)
    await listeners.take(edit("revenue?"))
    assert await asked(redis) == {}
    await listeners.take(edit(NEW, "revenue?", LATER))
    await listeners.take(mention())
    assert await asked(redis) == {ID: NEW}


@pytest.mark.parametrize(
    ("text", "notice"),
    [(f"<@{BOT}> help", "help"), (f"hi <@{BOT}>", "help"), (f"thanks <@{BOT}>", "thanks")],
)
@pytest.mark.parametrize("at", [SOON, MUCH_LATER])
async def test_a_mention_that_is_added_is_answered_like_any(
    redis: "Redis", text: str, notice: str, at: str
) -> None:
    """Also if it asks nothing of Genie."""
    listeners = Listeners(redis)
    await listeners.take(edit(text, "lunch?", at))
    stored = await listeners.questions.find(ID)
    assert stored
    assert stored.notice == notice


async def test_a_reply_that_was_none_is_offered_by_an_edit_while_people_talk(redis: "Redis") -> None:
    """As a new message would be; and "stop" takes back what its writer asked before."""
    listeners, root = Listeners(redis), "1700000000.000001"
    await listeners.take(mention(ts=root))
    reply = {"channel_type": "channel", "thread_ts": root}
    await listeners.take(event("message", text="why?", user="U0BEN", ts="1700000000.000002", **reply))
    await listeners.take(event("message", text="thanks!", **reply))
    await listeners.take(edit("by month?", "thanks!", thread_ts=root))
    assert await redis.hget(KEYS.question(f"{TEAM}.{CHANNEL}.{root}.tell_writer.{TS}"), "job")
    await listeners.take(edit("stop", "by month?", LATER, thread_ts=root))
    assert await redis.hget(KEYS.question(f"{TEAM}.{CHANNEL}.{root}"), "withdrawn") == "1"


@pytest.mark.parametrize("text", ["revenue?", f"<@{BOT}> never mind", f"<@{BOT}> stop"])
async def test_words_that_ask_nothing_withdraw_the_question(redis: "Redis", text: str) -> None:
    """The mention is gone, or there is nothing to ask."""
    listeners = Listeners(redis)
    await listeners.take(mention())
    await listeners.take(edit(text))
    assert await asked(redis) == {}


@pytest.mark.parametrize(
    "body",
    [delete(), entomb()],
    ids=["deleted", "tombstone"],
)
@pytest.mark.parametrize("first", [True, False])
async def test_a_deleted_message_is_not_asked(
    redis: "Redis",
    body: dict[str, Any],
    first: bool,  # noqa: FBT001
) -> None:
    """With replies or without, and whether its own event came before or comes after."""
    listeners = Listeners(redis)
    for each in (body, mention()) if first else (mention(), body):
        await listeners.take(each)
    assert await asked(redis) == {}


@pytest.mark.parametrize(
    "body",
    [
        edit("lunch?", "Lunch?"),
        delete("lunch?"),
        delete(at=MUCH_LATER),
        edit("the answer", "Asking Genie…", user=BOT, bot_id="B0BOT", thread_ts=TS),
        edit("a report", "a draft", user="U9", bot_id="B9", thread_ts=TS),
    ],
    ids=["people", "people's message deleted", "long ago", "our own message", "another app"],
)
async def test_what_is_none_of_our_business_leaves_no_trace(redis: "Redis", body: dict[str, Any]) -> None:
    """A busy channel has many edits; none of them costs a key."""
    listeners = Listeners(redis)
    assert (await listeners.take(body)).status == 200
    assert [key async for key in redis.scan_iter()] == []


async def test_a_wish_to_stop_that_is_delivered_twice_stops_one_question(redis: "Redis") -> None:
    """The question before it is not meant by the second delivery."""
    listeners = Listeners(redis)
    for ts in ("1700000000.000001", "1700000000.000002"):
        await listeners.take(event("message", text="revenue?", channel="D1", channel_type="im", ts=ts))
    stop = event("message", text="stop", channel="D1", channel_type="im", ts="1700000000.000003")
    await listeners.take(stop)
    await listeners.take(stop)
    records = [KEYS.question(f"{TEAM}.D1.1700000000.00000{number}") for number in "12"]
    assert [await redis.hget(record, "withdrawn") for record in records] == [None, "1"]


async def test_a_wish_to_stop_may_become_a_question(redis: "Redis") -> None:
    """A message that said stop is edited like any other."""
    listeners = Listeners(redis)
    await listeners.take(mention(text=f"<@{BOT}> stop"))
    await listeners.take(edit(NEW, f"<@{BOT}> stop"))
    assert await asked(redis) == {ID: NEW}


async def test_help_in_anothers_thread_does_not_become_a_question_there(redis: "Redis") -> None:
    """Where answers stand in threads, its writer is offered to ask with own rights, as for a new reply."""
    listeners = Listeners(redis, as_users=True, in_threads=True)
    await listeners.take(mention())
    theirs = {"user": "U0BEN", "ts": LATER, "thread_ts": TS}
    await listeners.take(event("message", channel_type="channel", **theirs | {"text": "help"}))
    assert await redis.exists(KEYS.question(f"{TEAM}.{CHANNEL}.{LATER}"))
    changed = edit("by month?", "help", MUCH_LATER, **theirs)
    for message in (changed["event"]["message"], changed["event"]["previous_message"]):
        message.update(theirs)
    await listeners.take(changed)
    assert await asked(redis) == {ID: OLD}
    [told] = [key async for key in redis.scan_iter(KEYS.question("*tell_writer*"))]
    assert '"as myself"' in (await redis.hget(told, "job") or "")
