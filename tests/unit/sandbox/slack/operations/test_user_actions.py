"""What people do on the local Slack, the payloads it makes, and its modals."""

from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.slack import Slack, SlackError
from sandbox.slack.state.records import OTHER_BOT

ADA, BEN, DIEGO = "U0ADA00001", "U0BEN00002", "U0DIEGO004"
SALES, GENIE = "C0SALES001", "<@U0GENIEBOT>"
BUTTON = {"type": "button", "action_id": "go", "value": "1", "text": {"type": "plain_text", "text": "Go"}}
MODAL: dict[str, Any] = {
    "type": "modal",
    "callback_id": "why",
    "title": {"type": "plain_text", "text": "Why?"},
    "submit": {"type": "plain_text", "text": "Send"},
    "notify_on_close": True,
    "blocks": [
        {
            "type": "input",
            "block_id": "reason",
            "label": {"type": "plain_text", "text": "Reason"},
            "element": {"type": "plain_text_input", "action_id": "text"},
        }
    ],
}


def events(slack: Slack) -> list[dict[str, Any]]:
    return [delivery.payload["event"] for delivery in slack.deliveries]


async def test_a_mention_makes_two_events(slack: Slack) -> None:
    """A mention in a channel is `app_mention` and `message`, with different event ids and one ts."""
    text = f"<@{slack.workspace.bot_user_id}> a &lt; b"
    ts = await slack.say(ADA, SALES, text)
    assert [event["type"] for event in events(slack)] == ["app_mention", "message"]
    assert len({delivery.event_id for delivery in slack.deliveries}) == 2
    assert {event["ts"] for event in events(slack)} == {ts}
    mention, message = events(slack)
    assert (mention["text"], mention["user"], mention["channel"]) == (text, ADA, SALES)
    assert "channel_type" not in mention
    assert message["channel_type"] == "channel"
    inside = mention["blocks"][0]["elements"][0]["elements"]
    assert [each.get("text", each.get("user_id")) for each in inside] == [
        slack.workspace.bot_user_id,
        " a < b",
    ]


async def test_threads_dms_and_strange_channels(slack: Slack) -> None:
    """Replies name their thread, DMs make no app_mention, and channels without the bot are silent."""
    root = await slack.say(ADA, SALES, "hello")
    await slack.say(BEN, SALES, "a reply", thread_ts=root)
    direct = slack.workspace.direct(ADA).id
    await slack.say(ADA, direct, f"<@{slack.workspace.bot_user_id}> hi")
    await slack.say(ADA, "C0RANDOM03", f"<@{slack.workspace.bot_user_id}> hi")
    kept = [
        (event["channel_type"], event.get("thread_ts"), event.get("parent_user_id"))
        for event in events(slack)
    ]
    assert kept == [("channel", None, None), ("channel", root, ADA), ("im", None, None)]
    assert "not in this channel" in slack.ephemerals[0].text


async def test_edits_and_deletions_are_events(slack: Slack) -> None:
    """An edit is message_changed, a deletion message_deleted; the bot's own posts arrive with bot_id."""
    ts = await slack.say(ADA, SALES, "hello")
    await slack.edit(ADA, SALES, ts, "hello!")
    await slack.delete(ADA, SALES, ts)
    assert [event.get("subtype") for event in events(slack)] == [None, "message_changed", "message_deleted"]
    assert events(slack)[1]["message"]["text"] == "hello!"
    assert events(slack)[2]["deleted_ts"] == ts


async def test_an_edited_mention_is_told_twice(slack: Slack) -> None:
    """`app_mention` comes again, with `edited`, beside `message_changed`, which has the words of before."""
    ts = await slack.say(ADA, SALES, f"{GENIE} hello")
    await slack.edit(ADA, SALES, ts, f"{GENIE} hello!")
    mention, changed = events(slack)[2:]
    assert (mention["type"], mention["ts"], mention["edited"]["user"]) == ("app_mention", ts, ADA)
    assert mention["edited"]["ts"].endswith(".000000")
    assert changed["previous_message"]["text"] == f"{GENIE} hello"


async def test_a_deleted_message_with_replies_is_a_tombstone(slack: Slack) -> None:
    """It changes into one, which goes with the last reply."""
    ts = await slack.say(ADA, SALES, "hello")
    reply = await slack.say(ADA, SALES, "again", ts)
    await slack.delete(ADA, SALES, ts)
    await slack.delete(ADA, SALES, reply)
    changed, gone, last = events(slack)[2:]
    assert (changed["subtype"], changed["message"]["subtype"]) == ("message_changed", "tombstone")
    assert (gone["deleted_ts"], last["deleted_ts"]) == (reply, ts)
    assert slack.workspace.messages[SALES] == {}


async def test_what_people_may_not_do(slack: Slack) -> None:
    """Slack's client refuses what its rules forbid."""
    ts = await slack.say(ADA, SALES, "hello")
    for deed, error in (
        (slack.say(DIEGO, "C0FINANCE2", "hi"), "not_in_channel"),
        (slack.say(DIEGO, "C0LEADERS4", "hi"), "channel_not_found"),
        (slack.say(ADA, SALES, " "), "no_text"),
        (slack.say(ADA, "C0ATTIC005", "hi"), "is_archived"),
        (slack.edit(BEN, SALES, ts, "mine now"), "cant_update_message"),
        (slack.command(ADA, SALES, "/genie", "hi", thread_ts=ts), "not_supported_in_threads"),
        (slack.command(ADA, SALES, "/other"), "unknown_command"),
        (slack.click(ADA, SALES, ts, "go"), "no_such_action"),
    ):
        with pytest.raises(SlackError) as refused:
            await deed
        assert refused.value.error == error


async def test_a_click_and_its_response_url(
    slack: Slack, client: AsyncWebClient, bodies: list[dict[str, Any]]
) -> None:
    """A click carries its message; its response_url works five times and can replace the message."""
    blocks = [{"type": "actions", "elements": [BUTTON]}]
    ts = (await client.chat_postMessage(channel=SALES, text="a", blocks=blocks))["ts"]
    await slack.click(ADA, SALES, ts, "go", value="1")
    body = next(each for each in bodies if each["type"] == "block_actions")
    assert (body["actions"][0]["value"], body["message"]["ts"], body["user"]["id"]) == ("1", ts, ADA)
    async with aiohttp.ClientSession() as session:

        async def respond(**fields: Any) -> int:
            async with session.post(body["response_url"], json=fields) as response:
                return response.status

        assert await respond(text="for you") == 200
        assert slack.ephemerals[0].for_user == ADA
        assert slack.ephemerals[0].thread_ts is None
        assert await respond(text="", response_type="in_channel") == 400
        assert await respond(text="new", replace_original=True) == 200
        assert (slack.workspace.message(SALES, ts).text, slack.workspace.message(SALES, ts).blocks) == (
            "new",
            (),
        )
        assert await respond(text="for all", response_type="in_channel") == 200
        assert await respond(delete_original=True) == 200
        assert ts not in slack.workspace.messages[SALES]
        assert await respond(text="once more") == 404


async def test_a_response_names_its_thread(
    slack: Slack, client: AsyncWebClient, bodies: list[dict[str, Any]]
) -> None:
    """Whoever clicks in a thread is answered in the channel, unless the app says otherwise."""
    root = await slack.say(ADA, SALES, "q")
    blocks = [{"type": "actions", "elements": [BUTTON]}]
    ts = (await client.chat_postMessage(channel=SALES, text="a", blocks=blocks, thread_ts=root))["ts"]
    await slack.click(ADA, SALES, ts, "go", value="1")
    body = next(each for each in bodies if each["type"] == "block_actions")
    async with aiohttp.ClientSession() as session:
        for fields in ({}, {"thread_ts": root}):
            async with session.post(body["response_url"], json={"text": "for you"} | fields) as response:
                assert response.status == 200
    assert [each.thread_ts for each in slack.ephemerals] == [None, root]


async def test_a_modal_from_click_to_submission(
    slack: Slack, client: AsyncWebClient, bodies: list[dict[str, Any]]
) -> None:
    """A trigger opens one modal, soon; required inputs are required; the values reach the app."""
    blocks = [{"type": "actions", "elements": [BUTTON]}]
    ts = (await client.chat_postMessage(channel=SALES, text="a", blocks=blocks))["ts"]
    await slack.click(ADA, SALES, ts, "go")
    trigger = bodies[-1]["trigger_id"]
    view_id = (await client.views_open(trigger_id=trigger, view=MODAL))["view"]["id"]
    assert await error_of(client.views_open(trigger_id=trigger, view=MODAL)) == "exchanged_trigger_id"
    assert await error_of(client.views_open(trigger_id="1.2", view=MODAL)) == "invalid_trigger_id"
    assert list(await slack.submit_view(ADA, view_id, {})) == ["reason"]
    assert await slack.submit_view(ADA, view_id, {"reason": {"text": "wrong"}}) == {}
    submitted = bodies[-1]
    assert submitted["view"]["state"]["values"]["reason"]["text"]["value"] == "wrong"
    assert slack.workspace.views == {}


async def error_of(call: Any) -> str:
    with pytest.raises(SlackApiError) as refused:
        await call
    return str(refused.value.response["error"])


async def test_views_are_checked(slack: Slack, client: AsyncWebClient) -> None:
    """A modal with an input needs a submit button, titles are short, and a Home tab is published by hash."""
    bare = {key: part for key, part in MODAL.items() if key != "submit"}
    long = MODAL | {"title": {"type": "plain_text", "text": "x" * 25}}
    for view in (bare, long, MODAL | {"colour": "red"}, {"type": "home", "blocks": []}):
        assert await error_of(client.views_open(trigger_id="1.2", view=view)) == "invalid_arguments"
    home = {"type": "home", "blocks": [{"type": "divider"}]}
    first = (await client.views_publish(user_id=ADA, view=home))["view"]["hash"]
    await client.views_publish(user_id=ADA, view=home, hash=first)
    assert await error_of(client.views_publish(user_id=ADA, view=home, hash=first)) == "hash_conflict"
    assert await error_of(client.views_update(view_id="V1", view=MODAL)) == "not_found"
    await slack.open_home(ADA)
    assert (events(slack)[-1]["type"], events(slack)[-1]["tab"]) == ("app_home_opened", "home")
    assert events(slack)[-1]["view"]["type"] == "home"


async def test_a_home_tab_has_what_slack_takes_there(client: AsyncWebClient) -> None:
    """A hundred blocks, of types that a Home tab has, and no field of a modal."""
    divider: dict[str, Any] = {"type": "divider"}
    await client.views_publish(user_id=ADA, view={"type": "home", "blocks": [divider] * 100})
    refused = (
        {"type": "home", "blocks": [divider] * 101},
        {"type": "home", "blocks": [{"type": "markdown", "text": "of messages alone"}]},
        {
            "type": "home",
            "blocks": [{"type": "alert", "text": {"type": "mrkdwn", "text": "of modals alone"}}],
        },
        {"type": "home", "blocks": [divider], "submit": {"type": "plain_text", "text": "Send"}},
    )
    for view in refused:
        assert await error_of(client.views_publish(user_id=ADA, view=view)) == "invalid_arguments"


async def test_a_trigger_wears_off(
    slack: Slack, client: AsyncWebClient, bodies: list[dict[str, Any]]
) -> None:
    """After its time a trigger opens nothing; three modals may lie on each other."""
    await slack.command(ADA, SALES, "/genie")
    await client.views_open(trigger_id=bodies[-1]["trigger_id"], view=MODAL)
    for error in (None, None, "push_limit_reached"):
        await slack.command(ADA, SALES, "/genie")
        push = client.views_push(trigger_id=bodies[-1]["trigger_id"], view=MODAL)
        assert (error is None and await push) or await error_of(push) == error
    late = slack._platform.triggers.issue(ADA)
    slack._platform.triggers._issued[late] = (ADA, 0.0)
    assert await error_of(client.views_open(trigger_id=late, view=MODAL)) == "expired_trigger_id"
    top = list(slack.workspace.views)[-1]
    await slack.close_view(ADA, top)
    assert (bodies[-1]["type"], bodies[-1]["view"]["id"]) == ("view_closed", top)


async def test_reactions_and_joining(slack: Slack) -> None:
    """People react, which the app hears as it does who joined a channel."""
    ts = await slack.say(ADA, SALES, "hello")
    await slack.react(BEN, SALES, ts, "+1::skin-tone-3")
    await slack.react(BEN, SALES, ts, "+1::skin-tone-3", add=False)
    came, went = events(slack)[-2:]
    assert (came["type"], went["type"]) == ("reaction_added", "reaction_removed")
    assert {key: value for key, value in came.items() if key not in {"type", "event_ts"}} == {
        "user": BEN,
        "reaction": "+1::skin-tone-3",
        "item_user": ADA,
        "item": {"type": "message", "channel": SALES, "ts": ts},
    }
    assert float(came["event_ts"]) < float(went["event_ts"])
    assert slack.workspace.message(SALES, ts).reactions == {}
    await slack.join(DIEGO, "C0FINANCE2")
    assert events(slack)[-2]["subtype"] == "channel_join"


async def test_people_and_apps_write_in_other_ways(slack: Slack) -> None:
    """`/me`, a reply that goes to the channel too, a file without words, and what a webhook posts."""
    root = await slack.say(ADA, SALES, "hi")
    await slack.say_me(ADA, SALES, "waves", root)
    await slack.say_to_channel(ADA, SALES, "all of you", root)
    await slack.share_file(ADA, SALES, "plan.pdf", thread_ts=root)
    attachments = ({"fallback": "CPU is high", "text": "CPU is high"},)
    await slack.app_says(SALES, "", attachments, thread_ts=root)
    me, both, file, app = events(slack)[1:]
    assert [each["subtype"] for each in (me, both, file, app)] == [
        "me_message",
        "thread_broadcast",
        "file_share",
        "bot_message",
    ]
    assert {each["thread_ts"] for each in (me, both, file, app)} == {root}
    assert "blocks" not in me
    assert (file["text"], [each["name"] for each in file["files"]]) == ("", ["plan.pdf"])
    assert (app["bot_id"], app["attachments"], "user" in app) == (OTHER_BOT, list(attachments), False)
