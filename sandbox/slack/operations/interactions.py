"""Payloads of clicks, submissions and commands.

https://docs.slack.dev/reference/interaction-payloads
"""

from collections.abc import Mapping
from typing import Any

from sandbox.slack.blocks.check import elements, walk
from sandbox.slack.errors import SlackError
from sandbox.slack.operations import inputs
from sandbox.slack.platform import Platform, now_ts
from sandbox.slack.state.objects import view_object
from sandbox.slack.state.records import Blocks, Channel, Message, View

_OPTION_ELEMENTS = frozenset({"static_select", "overflow", "radio_buttons"})


def block_actions(platform: Platform, user: str, action: Mapping[str, Any]) -> dict[str, Any]:
    """Give what all `block_actions` payloads share."""
    common = _common(platform, user, "block_actions")
    return common | {"trigger_id": platform.triggers.issue(user), "actions": [dict(action)]}


def in_message(platform: Platform, user: str, message: Message, action: Mapping[str, Any]) -> dict[str, Any]:
    """Give the payload of a click in a message."""
    channel = platform.workspace.channels[message.channel]
    ephemeral = message.for_user is not None
    container = {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": channel.id,
        "is_ephemeral": ephemeral,
    }
    if message.thread_ts is not None:
        container["thread_ts"] = message.thread_ts
    payload = block_actions(platform, user, action) | {
        "container": container,
        "channel": {"id": channel.id, "name": "directmessage" if channel.is_im else channel.name},
        "state": {"values": {}},
        "response_url": platform.response_url(channel.id, user, message),
    }
    return payload if ephemeral else payload | {"message": platform.message_object(message, metadata=True)}


def in_view(platform: Platform, user: str, view: View, action: Mapping[str, Any]) -> dict[str, Any]:
    """Give the payload of a click in a modal or on the Home tab."""
    form = view_object(platform.workspace, view) | {"state": {"values": inputs.state(view)}}
    container = {"type": "view", "view_id": view.id}
    return block_actions(platform, user, action) | {"container": container, "view": form}


def message_action(platform: Platform, user: str, message: Message, callback_id: str) -> dict[str, Any]:
    """Give the payload of a message shortcut."""
    channel = platform.workspace.channels[message.channel]
    return _shortcut(platform, user, callback_id) | {
        "type": "message_action",
        "user": {"id": user, "name": platform.workspace.user(user).name},
        "channel": {"id": channel.id, "name": _name(channel)},
        "message": platform.message_object(message, metadata=True),
        "message_ts": message.ts,
        "response_url": platform.response_url(channel.id, user),
    }


def shortcut(platform: Platform, user: str, callback_id: str) -> dict[str, Any]:
    """Give the payload of a global shortcut, which tells no place."""
    person = {key: value for key, value in _common(platform, user, "")["user"].items() if key != "name"}
    return _shortcut(platform, user, callback_id) | {"type": "shortcut", "user": person}


def _shortcut(platform: Platform, user: str, callback_id: str) -> dict[str, Any]:
    common = {key: value for key, value in _common(platform, user, "").items() if key != "api_app_id"}
    trigger = platform.triggers.issue(user)
    return common | {"callback_id": callback_id, "trigger_id": trigger, "action_ts": now_ts()}


def view_submission(platform: Platform, user: str, view: View) -> dict[str, Any]:
    """Give the payload of a submitted modal."""
    form = view_object(platform.workspace, view) | {"state": {"values": inputs.state(view)}}
    common = _common(platform, user, "view_submission")
    return common | {"trigger_id": platform.triggers.issue(user), "view": form, "response_urls": []}


def view_closed(platform: Platform, user: str, view: View) -> dict[str, Any]:
    """Give the payload of a closed modal."""
    form = view_object(platform.workspace, view)
    return _common(platform, user, "view_closed") | {"view": form, "is_cleared": False}


def slash_command(platform: Platform, user: str, channel_id: str, command: str, text: str) -> dict[str, Any]:
    """Give the form of a slash command."""
    workspace = platform.workspace
    channel = workspace.channels[channel_id]
    return {
        "token": "deprecated",
        "team_id": workspace.team_id,
        "team_domain": "sandbox",
        "channel_id": channel.id,
        "channel_name": _name(channel),
        "user_id": user,
        "user_name": workspace.users[user].name,
        "command": command,
        "text": text,
        "api_app_id": workspace.app_id,
        "is_enterprise_install": "false",
        "response_url": platform.response_url(channel.id, user),
        "trigger_id": platform.triggers.issue(user),
    }


def _name(channel: Channel) -> str:
    names = {"im": "directmessage", "group": "privategroup", "mpim": "privategroup"}
    return names.get(channel.kind, channel.name)


def action_on(
    blocks: Blocks,
    action_id: str,
    block_id: str | None,
    value: str | None,
    selected_option: Mapping[str, Any] | str | None,
) -> dict[str, Any]:
    """Find the element that is clicked and give its entry of `actions`; `no_such_action` otherwise."""
    for block in walk(list(blocks)):
        if block_id is not None and block.get("block_id") != block_id:
            continue
        if block.get("type") == "input" and not block.get("dispatch_action"):
            continue  # its state comes with the submission
        for element in elements(block):
            if element.get("action_id") == action_id and _offers(element, value):
                chosen = _chosen(element, value, selected_option)
                fields = {"action_id": action_id, "block_id": block["block_id"], "type": element["type"]}
                return fields | chosen | {"action_ts": now_ts()}
    raise SlackError("no_such_action")


def _offers(element: dict[str, Any], value: str | None) -> bool:
    if element["type"] == "feedback_buttons":
        return value in (element["positive_button"]["value"], element["negative_button"]["value"])
    return value is None or element["type"] != "button" or element.get("value") == value


def _chosen(
    element: dict[str, Any], value: str | None, selected_option: Mapping[str, Any] | str | None
) -> dict[str, Any]:
    kind = element["type"]
    if kind in _OPTION_ELEMENTS:
        wanted = selected_option["value"] if isinstance(selected_option, Mapping) else selected_option
        options = [option for option in element["options"] if option["value"] == (wanted or value)]
        if not options:
            raise SlackError("no_such_option")
        return {"selected_option": options[0]}
    if kind == "feedback_buttons":
        return {"value": value}
    kept = ("text", "value", "style", "url")
    return {key: element[key] for key in kept if key in element} if kind == "button" else {"value": value}


def _common(platform: Platform, user: str, type_: str) -> dict[str, Any]:
    workspace = platform.workspace
    person = workspace.user(user)
    team = person.team_id or workspace.team_id
    return {
        "type": type_,
        "user": {"id": user, "username": person.name, "name": person.name, "team_id": team},
        "api_app_id": workspace.app_id,
        "token": "deprecated",
        "team": {"id": team, "domain": "sandbox"},
        "enterprise": None,
        "is_enterprise_install": False,
    }
