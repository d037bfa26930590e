"""Who the app is and who is there: `auth.test`, `apps.connections.open`, `team.*`, `users.*`.

https://docs.slack.dev/reference/methods/auth.test
"""

from typing import Any

from sandbox.slack.errors import SlackError
from sandbox.slack.methods.arguments import Arguments, page_of
from sandbox.slack.methods.method import Method
from sandbox.slack.platform import Platform
from sandbox.slack.state.objects import user_object


def api_test(_platform: Platform, arguments: Arguments) -> dict[str, Any]:
    """Echo the arguments, or the error that they ask for."""
    if arguments.text("error"):
        raise SlackError(arguments.text("error"))
    return {"args": dict(arguments)}


def auth_test(platform: Platform, _arguments: Arguments) -> dict[str, Any]:
    """Say whose token this is."""
    workspace = platform.workspace
    return {
        "url": f"{platform.base_url}/",
        "team": workspace.team_name,
        "user": workspace.users[workspace.bot_user_id].name,
        "team_id": workspace.team_id,
        "user_id": workspace.bot_user_id,
        "bot_id": workspace.bot_id,
        "is_enterprise_install": False,
    }


def connections_open(platform: Platform, _arguments: Arguments) -> dict[str, Any]:
    """Give a WebSocket address that is good once, for half a minute."""
    base = platform.base_url.replace("http", "ws", 1)
    return {"url": f"{base}/link/?ticket={platform.socket_ticket()}&app_id={platform.workspace.app_id}"}


def team_info(platform: Platform, _arguments: Arguments) -> dict[str, Any]:
    """Describe the workspace."""
    workspace = platform.workspace
    return {"team": {"id": workspace.team_id, "name": workspace.team_name, "domain": "sandbox"}}


def users_info(platform: Platform, arguments: Arguments) -> dict[str, Any]:
    """Describe one user; the e-mail address needs its own scope, the locale is told to who asks for it."""
    user = platform.workspace.user(arguments.required("user"))
    told = arguments.flag("include_locale") and not (user.team_id or user.deleted)
    locale = {"locale": user.locale} if told else {}
    return {"user": user_object(platform.workspace, user, email=_email(platform)) | locale}


def users_list(platform: Platform, arguments: Arguments) -> dict[str, Any]:
    """List everybody of this workspace, deactivated accounts included."""
    forms = [
        user_object(platform.workspace, user, email=_email(platform))
        for user in platform.workspace.users.values()
        if not user.team_id
    ]
    page, cursor = page_of(forms, arguments.text("cursor"), arguments.integer("limit", 200, 1_000))
    return {"members": page, "response_metadata": {"next_cursor": cursor}}


def users_lookup_by_email(platform: Platform, arguments: Arguments) -> dict[str, Any]:
    """Find an active user of this workspace by e-mail address."""
    email = arguments.required("email").lower()
    for user in platform.workspace.people:
        if user.email == email and not (user.team_id or user.deleted):
            return {"user": user_object(platform.workspace, user)}
    raise SlackError("users_not_found")


def _email(platform: Platform) -> bool:
    return "users:read.email" in platform.settings.scopes


METHODS = {
    "api.test": Method(api_test, "tier4", caller="anyone"),
    "auth.test": Method(auth_test, "special"),
    "apps.connections.open": Method(connections_open, "tier3", caller="app"),
    "team.info": Method(team_info, "tier3", "team:read", takes_json=False),
    "users.info": Method(users_info, "tier4", "users:read", takes_json=False),
    "users.list": Method(users_list, "tier2", "users:read", takes_json=False),
    "users.lookupByEmail": Method(users_lookup_by_email, "tier3", "users:read.email", takes_json=False),
}
