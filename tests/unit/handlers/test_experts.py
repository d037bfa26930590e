"""Who decides on a card: members of the experts' channel, in that channel, and not who asked."""

import json
from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import unquote_plus

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from redis.asyncio import Redis

from bot.records.question import Place
from bot.records.review import Asked, Decision
from bot.store.keys import REVIEW_TAKEN_LIFETIME
from render import words
from render.blockkit.buttons import ButtonValue, encode
from render.expert import modals
from render.expert.card import CANNOT_ANSWER, CONFIRM, CORRECT, ON_CARD, TAKE
from render.expert.listing import DELETE
from render.expert.model import ReviewState
from tests.unit.handlers.slack_app import (
    ADA,
    CHANNEL,
    KEYS,
    TEAM,
    TS,
    Listeners,
    ResponseUrl,
    command,
    press,
    submit,
)

pytestmark = pytest.mark.redis

BEN, DIEGO, ELSEWHERE = "U0BEN", "U0DIEGO", "C0OTHER"
ID = f"{TEAM}.{CHANNEL}.{TS}"
ASKED = Asked(
    question_id=ID,
    question="revenue?",
    place=Place(TEAM, CHANNEL, TS),
    asker=ADA,
    sender=ADA,
    space="s",
    sql="S",
)
REFUSED = {
    (BEN, ELSEWHERE): words.experts.OTHER_CHANNEL,
    (DIEGO, CHANNEL): words.experts.NOT_AN_EXPERT,
}
"""By who presses, and where."""


@pytest.fixture
async def slack(redis: "Redis", monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Listeners]:
    """Open the listeners over a Slack in whose channel of experts Ada and Ben are; a question is there."""
    opened: list[Any] = []

    async def take(request: web.Request) -> web.Response:
        if request.path.endswith("views.open"):
            opened.append(unquote_plus(await request.text()))
        return web.json_response({"ok": True, "view": {"id": "V1"}})

    async def has_person(channel: str, user: str) -> bool:
        return channel == CHANNEL and user in {ADA, BEN}

    app, listeners = web.Application(), Listeners(redis, expert_channel=CHANNEL)
    app.router.add_route("*", "/{method}", take)
    async with TestServer(app) as server:
        listeners.app.client.base_url = str(server.make_url("/"))
        monkeypatch.setattr(listeners.services.privacy.channels, "has_person", has_person)
        await listeners.services.reviews.open(ASKED)
        listeners.modal_requests = opened
        yield listeners


def pressed(action: str, user: str, url: str, channel: str = CHANNEL) -> dict[str, Any]:
    """Press a button of the card."""
    about = {"channel": {"id": channel}, "response_url": url, "trigger_id": "1.2.3"}
    return press(action, encode(ButtonValue(ID)), user={"id": user, "team_id": TEAM}, **about)


def filled(callback: str, user: str, channel: str = CHANNEL, **texts: str) -> dict[str, Any]:
    """Submit a form."""
    values = {name: {name: {"value": text}} for name, text in texts.items()}
    metadata = json.dumps([ID, TEAM, channel, "9.0"])
    return submit(callback, metadata, state={"values": values}) | {"user": {"id": user, "team_id": TEAM}}


async def state(slack: Listeners) -> ReviewState:
    """Return how the question stands."""
    review = await slack.services.reviews.of(ID)
    assert review
    return review.state


@pytest.mark.parametrize(("user", "channel"), sorted(REFUSED))
async def test_nobody_else_decides(user: str, channel: str, slack: Listeners, replies: ResponseUrl) -> None:
    """No button and no form serves a person outside of the channel, or a card outside of it."""
    for action in sorted(ON_CARD):
        await slack.take(pressed(action, user, replies.url, channel))
    forms = ((modals.CORRECTED, modals.SQL), (modals.CANNOT, modals.REASON))
    answers = [await slack.take(filled(each, user, channel, **{name: "no"})) for each, name in forms]
    said = REFUSED[user, channel]
    assert replies.texts == [said] * len(ON_CARD)
    assert [said in answer.body for answer in answers] == [True, True]
    stays = said == words.experts.NOT_AN_EXPERT  # as Slack may have been slow to name the person
    assert ['"response_action": "errors"' in answer.body for answer in answers] == [stays, stays]
    assert (await state(slack), slack.wakes, slack.modal_requests) == (ReviewState.OPEN, 0, [])


async def test_without_experts_a_card_decides_nothing(redis: "Redis", replies: ResponseUrl) -> None:
    """It says that there are none, and leads to no other channel."""
    listeners = Listeners(redis)
    await listeners.services.reviews.open(ASKED)
    await listeners.take(pressed(CONFIRM, BEN, replies.url))
    assert (replies.texts, await state(listeners)) == ([words.experts.NO_CHANNEL], ReviewState.OPEN)


async def test_who_asked_does_not_decide(slack: Listeners, replies: ResponseUrl) -> None:
    """Not even who is an expert."""
    for action in sorted(ON_CARD):
        await slack.take(pressed(action, ADA, replies.url))
    answer = await slack.take(filled(modals.CORRECTED, ADA, **{modals.SQL: "SELECT 2"}))
    assert replies.texts == [words.experts.OWN] * len(ON_CARD)
    assert words.experts.OWN in answer.body
    assert (await state(slack), slack.wakes, slack.modal_requests) == (ReviewState.OPEN, 0, [])


async def test_a_form_opens_for_who_may_decide(
    slack: Listeners, redis: "Redis", replies: ResponseUrl
) -> None:
    """With Genie's SQL in it; for a day after another expert took the question it does not, which is said."""
    for action in (CORRECT, CANNOT_ANSWER):
        await slack.take(pressed(action, BEN, replies.url))
    assert ["initial_value" in str(each) for each in slack.modal_requests] == [True, False]
    taken = Decision(question_id=ID, to=ReviewState.TAKEN, expert="U0EVE", card="9.0")
    await slack.services.reviews.decide(taken)
    await slack.take(pressed(CORRECT, BEN, replies.url))
    await slack.take(pressed(TAKE, BEN, replies.url))
    assert ["took this question on" in text for text in replies.texts] == [True, True]
    assert len(slack.modal_requests) == 2
    await redis.hincrby(KEYS.review(ID), "at", -REVIEW_TAKEN_LIFETIME - 1)
    await slack.take(pressed(CORRECT, BEN, replies.url))
    assert len(slack.modal_requests) == 3


async def test_a_correction_has_something_new(slack: Listeners) -> None:
    """Without a word, or with Genie's own SQL, the form stays and says so; what is new is kept."""
    for texts, said in (
        ({modals.SQL: " ", modals.WORDS: ""}, words.experts.CORRECT_NOTHING),
        ({modals.SQL: "S"}, words.experts.CORRECT_SAME),
    ):
        answer = await slack.take(filled(modals.CORRECTED, BEN, **texts))
        assert said in answer.body
    assert slack.wakes == 0
    answer = await slack.take(filled(modals.CORRECTED, BEN, **{modals.WORDS: "see <!channel>"}))
    assert words.experts.KEPT in answer.body
    assert (await state(slack), slack.wakes) == (ReviewState.CORRECTED, 1)


async def test_words_alone_confirm_no_sql(slack: Listeners) -> None:
    """An expert who leaves Genie's SQL in the form, and writes words, does not stand for it."""
    await slack.take(filled(modals.CORRECTED, BEN, **{modals.SQL: "S", modals.WORDS: "returns are missing"}))
    review = await slack.services.reviews.of(ID)
    assert review
    assert (review.state, review.words) == (ReviewState.CORRECTED, "returns are missing")
    assert (review.confirmed_sql, [each async for each in slack.services.confirmed.all()]) == ("", [])


async def test_a_guest_of_the_channel_confirms_nothing(slack: Listeners, replies: ResponseUrl) -> None:
    """People whom the bot does not answer decide nothing, though they read the card."""
    await slack.take(pressed(CONFIRM, "U0GUEST", replies.url))
    assert (replies.texts, await state(slack)) == ([words.questions.GUEST], ReviewState.OPEN)


@pytest.mark.parametrize("admin", [True, False])
async def test_admins_list_and_delete_what_is_confirmed(
    admin: bool,  # noqa: FBT001
    redis: "Redis",
    replies: ResponseUrl,
) -> None:
    """In Slack, with who confirmed it; nobody else reads the list or deletes from it."""
    listeners = Listeners(redis, expert_channel=CHANNEL, named={"admins": (ADA,)} if admin else None)
    await listeners.services.reviews.open(ASKED)
    decision = Decision(question_id=ID, to=ReviewState.CONFIRMED, expert=BEN, card="9.0")
    await listeners.services.reviews.decide(decision)
    listed = (await listeners.take(command("confirmed"))).body
    [entry] = [each async for each in listeners.services.confirmed.all()]
    assert ("revenue?" in listed, words.experts.ADMINS_ONLY in listed) == (admin, not admin)
    await listeners.take(press(f"{DELETE}:{entry.id}", entry.id, response_url=replies.url))
    assert replies.texts == [words.experts.DELETED if admin else words.experts.ADMINS_ONLY]
    left = [each async for each in listeners.services.confirmed.all()]
    assert left == ([] if admin else [entry])
