"""What people do with the shortcuts of the bot, and with the modal that they open."""

from typing import Any

from render.blockkit.blocks import Block
from render.notices import ask_modal
from sandbox.slack.state.records import Message, View
from sandbox.slack.state.settings import SHORTCUTS
from tests.stories.privacy import DIRECT
from tests.stories.world import ADA, SALES, World

ON_MESSAGE, ANYWHERE = (each.callback_id for each in SHORTCUTS)
QUESTION = "revenue by region last year"
ALERT: tuple[dict[str, Any], ...] = (
    {
        "pretext": "Monitor triggered",
        "title": "Revenue of EMEA fell",
        "text": "12 % below the forecast",
        "fields": [{"title": "Region", "value": "EMEA"}, {"title": "Since", "value": "Monday"}],
        "fallback": "[no one reads this]",
    },
)
"""What other apps post: all that it says is in an attachment."""


async def open_on(world: World, ts: str, user: str = ADA, channel: str = SALES) -> View:
    """Choose the shortcut of a message; return the modal."""
    await world.slack.message_shortcut(user, channel, ts, ON_MESSAGE)
    return await opened(world, user)


async def open_anywhere(world: World, user: str = ADA) -> View:
    """Choose the shortcut that belongs to no message; return the modal."""
    await world.slack.global_shortcut(user, ANYWHERE)
    return await opened(world, user)


async def opened(world: World, user: str = ADA) -> View:
    """Wait for a modal on a user's screen."""
    views = world.slack.workspace.views
    return await world.slack.until(lambda: next((each for each in views.values() if each.user == user), None))


def block(view: View, name: str) -> Block | None:
    """Return the block of an input, if the modal has it."""
    found = (each for each in view.content["blocks"] if each["block_id"].startswith(f"{name}:"))
    return next(found, None)


def shown(view: View) -> str:
    """Return the question that the app has put into a modal."""
    field = block(view, ask_modal.QUESTION)
    assert field
    return str(field["element"].get("initial_value", ""))


def space(view: View) -> str:
    """Return the name of the space that is chosen in a modal; empty for none."""
    field = block(view, ask_modal.SPACE)
    chosen = field["element"].get("initial_option") if field else None
    return str(chosen["text"]["text"]) if chosen else ""


def starters(view: View) -> list[str]:
    """Return the questions to begin with that a modal offers."""
    rows = [each["elements"] for each in view.content["blocks"] if each["type"] == "actions"]
    return [each["text"]["text"] for row in rows for each in row]


async def press_starter(world: World, view: View, number: int = 0, user: str = ADA) -> None:
    """Press a question to begin with, and wait until it stands in the modal."""
    before, wanted = view.hash, starters(view)[number]
    typed = filled(view, "typed before")
    await world.slack.click_in_view(user, view.id, f"{ask_modal.STARTER}:{number}", values=typed)
    await world.slack.until(lambda: view.hash != before)
    assert shown(view) == wanted


def filled(view: View, question: str | None = None, **chosen: str) -> dict[str, dict[str, Any]]:
    """Return what stands in a modal once a user has typed and chosen; what is not given stays."""
    values: dict[str, dict[str, Any]] = {}
    field = block(view, ask_modal.QUESTION)
    if question is not None and field:
        values[field["block_id"]] = {ask_modal.QUESTION: {"type": "plain_text_input", "value": question}}
    if "answer" in chosen:
        option = next(each for each in _options(view, ask_modal.ANSWER) if each["value"] == chosen["answer"])
        values[f"{ask_modal.ANSWER}:0"] = {
            ask_modal.ANSWER: {"type": "radio_buttons", "selected_option": option}
        }
    if "channel" in chosen:
        values[f"{ask_modal.CHANNEL}:0"] = {
            ask_modal.CHANNEL: {"type": "conversations_select", "selected_conversation": chosen["channel"]}
        }
    return values


def _options(view: View, name: str) -> list[dict[str, Any]]:
    field = block(view, name)
    assert field
    return list(field["element"]["options"])


async def submit(
    world: World, view: View, question: str | None = QUESTION, user: str = ADA, **chosen: str
) -> dict[str, str]:
    """Press Ask; return the errors that stand at inputs."""
    return await world.slack.submit_view(user, view.id, filled(view, question, **chosen))


async def direct(world: World, number: int = 1, channel: str = DIRECT) -> Message:
    """Wait for a question in direct messages; return it."""
    roots = world.slack.workspace.roots
    return (await world.slack.until(lambda: roots(channel)[number - 1 :] or None))[0]


def others(world: World, channel: str = SALES) -> list[Message]:
    """Return what the bot has written for everybody in a channel and its threads."""
    messages, ours = world.slack.workspace.messages[channel], world.slack.workspace.bot_id
    return [each for each in messages.values() if each.bot_id == ours]


def told(view: View) -> str:
    """Return the small print of a modal."""
    rows = [each["elements"] for each in view.content["blocks"] if each["type"] == "context"]
    return "\n".join(each["text"] for row in rows for each in row)
