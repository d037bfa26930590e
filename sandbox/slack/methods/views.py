"""`views.*`: opening, changing and stacking modals, and the Home tab.

https://docs.slack.dev/reference/methods/views.open
"""

from typing import Any

from sandbox.slack.errors import SlackError
from sandbox.slack.methods.arguments import Arguments
from sandbox.slack.methods.method import Method
from sandbox.slack.operations import views
from sandbox.slack.platform import Platform
from sandbox.slack.state.objects import view_object
from sandbox.slack.state.records import View


def open_(platform: Platform, arguments: Arguments) -> dict[str, Any]:
    """Open a modal for the person whose click or command gave the trigger."""
    return _show(platform, arguments, push=False)


def push(platform: Platform, arguments: Arguments) -> dict[str, Any]:
    """Put a modal on top of the open one."""
    return _show(platform, arguments, push=True)


def update(platform: Platform, arguments: Arguments) -> dict[str, Any]:
    """Change an open modal."""
    content = _checked(platform, arguments, "modal")
    wanted = arguments.text("view_id")
    external = arguments.text("external_id")
    for view in platform.workspace.views.values():
        if view.id == wanted or (external and view.content.get("external_id") == external):
            _same_hash(arguments, view)
            return _answer(platform, views.replace_content(platform, view, content))
    raise SlackError("not_found")


def publish(platform: Platform, arguments: Arguments) -> dict[str, Any]:
    """Show a view on a user's Home tab."""
    user = platform.workspace.user(arguments.required("user_id")).id
    content = _checked(platform, arguments, "home")
    before = platform.workspace.homes.get(user)
    if before is not None:
        _same_hash(arguments, before)
    return _answer(platform, views.publish(platform, user, content))


def _show(platform: Platform, arguments: Arguments, *, push: bool) -> dict[str, Any]:
    content = _checked(platform, arguments, "modal")
    user = platform.triggers.use(arguments.required("trigger_id"))
    return _answer(platform, views.show(platform, user, content, push=push))


def _checked(platform: Platform, arguments: Arguments, surface: str) -> dict[str, Any]:
    return views.check_view(platform, arguments.data("view", "invalid_arguments"), surface)


def _same_hash(arguments: Arguments, view: View) -> None:
    if arguments.text("hash") not in ("", view.hash):
        raise SlackError("hash_conflict")


def _answer(platform: Platform, view: View) -> dict[str, Any]:
    return {"view": view_object(platform.workspace, view)}


METHODS = {
    "views.open": Method(open_, "tier4"),
    "views.push": Method(push, "tier4"),
    "views.update": Method(update, "tier4"),
    "views.publish": Method(publish, "tier4"),
}
