"""The records of a workspace: users, channels, messages, files, views."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Blocks = tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, slots=True)
class User:
    """A person, or the bot."""

    id: str
    name: str
    real_name: str
    email: str = ""
    color: str = "9f69e7"
    is_bot: bool = False
    tz: str = "Europe/Amsterdam"
    locale: str = "en-US"
    team_id: str = ""
    """The workspace of another company; empty for people of this one."""
    deleted: bool = False
    """Whether the account is deactivated."""
    is_restricted: bool = False
    is_ultra_restricted: bool = False
    """Of guests, the ones of a single channel; they are `is_restricted`, too."""


@dataclass(slots=True)
class Channel:
    """A channel, private channel or direct message (`user` is then the human side)."""

    id: str
    name: str
    members: set[str]
    topic: str = ""
    is_private: bool = False
    is_archived: bool = False
    user: str | None = None
    is_mpim: bool = False
    """Whether it is a group message, which is private."""
    connected: tuple[str, ...] = ()
    """The workspaces of other companies with which it is shared."""

    @property
    def is_im(self) -> bool:
        """Whether this is a direct message between a person and the bot."""
        return self.user is not None

    @property
    def kind(self) -> str:
        """Slack's `channel_type`: channel, group, im or mpim."""
        if self.is_im or self.is_mpim:
            return "im" if self.is_im else "mpim"
        return "group" if self.is_private else "channel"


@dataclass(slots=True)
class UserGroup:
    """People whom one mention reaches."""

    id: str
    handle: str
    users: set[str]
    disabled: bool = False


OTHER_BOT, OTHER_APP = "B0ALERTS01", "A0ALERTS01"
"""Another app of the workspace, whose messages have no user."""


@dataclass(frozen=True, slots=True)
class Message:
    """One message as it stands now."""

    ts: str
    channel: str
    user: str
    text: str
    blocks: Blocks = ()
    attachments: Blocks = ()
    thread_ts: str | None = None
    subtype: str | None = None
    bot_id: str | None = None
    client_msg_id: str | None = None
    edited: Mapping[str, str] | None = None
    files: tuple[str, ...] = ()
    reactions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    metadata: Mapping[str, Any] | None = None
    for_user: str | None = None
    """The only person who sees it, when it is ephemeral."""

    @property
    def is_root(self) -> bool:
        """Whether it stands in the channel itself and not in a thread."""
        return self.thread_ts in (None, self.ts)

    @property
    def in_channel(self) -> bool:
        """Whether people see it in the channel; a reply that was sent there stands in its thread as well."""
        return self.is_root or self.subtype == "thread_broadcast"


@dataclass(frozen=True, slots=True)
class Session:
    """How far the app is in a thread, when it is an agent; told again, it is another one."""

    status: str
    title: str = ""


@dataclass(slots=True)
class File:
    """An uploaded file; `ready` comes some time after the upload was completed."""

    id: str
    name: str
    length: int
    title: str = ""
    alt_txt: str = ""
    content: bytes | None = None
    completed: bool = False
    ready: bool = False
    shares: dict[str, list[str]] = field(default_factory=dict)


@dataclass(slots=True)
class View:
    """A modal on a user's screen or a Home tab."""

    id: str
    user: str
    content: dict[str, Any]
    hash: str
    root: str
    previous: str | None = None
    app_home: bool = False
    typed: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)
    """What its user put into inputs, by block id and action id."""
