"""Shortcuts on the local Slack, and modals that the app changes while a user fills them in."""

from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.slack import Slack, SlackError
from sandbox.slack.state.records import OTHER_BOT, View
from sandbox.slack.state.seed_data import OUTSIDER
from sandbox.slack.state.settings import SHORTCUTS

ADA, SALES = "U0ADA00001", "C0SALES001"
ON_MESSAGE, ANYWHERE = (each.callback_id for each in SHORTCUTS)


def plain(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text}


def option(name: str) -> dict[str, Any]:
    return {"text": plain(name), "value": name}


def modal(question: str = "question", text: str = "alert") -> dict[str, Any]:
    """Return a modal with a text, a menu that the app hears of, and a button."""
    choice = {
        "type": "static_select",
        "action_id": "space",
        "options": [option("a"), option("b")],
        "initial_option": option("a"),
    }
    field = {"type": "plain_text_input", "action_id": "text", "initial_value": text}
    button = {"type": "button", "action_id": "go", "value": "1", "text": plain("Go")}
    return {
        "type": "modal",
        "callback_id": "ask",
        "title": plain("Ask"),
        "submit": plain("Ask"),
        "blocks": [
            {
                "type": "input",
                "block_id": "where",
                "label": plain("Space"),
                "element": choice,
                "dispatch_action": True,
            },
            {"type": "input", "block_id": question, "label": plain("Question"), "element": field},
            {"type": "actions", "block_id": "buttons", "elements": [button]},
        ],
    }


@pytest.fixture
async def view(slack: Slack, client: AsyncWebClient, bodies: list[dict[str, Any]]) -> View:
    """Open the modal of a shortcut."""
    await slack.global_shortcut(ADA, ANYWHERE)
    opened = await client.views_open(trigger_id=bodies[-1]["trigger_id"], view=modal())
    return slack.workspace.views[opened["view"]["id"]]


async def test_a_message_shortcut_brings_its_message(slack: Slack, bodies: list[dict[str, Any]]) -> None:
    """Also of another app and in a thread, with attachments; its user comes without a workspace."""
    root = await slack.app_says(SALES, "", ({"title": "Margin fell", "fallback": "Margin fell"},))
    reply = await slack.say(ADA, SALES, "why?", root)
    await slack.message_shortcut(ADA, SALES, root, ON_MESSAGE)
    await slack.message_shortcut(ADA, SALES, reply, ON_MESSAGE)
    first, second = (each for each in bodies if "callback_id" in each)
    assert (first["type"], first["callback_id"], first["user"]["id"]) == ("message_action", ON_MESSAGE, ADA)
    assert (first["channel"]["id"], first["message_ts"], "team_id" in first["user"]) == (SALES, root, False)
    assert (first["message"]["bot_id"], first["message"]["attachments"][0]["title"]) == (
        OTHER_BOT,
        "Margin fell",
    )
    assert second["message"]["thread_ts"] == root
    assert first["trigger_id"] != second["trigger_id"]
    assert first["response_url"]


async def test_a_global_shortcut_tells_no_place(slack: Slack, bodies: list[dict[str, Any]]) -> None:
    """It may be chosen anywhere, so it brings neither a channel nor a response_url."""
    await slack.global_shortcut(ADA, ANYWHERE)
    body = bodies[-1]
    assert (body["type"], body["callback_id"], body["user"]["id"]) == ("shortcut", ANYWHERE, ADA)
    assert {"channel", "message", "response_url"}.isdisjoint(body)


async def test_shortcuts_that_slack_does_not_show(slack: Slack) -> None:
    """Of a kind that the manifest does not have, of people of other companies, of messages that are gone."""
    ts = await slack.say(ADA, SALES, "hello")
    for refused, error in (
        (slack.message_shortcut(ADA, SALES, ts, ANYWHERE), "unknown_shortcut"),
        (slack.global_shortcut(ADA, ON_MESSAGE), "unknown_shortcut"),
        (slack.global_shortcut(OUTSIDER.id, ANYWHERE), "unknown_shortcut"),
        (slack.message_shortcut(ADA, SALES, "1.000001", ON_MESSAGE), "message_not_found"),
    ):
        with pytest.raises(SlackError) as raised:
            await refused
        assert raised.value.error == error


async def test_a_click_in_a_modal_brings_what_stands_in_it(
    slack: Slack, view: View, bodies: list[dict[str, Any]]
) -> None:
    """What was typed, or else what the app put there."""
    await slack.click_in_view(ADA, view.id, "go")
    values = bodies[-1]["view"]["state"]["values"]
    assert values["question"]["text"] == {"type": "plain_text_input", "value": "alert"}
    assert values["where"]["space"]["selected_option"] == option("a")
    typed = {"question": {"text": {"type": "plain_text_input", "value": "typed"}}}
    await slack.click_in_view(ADA, view.id, "space", selected_option="b", values=typed)
    body = bodies[-1]
    assert (body["container"], body["actions"][0]["selected_option"]) == (
        {"type": "view", "view_id": view.id},
        option("b"),
    )
    assert body["view"]["state"]["values"]["question"]["text"]["value"] == "typed"
    assert body["view"]["state"]["values"]["where"]["space"]["selected_option"] == option("b")


async def test_an_update_keeps_what_was_typed(
    slack: Slack, client: AsyncWebClient, view: View, bodies: list[dict[str, Any]]
) -> None:
    """Only an input with another block id takes what the app puts into it anew."""
    typed = {"question": {"text": "typed"}}
    await slack.click_in_view(ADA, view.id, "go", values=typed)
    await client.views_update(view_id=view.id, view=modal(text="a starter"))
    await slack.click_in_view(ADA, view.id, "go")
    assert bodies[-1]["view"]["state"]["values"]["question"]["text"]["value"] == "typed"
    await client.views_update(view_id=view.id, view=modal("question.2", "a starter"))
    assert await slack.submit_view(ADA, view.id, {}) == {}
    assert bodies[-1]["view"]["state"]["values"]["question.2"]["text"]["value"] == "a starter"


async def test_an_input_that_the_app_does_not_listen_to_sends_no_click(slack: Slack, view: View) -> None:
    """Its state comes with the submission."""
    with pytest.raises(SlackError, match="no_such_action"):
        await slack.click_in_view(ADA, view.id, "text")
