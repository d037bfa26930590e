"""Whether the scopes were granted without which the bot can do less; Slack tells them with every answer.

https://docs.slack.dev/authentication/installing-with-oauth
"""

import logging

from bot.config.errors import StartupError

log = logging.getLogger(__name__)

EMAIL = "users:read.email"
"""Without it nobody can sign in: an address is what Slack and Databricks both know of a person."""
USER_GROUPS = "usergroups:read"
"""Without it nobody is in a user group; `group_check` tells so where a setting names one."""
AGENT = "assistant:write"
"""Only an app that is declared an agent has it."""
OPTIONAL_SCOPES = frozenset({"channels:read", "groups:read", "mpim:read", EMAIL, USER_GROUPS})
"""Without the others it is not known who can read along in a channel."""


def check_scopes(granted: frozenset[str], *, people_sign_in: bool) -> None:
    """Log once which of these scopes are missing; StartupError if people cannot sign in without one."""
    if not granted or not (missing := OPTIONAL_SCOPES - granted - {USER_GROUPS}):
        return
    if people_sign_in:
        check_sign_in_scope(granted)
    log.warning("slack.scopes_missing", extra={"scopes": sorted(missing)})


def check_sign_in_scope(granted: frozenset[str]) -> None:
    """Make sure that people can sign in, which they cannot without their addresses."""
    if EMAIL not in granted:
        raise StartupError(
            f"The Slack app lacks the scope {EMAIL}, without which nobody can sign in: renew it from its "
            "manifest (manifest.yml or manifest-agent.yml) and install it again, or leave IDENTITY at app."
        )
