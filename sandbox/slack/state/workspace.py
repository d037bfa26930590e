"""A Slack workspace in memory: who is there, which channels, what was said.

Plain state with Slack's ids; nothing here knows HTTP. Messages are frozen and replaced when they change.
"""

import itertools
import secrets
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from sandbox.slack.errors import SlackError
from sandbox.slack.state.records import Channel, File, Message, Session, User, UserGroup, View

PICTURES = (".png", ".jpg", ".jpeg", ".gif")


class Workspace:
    """All state of one workspace with one installed app."""

    def __init__(self, users: Iterable[User], channels: Iterable[Channel]) -> None:
        self.team_id = "T0SANDBOX1"
        self.team_name = "Sandbox"
        self.app_id = "A0GENIE001"
        self.bot_id = "B0GENIE001"
        self.users = {user.id: user for user in users}
        self.bot_user_id = next(user.id for user in self.users.values() if user.is_bot)
        self.channels = {channel.id: channel for channel in channels}
        self.user_groups: dict[str, UserGroup] = {}
        self.has_user_groups = True
        """Whether the workspace's plan has them."""
        self.messages: dict[str, dict[str, Message]] = {id_: {} for id_ in self.channels}
        self.ephemerals: list[Message] = []
        self.files: dict[str, File] = {}
        self.views: dict[str, View] = {}
        self.homes: dict[str, View] = {}
        self.statuses: dict[tuple[str, str], str] = {}
        self.status_calls: Counter[tuple[str, str]] = Counter()
        self.sessions: dict[tuple[str, str], Session] = {}
        self._last_ts = 0
        self._serial = itertools.count(1)

    def next_ts(self) -> str:
        """Give a timestamp that no other message has, later than all before."""
        self._last_ts = max(self._last_ts + 1, int(time.time() * 1_000_000))
        return f"{self._last_ts // 1_000_000}.{self._last_ts % 1_000_000:06d}"

    def next_id(self, prefix: str) -> str:
        """Give a new id of Slack's form, such as `F0000000012AB`."""
        return f"{prefix}{next(self._serial):06d}{secrets.token_hex(2).upper()}"

    @property
    def people(self) -> tuple[User, ...]:
        """Everybody but the bot."""
        return tuple(user for user in self.users.values() if not user.is_bot)

    def channel(self, id_or_name: str) -> Channel:
        """Find a channel by id or by `#name`; `channel_not_found` otherwise."""
        found = self.channels.get(id_or_name)
        if found is None and id_or_name.startswith("#"):
            names = {channel.name: channel for channel in self.channels.values() if not channel.is_im}
            found = names.get(id_or_name[1:])
        if found is None:
            raise SlackError("channel_not_found")
        return found

    def user(self, user_id: str) -> User:
        """Find a user; `user_not_found` otherwise."""
        try:
            return self.users[user_id]
        except KeyError:
            raise SlackError("user_not_found") from None

    def team_of(self, user_id: str) -> str:
        """Give the workspace of a user, this one for the app."""
        user = self.users.get(user_id)
        return (user and user.team_id) or self.team_id

    def shares_channel(self, user: User) -> bool:
        """Whether a channel that the app sees has this user as well."""
        return any({user.id, self.bot_user_id} <= channel.members for channel in self.channels.values())

    def direct(self, user_id: str) -> Channel:
        """Find the direct message between a person and the bot."""
        for channel in self.channels.values():
            if channel.user == user_id:
                return channel
        raise SlackError("user_not_found")

    def message(self, channel: str, ts: str) -> Message:
        """Find a message; `message_not_found` otherwise."""
        try:
            return self.messages[channel][ts]
        except KeyError:
            raise SlackError("message_not_found") from None

    def store(self, message: Message) -> Message:
        """Keep a message, new or changed."""
        self.messages[message.channel][message.ts] = message
        return message

    def change(self, message: Message, **fields: Any) -> Message:
        """Keep a message with some fields changed."""
        return self.store(replace(message, **fields))

    def roots(self, channel: str) -> list[Message]:
        """Give the messages that stand in the channel itself, replies that were sent there included."""
        return [message for _, message in sorted(self.messages[channel].items()) if message.in_channel]

    def replies(self, channel: str, thread_ts: str) -> list[Message]:
        """Give the replies of a thread without its root, oldest first."""
        return [
            message
            for _, message in sorted(self.messages[channel].items())
            if message.thread_ts == thread_ts and message.ts != thread_ts
        ]

    def file_ready(self, id_or_url: str) -> bool:
        """Whether an image block may show this file: an image with which Slack has finished."""
        path = id_or_url.rsplit("/files-pri/", maxsplit=1)[-1]
        id_ = path.split("/", maxsplit=1)[0]
        found = self.files.get(id_)
        return found is not None and found.ready and found.name.lower().endswith(PICTURES)
