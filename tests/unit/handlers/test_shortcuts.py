"""Shortcuts, and what is submitted from their modal."""

import json
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from redis.asyncio import Redis

from bot.records.job import Job
from bot.records.question import Place, Question, Surface
from bot.spaces.catalog import Catalog
from bot.spaces.model import Space, SpaceInfo
from bot.store.limiter import Rate
from bot.store.questions import Bounds
from handlers.payloads.shortcuts import read_shortcut
from handlers.shortcuts.form import fill
from render import words
from render.notices import ask_modal
from render.notices.ask_modal import AskForm, Where
from render.notices.spaces import SpaceChoice
from sandbox.slack.blocks.check import BlockRules, view_faults
from tests.unit.handlers.slack_app import ADA, CHANNEL, GUEST, KEYS, TEAM, TS, Listeners, services, submit
from tests.unit.handlers.test_in_time import far

pytestmark = pytest.mark.redis

HEADER = {"type": "header", "text": {"type": "plain_text", "text": "Hi"}}
ASKED = f"{ask_modal.QUESTION}:3"


class Modals:
    """A Slack that opens modals, and keeps them."""

    def __init__(self) -> None:
        self.views: list[dict[str, Any]] = []

    async def open(self, request: web.Request) -> web.Response:
        """Open one."""
        view = (await request.json())["view"]
        self.views.append(json.loads(view) if isinstance(view, str) else view)
        return web.json_response({"ok": True})

    async def refuse(self, _request: web.Request) -> web.Response:
        """Tell nothing about channels."""
        return web.json_response({"ok": False, "error": "missing_scope"})


@pytest.fixture
async def modals() -> AsyncIterator[tuple[Modals, str]]:
    """Open that Slack."""
    slack, app = Modals(), web.Application()
    app.add_routes(
        [
            web.post("/views.open", slack.open),
            web.route("*", "/conversations.info", slack.refuse),
            web.route("*", "/conversations.open", slack.refuse),
        ]
    )
    async with TestServer(app) as server:
        yield slack, str(server.make_url("/"))


def chosen(message: dict[str, Any], user: str = ADA) -> dict[str, Any]:
    """Choose the shortcut of a message."""
    return {
        "type": "message_action",
        "callback_id": "ask_about_message",
        "trigger_id": "1.2.3",
        "team": {"id": TEAM},
        "user": {"id": user, "name": "ada"},
        "channel": {"id": CHANNEL, "name": "sales"},
        "message": message,
        "message_ts": message["ts"],
        "response_url": "https://hooks.example/1",
    }


def filled(
    question: str,
    where: Where = Where.CHOICE,
    *,
    channel: str = CHANNEL,
    options: dict[str, str] | None = None,
) -> dict[str, Any]:
    """Submit the modal with a question, and what is chosen in the other inputs by their names."""
    values: dict[str, Any] = {ASKED: {ask_modal.QUESTION: {"value": question}}}
    for name, value in (options or {}).items():
        values[f"{name}:0"] = {name: {"selected_option": {"value": value}}}
    about = json.dumps([TEAM, channel, TS, "https://hooks.example/1", where])
    return submit(ask_modal.CALLBACK, about, state={"values": values}, blocks=[])


async def asked(redis: "Redis") -> list[Question]:
    """Return what is stored to be asked, in its thread or privately."""
    stored = [await redis.hgetall(key) for key in sorted(await redis.keys(KEYS.question("*")))]
    jobs = [Job.from_json(str(each["job"])).payload for each in stored if "job" in each]
    return [
        Question.from_json(str(text)) for text in [*jobs, *(each.get("question") for each in stored)] if text
    ]


async def test_a_submission_is_one_question_in_the_thread(redis: "Redis") -> None:
    """Of who submits, in Slack's own form, in the chosen space, with an id of its view."""
    listeners = Listeners(redis)
    body = filled("a < b?", options={ask_modal.SPACE: "01"})
    for _ in range(2):
        assert (await listeners.take(body)).body == ""
    [question] = await asked(redis)
    assert (question.text, question.asker, question.space) == ("a &lt; b?", ADA, "01")
    assert (question.place, question.surface, question.unseen) == (
        Place(TEAM, CHANNEL, TS),
        Surface.BUTTON,
        True,
    )
    assert question.id.endswith(".V1")


@pytest.mark.parametrize("where", [Where.ABSENT, Where.PRIVATE])
async def test_where_the_thread_is_closed_to_it_a_question_is_private(redis: "Redis", where: Where) -> None:
    """Whatever a submission says, as the modal offers nothing else there."""
    into_thread = {ask_modal.ANSWER: ask_modal.IN_THREAD}
    await Listeners(redis).take(filled("revenue?", where, options=into_thread))
    [question] = await asked(redis)
    assert (question.place.thread, question.asked_thread) == (None, TS)


async def test_what_cannot_be_taken_leaves_the_modal_open(redis: "Redis") -> None:
    """The reason stands below what was typed, and the modal can be submitted again."""
    listeners = Listeners(redis)
    listeners.questions.bounds = Bounds(by_person=1, rate=Rate(0, 62.0))
    await listeners.take(filled("one"))
    body = filled("two")
    body["view"]["id"] = "V2"
    told = json.loads((await listeners.take(body)).body)
    assert told == {
        "response_action": "errors",
        "errors": {ASKED: words.questions.too_many_by_person(1)},
    }
    no_direct_messages = filled("three", Where.ANYWHERE, channel="")
    told = json.loads((await listeners.take(no_direct_messages)).body)
    assert told["errors"] == {ASKED: words.shortcuts.NO_DIRECT_MESSAGE}


async def test_without_redis_what_was_typed_stays(redis_url: str, modals: tuple[Modals, str]) -> None:
    """The submission says to press again; the shortcut, to choose it again."""
    slack, address = modals
    async with far(redis_url) as (line, client):
        await client.ping()
        line.delay = 2.5
        listeners = Listeners(client, as_users=True)
        listeners.app.client.base_url = address
        told = json.loads((await listeners.take(filled("revenue?"))).body)
        assert told["errors"] == {ASKED: words.shortcuts.NOT_STORED}
        await listeners.take(chosen({"ts": TS, "user": ADA, "text": "hello"}))
        line.delay = 0
    assert words.shortcuts.NOT_OPENED_STORED in str(slack.views)


async def test_a_guest_gets_no_form(redis: "Redis", modals: tuple[Modals, str]) -> None:
    """The modal says why, and has no button to submit."""
    slack, address = modals
    listeners = Listeners(redis)
    listeners.app.client.base_url = address
    await listeners.take(chosen({"ts": TS, "user": ADA, "text": "hello"}, GUEST))
    [view] = slack.views
    assert words.questions.GUEST in str(view)
    assert "submit" not in view


@pytest.mark.parametrize("as_users", [False, True])
async def test_the_form_shows_sample_questions_where_the_bot_asks_for_everybody(
    as_users: bool,  # noqa: FBT001 - a row of the table
    redis: "Redis",
    modals: tuple[Modals, str],
) -> None:
    """Where people ask as themselves, not all of them may read what the bot may read of a space."""
    slack, address = modals
    catalog = Catalog([Space("", "01")])
    catalog.learn(SpaceInfo(space=catalog.default, starters=("Margin of Initech?",)))
    listeners = Listeners(redis, as_users=as_users, catalog=catalog)
    listeners.app.client.base_url = address
    await listeners.take(chosen({"ts": TS, "user": ADA, "text": "hello"}))
    assert ("Margin of Initech?" in str(slack.views)) is not as_users


def test_the_operators_starters_are_those_of_the_default_space(redis: "Redis") -> None:
    """As on the Home tab; in another space that is chosen they would be asked of the wrong data."""
    catalog = Catalog([Space("sales", "01"), Space("finance", "02")])
    offering = replace(services(redis), catalog=catalog, starters=("Revenue?",))
    chosen_spaces = ("", "01", "02")
    views = [fill(offering, AskForm(about="", where=Where.ANYWHERE, space=each)) for each in chosen_spaces]
    assert ["01|Revenue?" in str(view) for view in views] == [True, True, False]
    assert "Revenue?" not in str(views[-1])


@pytest.mark.parametrize(
    ("message", "text"),
    [
        ({"user": ADA, "text": "see https://x", "attachments": [{"title": "Preview of x"}]}, "see https://x"),
        ({"user": ADA, "text": "", "attachments": [{"text": "forwarded", "is_share": True}]}, "forwarded"),
        ({"bot_id": "B1", "text": "Down", "attachments": [{"fallback": "EMEA"}]}, "Down\nEMEA"),
        ({"bot_id": "B1", "text": "", "blocks": [HEADER]}, "Hi"),
        ({"bot_id": "B1", "text": "Alert fired", "blocks": [HEADER]}, "Hi"),
        ({"user": "UBOT", "bot_id": "B0", "text": "4.66M", "blocks": [HEADER]}, "4.66M"),
        ({"user": ADA, "files": [{"id": "F1"}]}, ""),
        ({"bot_id": "B1", "text": "x" * 50_000}, "x" * 12_000),
    ],
    ids=["preview", "forwarded", "fallback", "blocks", "notification", "ours", "file", "long"],
)
def test_what_people_see_of_a_message_is_read(message: dict[str, Any], text: str) -> None:
    """Of a person the words, of an app all that stands there, in attachments and blocks, too."""
    assert read_shortcut(chosen(message | {"ts": TS}), TEAM, bot_user="UBOT").text == text


@pytest.mark.parametrize("where", Where)
def test_slack_takes_the_modal_whatever_is_in_it(where: Where) -> None:
    """Names of spaces, starters and words of a message may be of any length, and say anything."""
    wild = "<!channel> *x* \u202e" + "y" * 5_000
    form = ask_modal.AskForm(
        about="[]",
        where=where,
        channel=CHANNEL,
        question=wild,
        spaces=[SpaceChoice(f"{number}", wild) for number in range(150)],
        space="7",
        starters=[ask_modal.StarterChoice(text, "7") for text in (wild, "z" * 1_500)],
    )
    view = ask_modal.ask_modal(form)
    assert view_faults(view["blocks"], "modal", BlockRules()) == ()
    empty = ask_modal.ask_modal(ask_modal.AskForm(about="[]", where=where, question=" \n"))
    assert view_faults(empty["blocks"], "modal", BlockRules()) == ()
