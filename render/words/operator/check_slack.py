"""Texts of `python -m bot check` about Slack."""

APP = "Slack takes SLACK_APP_TOKEN for Socket Mode."
HTTP_MODE = "Without SLACK_APP_TOKEN Slack calls the bot over HTTP."
SIGNING = "SLACK_SIGNING_SECRET looks like one; the first event shows whether it is this app's."
NO_SIGNING = (
    "SLACK_SIGNING_SECRET is not 32 hexadecimal digits: copy the signing secret, no token and no client "
    "secret, from Basic Information on your app's page at api.slack.com/apps."
)
SCOPES = "Every scope of manifest.yml is granted."
SCOPES_NOT_TOLD = (
    "Slack does not tell the scopes of SLACK_BOT_TOKEN: compare them with manifest.yml yourself."
)
FEEDBACK = "The bot is a member of FEEDBACK_CHANNEL."

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


def scope_missing(scope: str) -> str:
    """Say what is off without a scope."""
    return (
        f"The Slack app lacks the scope {scope}, so {WITHOUT_SCOPE[scope]}: renew the app from manifest.yml "
        "and install it again."
    )


def not_a_member(channel: str) -> str:
    """Say that the bot may not post in the channel for feedback."""
    return f"The bot is no member of FEEDBACK_CHANNEL {channel}: invite it there."


def feedback_archived(channel: str) -> str:
    """Say that the channel for feedback is closed."""
    return f"FEEDBACK_CHANNEL {channel} is archived: choose another channel."


def feedback_refused(channel: str, code: str) -> str:
    """Say that Slack does not know the channel for feedback, or what else it says."""
    said = f"is refused ({code})" if code else "does not exist, or is private without the bot"
    return f"FEEDBACK_CHANNEL {channel} {said}: copy its id again, and invite the bot there."


def feedback_channel_not_seen(channel: str) -> str:
    """Say that a scope is missing to see the channel for feedback."""
    return (
        f"Whether the bot is a member of FEEDBACK_CHANNEL {channel} cannot be seen without the scopes "
        "channels:read and groups:read: grant them, or see that it is."
    )


def feedback_unknown(channel: str, code: str) -> str:
    """Say that Slack did not answer about the channel for feedback."""
    said = f" ({code})" if code else ""
    return f"Slack did not say anything about FEEDBACK_CHANNEL {channel}{said}: try again."
