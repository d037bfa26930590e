"""Thumbs and reactions as Slack sends them: whose they are, and what is told when they cannot be kept."""

import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from redis.asyncio import Redis

from bot.records.question import Place
from bot.store.feedback import FeedbackStore, Rater
from genie.model import Rating
from handlers.payloads.feedback import feedback_metadata, reason_from_view
from render import words
from render.blockkit.buttons import FEEDBACK, TAKE_BACK, WHY
from render.notices.feedback import CALLBACK
from tests.unit.handlers.slack_app import ADA, BOT, CHANNEL, KEYS, TEAM, TS, Listeners, event, press, submit

pytestmark = pytest.mark.redis

ID, ANSWER = f"{TEAM}.{CHANNEL}.{TS}", "1700000001.000100"
PLACE = Place(TEAM, CHANNEL, TS)
AT = "1700000002.000100"


class Workspace:
    """The little of Slack that is asked: who people are, modals, and ephemeral messages."""

    def __init__(self) -> None:
        self.heard: list[str] = []
        self.views: list[dict[str, Any]] = []
        self.ephemerals: list[dict[str, Any]] = []
        self.url = ""

    def application(self) -> web.Application:
        """Give the server."""
        app = web.Application()
        app.add_routes(
            [
                web.post("/respond", self._respond),
                web.post("/users.info", self._person),
                web.get("/users.info", self._person),
                web.post("/views.open", self._open),
                web.post("/chat.postEphemeral", self._post_ephemeral),
            ]
        )
        return app

    async def _respond(self, request: web.Request) -> web.Response:
        self.heard.append((await request.json())["text"])
        return web.Response(text="ok")

    async def _person(self, request: web.Request) -> web.Response:
        user = request.query.get("user") or (await request.post()).get("user")
        home = {ADA: TEAM, "U9": "T9"}.get(str(user))
        answer = {"ok": True, "user": {"id": user, "team_id": home}} if home else {"ok": False, "error": "x"}
        return web.json_response(answer)

    async def _post_ephemeral(self, request: web.Request) -> web.Response:
        self.ephemerals.append(await request.json())
        return web.json_response({"ok": True})

    async def _open(self, request: web.Request) -> web.Response:
        self.views.append(await request.json())
        return web.json_response({"ok": True, "view": {"id": "V1"}})


@pytest.fixture
async def slack() -> AsyncIterator[Workspace]:
    """Open it."""
    workspace = Workspace()
    async with TestServer(workspace.application()) as server:
        workspace.url = str(server.make_url("/"))
        yield workspace


@pytest.fixture
async def listeners(redis: "Redis", slack: Workspace) -> Listeners:
    """Have an answer that people can rate."""
    made = Listeners(redis)
    made.app.client.base_url = slack.url
    await redis.hset(KEYS.question(ID), mapping={"question": "{}", "message": "m", "state": "delivered"})
    await redis.pexpire(KEYS.question(ID), 60_000)
    await FeedbackStore(redis, KEYS).note_answer(ID, PLACE, TS, ANSWER)
    return made


def thumb(slack: Workspace, value: str, action: str = FEEDBACK, **fields: Any) -> dict[str, Any]:
    """Press a thumb."""
    body = press(action, value, response_url=f"{slack.url}respond", trigger_id="1.2.3", **fields)
    return body | {"actions": [body["actions"][0] | {"action_ts": AT}]}


def reacted(name: str = "+1", kind: str = "reaction_added", **fields: Any) -> dict[str, Any]:
    """Put a reaction on the answer, or take it away."""
    item = {"type": "message", "channel": CHANNEL, "ts": ANSWER}
    return event(kind, **{"reaction": name, "item_user": BOT, "item": item, "event_ts": AT} | fields)


async def stands(redis: "Redis") -> Rating:
    """Return the rating that counts."""
    return (await FeedbackStore(redis, KEYS).effective(ID)).rating


@pytest.mark.parametrize(
    ("body", "rating"),
    [
        (reacted(), Rating.POSITIVE),
        (reacted("thumbsdown::skin-tone-6"), Rating.NEGATIVE),
        (reacted("heart"), Rating.NONE),
        (reacted(item_user=ADA), Rating.NONE),
        (reacted(item={"type": "message", "channel": CHANNEL, "ts": "1.0"}), Rating.NONE),
        (reacted(item={"type": "file", "file": "F1"}), Rating.NONE),
        (reacted(kind="reaction_removed"), Rating.NONE),
        (reacted(user=BOT), Rating.NONE),
        (reacted(_is_ext_shared_channel=True), Rating.POSITIVE),
        (reacted(_is_ext_shared_channel=True, user="U9"), Rating.NONE),
        (reacted(_is_ext_shared_channel=True, user="U8"), Rating.NONE),
    ],
)
async def test_which_reactions_are_ratings(
    body: dict[str, Any], rating: Rating, listeners: Listeners, redis: "Redis"
) -> None:
    """Thumbs of our own people on our answers; who somebody is in a shared channel is asked of Slack."""
    assert (await listeners.take(body)).status == 200
    assert await stands(redis) is rating


async def test_a_thumb_down_as_a_reaction_offers_to_say_why(
    listeners: Listeners, slack: Workspace, redis: "Redis"
) -> None:
    """Once for each, to whoever put it, in the thread; the reason goes when the reaction is taken back."""
    for _ in range(2):
        await listeners.take(reacted("-1"))
    [told] = slack.ephemerals
    assert (told["user"], told["thread_ts"], told["text"]) == (ADA, TS, words.feedback.BAD_REACTION_TAKEN)
    [why] = told["blocks"][-1]["elements"]
    await listeners.take(press(WHY, why["value"], trigger_id="1.2.3"))
    [asked] = slack.views
    await listeners.take(submitted(asked["view"]["private_metadata"], "late", []))
    assert (await FeedbackStore(redis, KEYS).effective(ID)).comment == "late"
    await listeners.take(reacted("-1", "reaction_removed", event_ts="1700000003.000100"))
    assert await stands(redis) is Rating.NONE
    await listeners.take(submitted(asked["view"]["private_metadata"], "too late", []))
    assert await stands(redis) is Rating.NONE


async def test_people_of_other_companies_do_not_rate(
    listeners: Listeners, slack: Workspace, redis: "Redis"
) -> None:
    """They are told, and nothing is kept."""
    await listeners.take(thumb(slack, f"NEGATIVE:{ID}", user={"id": "U9", "team_id": "T9"}))
    assert slack.heard == [words.questions.EXTERNAL_PERSON]
    assert (slack.views, await stands(redis)) == ([], Rating.NONE)


@pytest.mark.parametrize("value", ["NONE:x", "POSITIVE:", "POSITIVE:T9.C9.1", "", "{}"])
async def test_a_thumb_on_what_is_not_known_is_told(
    value: str, listeners: Listeners, slack: Workspace
) -> None:
    """An answer of another time, or a value that we did not write."""
    await listeners.take(thumb(slack, value))
    assert slack.heard == [words.feedback.TOO_OLD]
    assert slack.views == []


async def test_a_rating_is_taken_back_once(listeners: Listeners, slack: Workspace, redis: "Redis") -> None:
    """The second time says that it was taken back before."""
    await listeners.take(thumb(slack, f"POSITIVE:{ID}"))
    for at in ("1700000003.000100", "1700000004.000100"):
        body = thumb(slack, json.dumps({"i": ID}), TAKE_BACK)
        await listeners.take(body | {"actions": [body["actions"][0] | {"action_ts": at}]})
    assert slack.heard == [
        words.feedback.GOOD_TAKEN,
        words.feedback.TAKEN_BACK,
        words.feedback.NOTHING_TO_TAKE_BACK,
    ]
    assert await stands(redis) is Rating.NONE


@pytest.mark.parametrize("step", ["thumb", "take back", "reason", "reaction"])
async def test_without_redis_people_are_told_and_slack_sends_again(step: str, slack: Workspace) -> None:
    """A click is told to come again; an event that is not acknowledged comes again by itself."""
    async with Redis.from_url("redis://127.0.0.1:9", decode_responses=True) as away:
        listeners = Listeners(away)
        about = feedback_metadata(Rater(ID, PLACE, ADA), 1)
        body = {
            "thumb": thumb(slack, f"POSITIVE:{ID}"),
            "take back": thumb(slack, json.dumps({"i": ID}), TAKE_BACK),
            "reason": submitted(about, "late", []),
            "reaction": reacted(),
        }[step]
        answer = await listeners.take(body)
    assert answer.status == (503 if step == "reaction" else 200)
    assert slack.heard == ([words.feedback.NOT_KEPT] if step in {"thumb", "take back"} else [])
    assert (words.feedback.NOT_KEPT in (answer.body or "")) == (step == "reason")


def submitted(about: str, text: str | None, reasons: list[str]) -> dict[str, Any]:
    """Submit the modal."""
    options = [{"value": each} for each in reasons]
    values = {
        "reasons": {"reasons": {"type": "checkboxes", "selected_options": options}},
        "words": {"words": {"type": "plain_text_input", "value": text}},
    }
    return submit(CALLBACK, about, state={"values": values})


@pytest.mark.parametrize(
    ("text", "reasons", "comment"),
    [
        (None, [], ""),
        ("  \u200b ", [], ""),
        ("no\u202e way", ["figures", "invented"], "The figures are wrong.\nno way"),
        ("x" * 9_000, [], "x" * 3_000),
    ],
)
def test_a_reason_is_read_once_and_cleaned(text: str | None, reasons: list[str], comment: str) -> None:
    """What was ticked in words, and what was written without what nobody can see."""
    voice, opinion = reason_from_view(submitted(feedback_metadata(Rater(ID, PLACE, ADA), 7), text, reasons))
    assert (voice, opinion.at, opinion.comment) == (Rater(ID, PLACE, ADA), 8, comment)
