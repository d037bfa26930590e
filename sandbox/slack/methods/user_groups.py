"""Who is in a user group: `usergroups.users.list`.

https://docs.slack.dev/reference/methods/usergroups.users.list
"""

from typing import Any

from sandbox.slack.errors import SlackError
from sandbox.slack.methods.arguments import Arguments
from sandbox.slack.methods.method import Method
from sandbox.slack.platform import Platform


def usergroups_users_list(platform: Platform, arguments: Arguments) -> dict[str, Any]:
    """List the members of a group; a disabled one is found only by who asks for such, too."""
    workspace = platform.workspace
    if not workspace.has_user_groups:
        raise SlackError("plan_upgrade_required")
    group = workspace.user_groups.get(arguments.required("usergroup"))
    if group is None or (group.disabled and not arguments.flag("include_disabled")):
        raise SlackError("no_such_subteam")
    return {"users": sorted(group.users)}


METHODS = {
    "usergroups.users.list": Method(usergroups_users_list, "tier2", "usergroups:read", takes_json=False),
}
