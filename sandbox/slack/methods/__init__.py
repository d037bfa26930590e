"""The Web API: every method that the local Slack knows, in one table."""

from sandbox.slack.methods import chat, conversations, files, progress, team, user_groups, views
from sandbox.slack.methods.method import Method

METHODS: dict[str, Method] = {
    **team.METHODS,
    **user_groups.METHODS,
    **conversations.METHODS,
    **chat.METHODS,
    **progress.METHODS,
    **files.METHODS,
    **views.METHODS,
}
