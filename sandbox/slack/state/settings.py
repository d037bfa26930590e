"""What can be set on the local Slack; the defaults are Slack's own behaviour."""

from dataclasses import dataclass, field

from sandbox.slack.state.rate_limits import Limits

SCOPES = frozenset(
    {
        "app_mentions:read",
        "channels:history",
        "channels:read",
        "chat:write",
        "commands",
        "files:read",
        "files:write",
        "groups:history",
        "groups:read",
        "im:history",
        "im:write",
        "mpim:history",
        "mpim:read",
        "reactions:read",
        "usergroups:read",
        "users:read",
        "users:read.email",
    }
)
EVENTS = frozenset(
    {
        "app_home_opened",
        "app_mention",
        "channel_shared",
        "member_joined_channel",
        "message.channels",
        "message.groups",
        "message.im",
        "message.mpim",
        "reaction_added",
        "reaction_removed",
        "user_change",
    }
)
AGENT_SCOPES = SCOPES | {"assistant:write"}
AGENT_EVENTS = EVENTS | {"agent_session_stopped"}
"""Of an app that is declared an agent."""


@dataclass(frozen=True, slots=True)
class Shortcut:
    """A shortcut as the manifest declares it."""

    name: str
    type: str
    """`message` or `global`."""
    callback_id: str
    description: str


SHORTCUTS = (
    Shortcut("Ask Genie about this", "message", "ask_about_message", "Ask Genie a question about a message"),
    Shortcut("Ask Genie", "global", "ask_anywhere", "Ask Genie about your data"),
)


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings of one local Slack. Times are in seconds."""

    mode: str = "socket"
    signing_secret: str = "sandbox-signing-secret"  # noqa: S105 - invented
    bot_token: str = "xoxb-sandbox-bot-token"  # noqa: S105 - invented
    app_token: str = "xapp-1-A0GENIE001-1-sandbox"  # noqa: S105 - invented, and of the app, as Slack's are
    limits: Limits = field(default_factory=Limits)
    unavailable_blocks: frozenset[str] = frozenset()
    """Block types that have not reached this workspace yet, such as `data_table`."""
    scopes: frozenset[str] = SCOPES
    """What the app was granted: by default what its manifest asks for."""
    events: frozenset[str] = EVENTS
    commands: tuple[tuple[str, str, str], ...] = (("/genie", "Ask Genie", "your question"),)
    shortcuts: tuple[Shortcut, ...] = SHORTCUTS
    hints: tuple[str, ...] = (
        "@Genie revenue by region last year",
        "/genie top 5 products by margin",
        "@Genie how are we doing by region?",
        "@Genie help",
        "and by month?",
        "only EMEA",
        "compare with last year",
    )
    file_delay: float = 0.3
    """From completing an upload until Slack has finished with the file."""
    ack_timeout: float = 3.0
    retry_delays: tuple[float, ...] = (0.0, 60.0, 300.0)
    trigger_life: float = 3.0
    status_life: float = 120.0
    """Of a line that `assistant.threads.setStatus` shows, without a post of the app."""
    session_life: float = 3_600.0
    """Of a session that is `processing`, without another word of the app."""
    agent: bool = False
    """Whether the app is declared an agent."""
    retired: frozenset[str] = frozenset()
    """Methods that Slack has taken away; `assistant.threads.setStatus` is one from February 2027 on."""
    response_life: float = 1_800.0
