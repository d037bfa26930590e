"""Events as Slack sends them to the app, only those it subscribed to and may see.

https://docs.slack.dev/reference/events
"""

import secrets
import time
from typing import Any

from sandbox.slack.platform import Platform, now_ts
from sandbox.slack.state.objects import user_object
from sandbox.slack.state.records import Channel, Message, User

_NEEDED = {
    "reaction_added": {"reactions:read"},
    "reaction_removed": {"reactions:read"},
    "user_change": {"users:read"},
}
_SUBSCRIPTION = {
    "channel": "message.channels",
    "group": "message.groups",
    "im": "message.im",
    "mpim": "message.mpim",
}


def message_posted(platform: Platform, message: Message) -> None:
    """Tell of a posted message: `message`, and `app_mention` when a person mentioned the bot."""
    channel = platform.workspace.channels[message.channel]
    form = platform.message_object(message)
    form |= {"channel": channel.id, "event_ts": message.ts}
    _mention(platform, message)
    _emit(platform, _SUBSCRIPTION[channel.kind], form | {"channel_type": channel.kind}, channel)


def message_changed(platform: Platform, before: Message, after: Message) -> None:
    """Tell of an edited message; if it mentions the bot, `app_mention` comes again, with `edited`."""
    if after.edited and after.edited != before.edited:
        _mention(platform, after)
    _hidden(
        platform,
        after.channel,
        "message_changed",
        message=platform.message_object(after),
        previous_message=platform.message_object(before),
    )


def message_deleted(platform: Platform, before: Message) -> None:
    """Tell of a deleted message."""
    _hidden(
        platform,
        before.channel,
        "message_deleted",
        deleted_ts=before.ts,
        previous_message=platform.message_object(before),
    )


def reaction_changed(platform: Platform, message: Message, user: str, name: str, *, add: bool) -> None:
    """Tell of a reaction that came or went, of any message; its thread is not named."""
    kind = "reaction_added" if add else "reaction_removed"
    item = {"type": "message", "channel": message.channel, "ts": message.ts}
    event = {"type": kind, "user": user, "reaction": name, "item_user": message.user, "item": item}
    _emit(platform, kind, event | {"event_ts": now_ts()}, platform.workspace.channels[message.channel])


def app_home_opened(platform: Platform, user: str, tab: str, view: dict[str, Any] | None) -> None:
    """Tell that a user opened the Home or Messages tab of the app."""
    event: dict[str, Any] = {
        "type": "app_home_opened",
        "user": user,
        "channel": platform.workspace.direct(user).id,
        "tab": tab,
        "event_ts": now_ts(),
    }
    _emit(platform, "app_home_opened", event | ({"view": view} if view else {}))


def member_joined(platform: Platform, user: str, channel: Channel) -> None:
    """Tell that somebody, perhaps the bot itself, came into a channel that the bot is in."""
    event = {
        "type": "member_joined_channel",
        "user": user,
        "channel": channel.id,
        "channel_type": "C",
        "team": platform.workspace.team_of(user),
        "event_ts": now_ts(),
    }
    if _reads(platform, channel):
        _emit(platform, "member_joined_channel", event, channel)


def channel_shared(platform: Platform, channel: Channel, team: str) -> None:
    """Tell that another company was let into a channel."""
    event = {
        "type": "channel_shared",
        "connected_team_id": team,
        "channel": channel.id,
        "event_ts": now_ts(),
    }
    if _reads(platform, channel):
        _emit(platform, "channel_shared", event, channel)


def _reads(platform: Platform, channel: Channel) -> bool:
    scope = {"channel": "channels:read", "group": "groups:read", "mpim": "mpim:read"}[channel.kind]
    return scope in platform.settings.scopes


def session_stopped(platform: Platform, user: str, channel: Channel, thread_ts: str) -> None:
    """Tell that somebody pressed Stop in a thread in which the app works; nothing has changed by that."""
    event = {
        "type": "agent_session_stopped",
        "channel": channel.id,
        "user": user,
        "thread_ts": thread_ts,
        "streaming_message_ts": [],
        "event_ts": now_ts(),
    }
    _emit(platform, "agent_session_stopped", event, channel)


def user_changed(platform: Platform, user: User) -> None:
    """Tell that something about a user is different now, such as an account that was deactivated."""
    email = "users:read.email" in platform.settings.scopes
    form = user_object(platform.workspace, user, email=email)
    event = {"type": "user_change", "user": form, "cache_ts": int(time.time()), "event_ts": now_ts()}
    _emit(platform, "user_change", event)


def _mention(platform: Platform, message: Message) -> None:
    channel = platform.workspace.channels[message.channel]
    if not _is_mention(platform, channel, message):
        return
    kept = {"user", "ts", "client_msg_id", "text", "team", "thread_ts", "parent_user_id"}
    kept |= {"blocks", "files", "edited", "user_team", "source_team"}
    form = {key: value for key, value in platform.message_object(message).items() if key in kept}
    stamp = message.edited["ts"] if message.edited else message.ts
    told = {"type": "app_mention", "channel": channel.id, "event_ts": stamp}
    _emit(platform, "app_mention", told | form, channel)


def _is_mention(platform: Platform, channel: Channel, message: Message) -> bool:
    bot = platform.workspace.bot_user_id
    person = message.bot_id is None and message.subtype in (None, "file_share")
    return person and not channel.is_im and bot in channel.members and f"<@{bot}>" in message.text


def _hidden(platform: Platform, channel_id: str, subtype: str, **fields: Any) -> None:
    channel = platform.workspace.channels[channel_id]
    stamp = platform.workspace.next_ts()
    event = {
        "type": "message",
        "subtype": subtype,
        "hidden": True,
        "channel": channel.id,
        "channel_type": channel.kind,
        "ts": stamp,
        "event_ts": stamp,
    }
    _emit(platform, _SUBSCRIPTION[channel.kind], event | fields, channel)


def _emit(
    platform: Platform, subscription: str, event: dict[str, Any], channel: Channel | None = None
) -> None:
    workspace = platform.workspace
    settings = platform.settings
    if subscription not in settings.events or not _NEEDED.get(subscription, set()) <= settings.scopes:
        return
    if channel is not None and workspace.bot_user_id not in channel.members:
        return
    authorization = {
        "enterprise_id": None,
        "team_id": workspace.team_id,
        "user_id": workspace.bot_user_id,
        "is_bot": True,
        "is_enterprise_install": False,
    }
    platform.outbox.event(
        {
            "token": "deprecated",
            "team_id": event.get("team", workspace.team_id),
            "context_team_id": workspace.team_id,
            "context_enterprise_id": None,
            "api_app_id": workspace.app_id,
            "event": event,
            "type": "event_callback",
            "event_id": f"Ev{secrets.token_hex(5).upper()}",
            "event_time": int(time.time()),
            "authorizations": [authorization],
            "is_ext_shared_channel": bool(channel and channel.connected),
            "event_context": f"4-{secrets.token_hex(12)}",
        }
    )
