"""Texts of `python -m bot check` about Slack."""

APP = "Slack takes SLACK_APP_TOKEN for Socket Mode."
HTTP_MODE = "Without SLACK_APP_TOKEN Slack calls the bot over HTTP."
SIGNING = "SLACK_SIGNING_SECRET looks like one; the first event shows whether it is this app's."
NO_SIGNING = (
    "SLACK_SIGNING_SECRET is not 32 hexadecimal digits: copy the signing secret, no token and no client "
    "secret, from Basic Information on your app's page at api.slack.com/apps."
)
MANIFEST, AGENT_MANIFEST = "manifest.yml", "manifest-agent.yml"
PLAIN_APP = f"The app is the one of {MANIFEST}; to have prompts and a Stop button, paste {AGENT_MANIFEST}."
AGENT_APP = f"The app is an agent, as in {AGENT_MANIFEST}; for guests to use it, paste {MANIFEST}."
AGENT_WITHOUT_GUESTS = (
    f"The app is an agent, as in {AGENT_MANIFEST}, and Slack hides agents from guests, whom ALLOW_GUESTS "
    f"lets ask: paste {MANIFEST} under App Manifest on the app's page, install it again, and restart the bot."
)
SCOPES_NOT_TOLD = (
    "Slack does not tell the scopes of SLACK_BOT_TOKEN: compare them with those of your manifest yourself."
)

WITHOUT_SCOPE = {
    "app_mentions:read": "mentions in channels are not heard",
    "channels:history": "replies in threads of public channels are not heard",
    "channels:read": "it is not known who can read along in a public channel",
    "chat:write": "nothing can be answered",
    "commands": "/genie does not work",
    "files:read": "charts cannot be shown within answers",
    "files:write": "there are neither charts nor files",
    "groups:history": "replies in threads of private channels are not heard",
    "groups:read": "it is not known who can read along in a private channel",
    "im:history": "direct messages are not heard",
    "im:write": "nothing can be answered privately",
    "mpim:history": "messages in group conversations are not heard",
    "mpim:read": "it is not known who can read along in a group conversation",
    "reactions:read": "thumbs as reactions are no ratings",
    "usergroups:read": "nobody is in a user group, which only ALLOWED_USERS and ADMINS with groups need",
    "users:read": "neither names nor guests are known",
    "users:read.email": "nobody can sign in to Databricks, which only IDENTITY=user needs",
}
"""By scope of manifest.yml, what is off without it."""


def bot_token(workspace: str) -> str:
    """Say in which workspace the bot is."""
    return f"Slack takes SLACK_BOT_TOKEN, for {workspace}"


def two_apps(of_app_token: str, of_bot: str) -> str:
    """Say that the tokens are of two apps."""
    return (
        f"SLACK_APP_TOKEN is of the app {of_app_token} and SLACK_BOT_TOKEN of {of_bot}, so no event comes: "
        "copy both from the page of one app."
    )


def scopes(manifest: str) -> str:
    """Say that no scope is missing."""
    return f"Every scope of {manifest} is granted."


def scope_missing(scope: str, manifest: str) -> str:
    """Say what is off without a scope."""
    return (
        f"The Slack app lacks the scope {scope}, so {WITHOUT_SCOPE[scope]}: renew the app from {manifest} "
        "and install it again."
    )


def group(setting: str, group: str, members: int) -> str:
    """Say how many people a user group has."""
    people = "one person" if members == 1 else f"{members} people"
    return f"The user group {group} of {setting} has {people}."


def group_not_known(setting: str, group: str) -> str:
    """Say that Slack knows no such user group, or a disabled one."""
    return (
        f"{setting} names the user group {group}, which Slack does not know: copy its id from the group's "
        "page in Slack, or take it out."
    )


def group_empty(setting: str, group: str) -> str:
    """Say that nobody is in a user group."""
    return f"Nobody is in the user group {group} of {setting}: add people to it in Slack, or take it out."


def group_refused(setting: str, group: str, code: str) -> str:
    """Say that Slack does not tell who is in a user group."""
    cure = (
        "renew the app from its manifest, which has the scope usergroups:read, and install it again"
        if code == "missing_scope"
        else "see that your plan has user groups"
    )
    return (
        f"Slack does not tell who is in the user group {group} of {setting} ({code}), so nobody counts for "
        f"being in it: {cure}, or name people."
    )


def group_unknown(setting: str, group: str, code: str) -> str:
    """Say that Slack did not answer about a user group."""
    said = f" ({code})" if code else ""
    return f"Slack did not say anything about the user group {group} of {setting}{said}: try again."


def member(setting: str) -> str:
    """Say that the bot may post in the channel of a setting."""
    return f"The bot is a member of {setting}."


def not_a_member(setting: str, channel: str) -> str:
    """Say that the bot may not post there."""
    return f"The bot is no member of {setting} {channel}: invite it there."


def channel_archived(setting: str, channel: str) -> str:
    """Say that the channel is closed."""
    return f"{setting} {channel} is archived: choose another channel."


def channel_refused(setting: str, channel: str, code: str) -> str:
    """Say that Slack does not know the channel, or what else it says."""
    said = f"is refused ({code})" if code else "does not exist, or is private without the bot"
    return f"{setting} {channel} {said}: copy its id again, and invite the bot there."


def channel_not_seen(setting: str, channel: str) -> str:
    """Say that a scope is missing to see the channel."""
    return (
        f"Whether the bot is a member of {setting} {channel} cannot be seen without the scopes "
        "channels:read and groups:read: grant them, or see that it is."
    )


def channel_unknown(setting: str, channel: str, code: str) -> str:
    """Say that Slack did not answer about the channel."""
    said = f" ({code})" if code else ""
    return f"Slack did not say anything about {setting} {channel}{said}: try again."
