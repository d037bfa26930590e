"""The Slack app as its two manifests declare it, against Slack's rules and against the code.

Rules: https://docs.slack.dev/reference/app-manifest, and Slack's schema beside this file, from
https://github.com/slackapi/manifest-schema. It takes any text for a scope or an event, so the names that
exist are listed here.
"""

import ast
import json
import re
from copy import deepcopy
from dataclasses import asdict
from typing import Any

import pytest
import yaml
from jsonschema import Draft7Validator

from bot.startup.scopes import OPTIONAL_SCOPES
from bot.store.oversight.heard import CLICKS, COMMANDS, KINDS
from render.words.operator.check_slack import WITHOUT_SCOPE
from sandbox.slack.state import settings
from tests.house.tree import ROOT, modules

MANIFEST: dict[str, Any] = yaml.safe_load((ROOT / "manifest.yml").read_text())
FEATURES, SETTINGS = MANIFEST["features"], MANIFEST["settings"]
SCOPES = set(MANIFEST["oauth_config"]["scopes"]["bot"])
EVENTS = set(SETTINGS["event_subscriptions"]["bot_events"])
AGENT: dict[str, Any] = yaml.safe_load((ROOT / "manifest-agent.yml").read_text())
AGENT_VIEW = AGENT["features"]["agent_view"]
AGENT_SCOPES = set(AGENT["oauth_config"]["scopes"]["bot"])
AGENT_EVENTS = set(AGENT["settings"]["event_subscriptions"]["bot_events"])
SCHEMA = json.loads((ROOT / "tests/house/slack/manifest.schema.2.0.0.json").read_text())

EVENT_SCOPES = {
    "agent_session_stopped": set[str](),
    "app_home_opened": set[str](),
    "app_mention": {"app_mentions:read"},
    "channel_shared": {"channels:read", "groups:read"},
    "member_joined_channel": {"channels:read", "groups:read", "mpim:read"},
    "message.channels": {"channels:history"},
    "message.groups": {"groups:history"},
    "message.im": {"im:history"},
    "message.mpim": {"mpim:history"},
    "reaction_added": {"reactions:read"},
    "reaction_removed": {"reactions:read"},
    "user_change": {"users:read"},
}
"""The scope that Slack wants for each event, from the events' own pages."""

HISTORY = {"channels:history", "groups:history", "im:history", "mpim:history"}
AUDIENCE = {"channels:read", "groups:read", "mpim:read"}
"""Direct messages with one person need no look."""
METHOD_SCOPES = {
    "agents_sessions_setStatus": {"chat:write"},
    "assistant_threads_setStatus": {"chat:write"},
    "auth_test": set[str](),
    "chat_getPermalink": set[str](),
    "chat_delete": {"chat:write"},
    "chat_postEphemeral": {"chat:write"},
    "chat_postMessage": {"chat:write"},
    "chat_update": {"chat:write"},
    "conversations_history": HISTORY,
    "conversations_info": AUDIENCE,
    "conversations_members": AUDIENCE,
    "conversations_replies": HISTORY,
    "conversations_open": {"im:write"},
    "files_completeUploadExternal": {"files:write"},
    "files_delete": {"files:write"},
    "files_getUploadURLExternal": {"files:write"},
    "files_info": {"files:read"},
    "usergroups_users_list": {"usergroups:read"},
    "users_info": {"users:read", "users:read.email"},
    "views_open": set[str](),
    "views_publish": set[str](),
    "views_update": set[str](),
}
"""The scopes that Slack wants for each method, from the methods' own pages."""
FEATURE_SCOPES = {"agent_view": {"assistant:write"}}
"""The scopes that Slack wants for a feature."""

METHOD = re.compile(
    r"(agents|assistant|auth|bots|chat|conversations|files|reactions|team|usergroups|users|views)_[a-z][A-Za-z_]+"
)


def called(*folders: str) -> list[ast.Call]:
    """Return every call of an attribute (`a.b(...)`) in some folders."""
    nodes = [node for module in modules(*folders) for node in ast.walk(module.tree)]
    return [node for node in nodes if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)]


def listeners(kind: str) -> set[str]:
    """Return what `app.<kind>("...")` is registered for in `handlers`."""
    calls = [
        call for call in called("handlers") if isinstance(call.func, ast.Attribute) and call.func.attr == kind
    ]
    first = [call.args[0] for call in calls if call.args]
    return {node.value for node in first if isinstance(node, ast.Constant) and isinstance(node.value, str)}


def methods() -> set[str]:
    """Return the Web API methods that the bot calls, by the names of slack_sdk."""
    names = {call.func.attr for call in called("bot", "handlers") if isinstance(call.func, ast.Attribute)}
    return {name for name in names if METHOD.fullmatch(name)}


def needed(manifest: dict[str, Any]) -> set[str]:
    """Return the scopes for the events and features of a manifest, and for what the code calls."""
    events = manifest["settings"]["event_subscriptions"]["bot_events"]
    by_features = [FEATURE_SCOPES.get(feature, set()) for feature in manifest["features"]]
    by_methods = [METHOD_SCOPES[method] for method in methods()]
    return set().union(*(EVENT_SCOPES[event] for event in events), *by_features, *by_methods, {"commands"})


@pytest.mark.parametrize("manifest", [MANIFEST, AGENT], ids=["plain", "agent"])
def test_slack_takes_the_manifest(manifest: dict[str, Any]) -> None:
    """Slack's own schema has nothing against it; without its version it is judged by the old rules."""
    assert manifest["_metadata"]["major_version"] == 2
    assert [error.message for error in Draft7Validator(SCHEMA).iter_errors(manifest)] == []


def test_the_agent_is_the_same_app_with_prompts_and_a_stop_button() -> None:
    """What is said of the plain manifest below holds for both; nothing else may differ."""
    plain = deepcopy(AGENT)
    assert len(plain["features"].pop("agent_view")["suggested_prompts"]) in range(1, 5)
    plain["oauth_config"]["scopes"]["bot"].remove("assistant:write")
    plain["settings"]["event_subscriptions"]["bot_events"].remove("agent_session_stopped")
    assert plain == MANIFEST


@pytest.mark.parametrize(
    ("text", "longest"),
    [
        (MANIFEST["display_information"]["name"], 35),
        (MANIFEST["display_information"]["description"], 140),
        (MANIFEST["display_information"]["long_description"], 4000),
        (FEATURES["bot_user"]["display_name"], 80),
        (AGENT_VIEW["agent_description"], 300),
        *((shortcut["name"], 24) for shortcut in FEATURES["shortcuts"]),
        *((shortcut["description"], 150) for shortcut in FEATURES["shortcuts"]),
        *((shortcut["callback_id"], 255) for shortcut in FEATURES["shortcuts"]),
        *((command["command"], 32) for command in FEATURES["slash_commands"]),
        *((command["description"], 2000) for command in FEATURES["slash_commands"]),
    ],
)
def test_texts_are_as_long_as_slack_allows(text: str, longest: int) -> None:
    """Slack refuses a manifest with a longer text."""
    assert 0 < len(text) <= longest


def test_the_long_description_is_long_enough() -> None:
    """Slack wants at least 175 characters there."""
    assert len(MANIFEST["display_information"]["long_description"]) >= 175


def test_socket_mode_is_on_and_people_can_write_to_the_bot() -> None:
    """The default transport needs no address, and the messages tab takes questions."""
    assert SETTINGS["socket_mode_enabled"] is True
    assert FEATURES["app_home"]["messages_tab_enabled"] is True
    assert FEATURES["app_home"]["messages_tab_read_only_enabled"] is False


def test_every_event_has_a_listener_and_every_listener_its_event() -> None:
    """What Slack sends is what `handlers` listens to; the four kinds of message are one listener."""
    assert {event.partition(".")[0] for event in AGENT_EVENTS} == listeners("event")
    assert ("app_home_opened" in EVENTS) == FEATURES["app_home"]["home_tab_enabled"]


def test_the_bot_keeps_when_each_event_came() -> None:
    """An event that no app is subscribed to shows as one that never came."""
    assert set(KINDS) == EVENTS | {CLICKS, COMMANDS}


def test_every_command_has_a_listener_and_every_listener_its_command() -> None:
    """The commands that people can type are the ones that are answered."""
    assert {command["command"] for command in FEATURES["slash_commands"]} == listeners("command")


def test_every_shortcut_has_a_listener_and_every_listener_its_shortcut() -> None:
    """What people can choose opens something; the callback ids never change, as menus keep them."""
    assert {shortcut["callback_id"] for shortcut in FEATURES["shortcuts"]} == listeners("shortcut")
    assert {shortcut["type"] for shortcut in FEATURES["shortcuts"]} == {"message", "global"}
    assert len(FEATURES["shortcuts"]) <= 10


def test_the_local_slack_offers_the_shortcuts_of_the_manifest() -> None:
    """No test and no demo opens what a real installation does not show."""
    assert [asdict(shortcut) for shortcut in settings.SHORTCUTS] == FEATURES["shortcuts"]


def test_tokens_do_not_rotate() -> None:
    """The bot renews no token of Slack's: one that rotates would end within twelve hours."""
    assert SETTINGS["token_rotation_enabled"] is False


def test_clicks_reach_the_bot() -> None:
    """Interactivity is on, since answers have buttons."""
    assert SETTINGS["interactivity"]["is_enabled"] is True


def test_every_called_method_is_known() -> None:
    """A new Web API method brings the scopes that it needs into the table above."""
    assert methods() <= set(METHOD_SCOPES)


def test_the_scopes_are_exactly_what_the_code_uses() -> None:
    """Whoever installs the app grants nothing that is not used, and nothing is missing at run time."""
    assert needed(MANIFEST) == SCOPES
    assert needed(AGENT) == AGENT_SCOPES


def test_the_optional_scopes_are_asked_for() -> None:
    """What the start calls missing can be granted."""
    assert OPTIONAL_SCOPES <= SCOPES


def test_the_check_says_what_is_off_without_each_scope() -> None:
    """`python -m bot check` compares with the manifest, which a deployment need not have."""
    assert set(WITHOUT_SCOPE) == SCOPES


def test_the_local_slack_grants_what_the_manifest_asks_for() -> None:
    """No test and no demo works by a scope or an event that a real installation lacks."""
    assert settings.SCOPES == SCOPES
    assert settings.AGENT_SCOPES == AGENT_SCOPES
    assert settings.EVENTS == EVENTS
    assert settings.AGENT_EVENTS == AGENT_EVENTS
