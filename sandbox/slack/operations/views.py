"""Modals and Home tabs: checked, stacked, submitted and closed.

https://docs.slack.dev/surfaces/modals
"""

import json
import secrets
from collections.abc import Mapping
from typing import Any

from sandbox.slack.blocks.check import view_faults
from sandbox.slack.blocks.elements import plain
from sandbox.slack.blocks.shapes import Check, Review, anything, boolean, shape, string
from sandbox.slack.errors import SlackError
from sandbox.slack.operations import inputs, interactions
from sandbox.slack.operations.messages import with_ids
from sandbox.slack.platform import Platform
from sandbox.slack.state.objects import view_object
from sandbox.slack.state.records import View
from sandbox.slack.transport.outbox import NotAcknowledgedError

STACK = 3
VIEW_BYTES = 250_000
_SHARED: Mapping[str, Check] = {
    "callback_id": string(255, 0),
    "private_metadata": string(3_000, 0),
    "external_id": string(255, 0),
}
_MODAL = shape(
    {"type": string(10), "title": plain(24), "blocks": anything},
    {
        **_SHARED,
        "submit": plain(24),
        "close": plain(24),
        "clear_on_close": boolean,
        "notify_on_close": boolean,
        "submit_disabled": boolean,
    },
)
_HOME = shape({"type": string(10), "blocks": anything}, _SHARED)


def check_view(platform: Platform, content: Any, surface: str) -> dict[str, Any]:
    """Pass a view or raise what Slack answers; gives it with the ids that Slack adds."""
    review = Review()
    if not isinstance(content, dict) or content.get("type") != surface:
        raise SlackError("invalid_arguments", messages=(f"[ERROR] view must be a {surface}",))
    (_MODAL if surface == "modal" else _HOME)(content, "/view", review)
    faults = (*review.faults, *view_faults(content.get("blocks"), surface, platform.block_rules))
    blocks = [each for each in content.get("blocks", ()) if isinstance(each, dict)]
    if surface == "modal" and "submit" not in content and any(each.get("type") == "input" for each in blocks):
        faults = (*faults, "[ERROR] missing required field: submit [json-pointer:/view]")
    if faults:
        raise SlackError("invalid_arguments", messages=faults)
    if len(json.dumps(content).encode()) > VIEW_BYTES:
        raise SlackError("view_too_large")
    return content | {"blocks": list(with_ids(tuple(content["blocks"])))}


def stack(platform: Platform, user: str) -> list[View]:
    """Give the modals on a user's screen, the lowest first."""
    return [view for view in platform.workspace.views.values() if view.user == user]


def show(platform: Platform, user: str, content: dict[str, Any], *, push: bool) -> View:
    """Put a checked modal on a user's screen: a new stack, or on top of theirs."""
    below = stack(platform, user)
    if push and len(below) >= STACK:
        raise SlackError("push_limit_reached")
    if not push:
        for view in below:
            _take_away(platform, view)
        below = []
    id_ = platform.workspace.next_id("V")
    root = below[0].id if below else id_
    view = View(id_, user, content, new_hash(), root, below[-1].id if below else None)
    platform.workspace.views[id_] = view
    platform.changes.publish(type="view_opened", user=user, view=view_object(platform.workspace, view))
    return view


def replace_content(platform: Platform, view: View, content: dict[str, Any]) -> View:
    """Change a modal that is on the screen."""
    view.content, view.hash = content, new_hash()
    form = view_object(platform.workspace, view)
    platform.changes.publish(type="view_updated", user=view.user, view=form)
    return view


def publish(platform: Platform, user: str, content: dict[str, Any]) -> View:
    """Show a checked view on a user's Home tab."""
    before = platform.workspace.homes.get(user)
    id_ = before.id if before is not None else platform.workspace.next_id("V")
    view = View(id_, user, content, new_hash(), id_, app_home=True)
    platform.workspace.homes[user] = view
    platform.changes.publish(type="home", user=user, view=view_object(platform.workspace, view))
    return view


async def submit(platform: Platform, user: str, view_id: str, values: Mapping[str, Any]) -> dict[str, str]:
    """Submit a modal; gives the errors by block, none when it went through."""
    view = _own(platform, user, view_id)
    inputs.keep(view, values)
    if missing := inputs.missing(view):
        return dict.fromkeys(missing, "Please complete this required field.")
    payload = interactions.view_submission(platform, user, view)
    try:
        answer = await platform.outbox.once("interactive", payload)
    except NotAcknowledgedError:
        raise SlackError("operation_timeout") from None
    return _follow(platform, view, answer if isinstance(answer, dict) else {})


async def close(platform: Platform, user: str, view_id: str) -> None:
    """Close a modal; the app hears of it when it asked to."""
    view = _own(platform, user, view_id)
    _take_away(platform, view)
    if view.content.get("notify_on_close"):
        try:
            await platform.outbox.once("interactive", interactions.view_closed(platform, user, view))
        except NotAcknowledgedError:
            raise SlackError("operation_timeout") from None


def new_hash() -> str:
    """Give a view's new hash; it changes with every update."""
    return secrets.token_hex(8)


def _own(platform: Platform, user: str, view_id: str) -> View:
    view = platform.workspace.views.get(view_id)
    if view is None or view.user != user:
        raise SlackError("not_found")
    return view


def _take_away(platform: Platform, view: View) -> None:
    del platform.workspace.views[view.id]
    platform.changes.publish(type="view_closed", user=view.user, view_id=view.id)


def _follow(platform: Platform, view: View, answer: dict[str, Any]) -> dict[str, str]:
    action = answer.get("response_action")
    if action == "errors":
        return dict(answer["errors"])
    if action in ("update", "push"):
        content = check_view(platform, answer["view"], "modal")
        if action == "update":
            replace_content(platform, view, content)
        else:
            show(platform, view.user, content, push=True)
        return {}
    gone = stack(platform, view.user) if action == "clear" else [view]
    for each in gone:
        _take_away(platform, each)
    return {}
