"""A company whose bot asks three Genie spaces."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from render import words
from render.answer.space_menu import OTHER_SPACE
from render.notices.spaces import CHOOSE
from sandbox.databricks import THREE_SPACES, Rights
from sandbox.environment import SPACES, three_spaces
from sandbox.slack.state.records import Message
from tests.stories.world import ADA, GENIE, OWN_CHARTS, SALES, World, company, words_of

FINANCE_CHANNEL = "C0FINANCE2"
UNSURE = f"{GENIE} costs last year"
"""A question that two of the three spaces may answer."""


@asynccontextmanager
async def company_with_spaces(
    redis_url: str,
    *,
    rights: Rights | None = None,
    databricks: dict[str, Any] | None = None,
    **environment: str,
) -> AsyncIterator[World]:
    """Open the company without a bot; `rights` are those of the bot in Databricks."""
    told = {**OWN_CHARTS, "spaces": THREE_SPACES, "token_rights": rights or Rights()} | (databricks or {})
    async with company(redis_url, databricks=told) as world:
        world.environment |= three_spaces(world.databricks) | environment
        yield world


def space_id(world: World, alias: str) -> str:
    """Return the id of a space."""
    return world.databricks.space_ids[[name for name, _ in SPACES].index(alias)]


def asked_in(world: World) -> list[str]:
    """Return the alias of the space of each question that Genie got."""
    aliases = dict(zip(world.databricks.space_ids, (name for name, _ in SPACES), strict=True))
    return [aliases[each.path.split("/")[5]] for each in world.databricks.questions()]


async def offer(world: World, thread: str, channel: str = SALES) -> Message:
    """Wait for the buttons with spaces in a thread."""

    def offered() -> Message | None:
        found = [each for each in world.ours(thread, channel) if words.spaces.WHICH in words_of(each)]
        return found[-1] if found else None

    return await world.slack.until(offered)


def buttons(message: Message) -> dict[str, str]:
    """Return the action id of each button of a message, by what stands on it."""
    rows = [block["elements"] for block in message.blocks if block["type"] == "actions"]
    return {
        each["text"]["text"]: each["action_id"] for row in rows for each in row if each["type"] == "button"
    }


async def press(world: World, message: Message, alias: str, user: str = ADA, channel: str = SALES) -> None:
    """Press the button of a space."""
    await world.slack.click(user, channel, message.ts, f"{CHOOSE}:{space_id(world, alias)}")


def menu(message: Message, action: str) -> dict[str, Any]:
    """Return the menu of a message whose action id begins so; one without options if it has none."""
    elements = [each for block in message.blocks for each in block.get("elements", ())]
    found = [each for each in elements if each.get("action_id", "").startswith(action)]
    return found[0] if found else {"options": []}


def other_spaces(message: Message) -> dict[str, str]:
    """Return the ids of the spaces in the menu of an answer, by their titles."""
    return {each["text"]["text"]: each["value"] for each in menu(message, OTHER_SPACE)["options"]}


async def choose_other(world: World, message: Message, title: str, user: str = ADA) -> None:
    """Choose another space from the menu of an answer."""
    action = menu(message, OTHER_SPACE)["action_id"]
    await world.slack.click(user, SALES, message.ts, action, selected_option=other_spaces(message)[title])
