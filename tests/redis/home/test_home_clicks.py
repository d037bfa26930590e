"""Presses on the Home tab, where no message can answer: each ends in the tab itself, or in a modal."""

from typing import Any

import pytest
from redis.asyncio import Redis
from slack_bolt.async_app import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot.records.question import Place, Question, Surface
from bot.slack.api import SlackRefused
from bot.store.questions import Bounds, NotStored, QuestionStore
from handlers import ephemeral
from handlers.actions import home
from render import words
from render.blockkit.buttons import ButtonValue, encode
from render.home.view import STARTER, WITHDRAW
from tests.unit.handlers.slack_app import ADA, GUEST, KEYS, TEAM, Listeners

pytestmark = pytest.mark.redis

ASKED = "revenue by region"
STARTS = f"{STARTER}:01ef:0"


@pytest.fixture
def modals(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Have direct messages with everybody, and keep what modals say."""
    said: list[str] = []

    async def open_modal(_context: AsyncBoltContext, _trigger_id: str, view: dict[str, Any]) -> bool:
        said.append(view["blocks"][0]["text"]["text"])
        return True

    async def direct_channel(_slack: AsyncWebClient, user: str) -> str:
        return f"D{user}"

    monkeypatch.setattr(ephemeral, "open_modal", open_modal)
    monkeypatch.setattr(home, "direct_channel", direct_channel)
    return said


def pressed(action_id: str, value: ButtonValue, user: str = ADA, view_hash: str = "1") -> dict[str, Any]:
    """Press a button of the tab."""
    return {
        "type": "block_actions",
        "team": {"id": TEAM},
        "user": {"id": user, "team_id": TEAM},
        "trigger_id": "1.2.3",
        "container": {"type": "view", "view_id": "V1"},
        "view": {"id": "V1", "type": "home", "hash": view_hash},
        "actions": [{"action_id": action_id, "block_id": "b", "type": "button", "value": encode(value)}],
    }


def starter(**how: str) -> dict[str, Any]:
    """Press a starter."""
    return pressed(STARTS, ButtonValue(question=ASKED), **how)


async def stored(redis: "Redis") -> list[Question]:
    """Return all questions."""
    found = [await redis.hget(key, "question") async for key in redis.scan_iter(KEYS.question("*"))]
    return [Question.from_json(str(each)) for each in found if each]


async def test_a_starter_is_asked_of_its_space_in_direct_messages(redis: "Redis", modals: list[str]) -> None:
    """Once for a tab as it was published, however often it is pressed; and again on a newer one."""
    listeners = Listeners(redis)
    async with listeners.services.home:
        for view_hash in ("1", "1", "2"):
            assert (await listeners.take(starter(view_hash=view_hash))).status == 200
    asked = await stored(redis)
    assert len(asked) == 2
    for each in asked:
        assert (each.text, each.space, each.surface) == (ASKED, "01ef", Surface.COMMAND)
        assert (each.place, each.asker) == (Place(TEAM, f"D{ADA}", None), ADA)
    assert modals == []


async def test_who_cannot_get_direct_messages_is_told(
    redis: "Redis", modals: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """And nothing is asked."""

    async def refused(_slack: AsyncWebClient, _user: str) -> str:
        raise SlackRefused("cannot_dm_user")

    monkeypatch.setattr(home, "direct_channel", refused)
    await Listeners(redis).take(starter())
    assert (modals, await stored(redis)) == ([words.home.NOT_ASKED], [])


async def test_who_has_asked_too_much_is_told(
    redis: "Redis", modals: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """As after a question anywhere else."""
    listeners = Listeners(redis)
    monkeypatch.setattr(listeners.questions, "bounds", Bounds(by_person=0, rate=Bounds().rate))
    async with listeners.services.home:
        for number in range(25):
            await listeners.take(starter(view_hash=str(number)))
    assert modals
    assert {*modals} == {words.questions.too_many_by_person(0)}


async def test_without_redis_a_press_is_told_to_be_repeated(
    redis: "Redis", modals: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a modal, as there is no message in which to say so."""

    async def away(*_question: object) -> None:
        raise NotStored

    monkeypatch.setattr(QuestionStore, "accept", away)
    await Listeners(redis).take(starter())
    assert modals == [words.questions.NOT_STORED]


async def test_who_is_not_answered_presses_in_vain(redis: "Redis", modals: list[str]) -> None:
    """On a tab from before that person became a guest."""
    await Listeners(redis).take(starter(user=GUEST))
    assert (modals, await stored(redis)) == ([words.questions.GUEST], [])


async def test_nobody_withdraws_the_question_of_somebody_else(redis: "Redis", modals: list[str]) -> None:
    """Whatever a forged press names."""
    place = Place(TEAM, "C1", "1.1")
    await QuestionStore(redis, KEYS).accept(Question(f"{TEAM}.C1.1.1", ASKED, place, ADA, Surface.MENTION))
    listeners = Listeners(redis)
    async with listeners.services.home:
        await listeners.take(pressed(WITHDRAW, ButtonValue(f"{TEAM}.C1.1.1"), user="U0BEN"))
        assert not await redis.hexists(KEYS.question(f"{TEAM}.C1.1.1"), "withdrawn")
        await listeners.take(pressed(WITHDRAW, ButtonValue(f"{TEAM}.C1.1.1")))
        assert await redis.hexists(KEYS.question(f"{TEAM}.C1.1.1"), "withdrawn")
    assert modals == []
