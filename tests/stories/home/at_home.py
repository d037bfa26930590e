"""What a person sees and does on the Home tab."""

from typing import Any

from sandbox.slack.state.records import View
from tests.stories.world import ADA, World, texts


def home(world: World, user: str = ADA) -> View:
    """Return what is published for a person."""
    return world.slack.workspace.homes[user]


def said(world: World, user: str = ADA) -> str:
    """Return all that a person can read there; nothing as long as nothing is published."""
    view = world.slack.workspace.homes.get(user)
    return "\n".join(texts(view.content["blocks"])) if view else ""


async def open_home(world: World, text: str, user: str = ADA) -> str:
    """Open the tab, and wait until it says something; return all that it says."""
    await world.slack.open_home(user)
    return await shows(world, text, user)


async def shows(world: World, text: str, user: str = ADA) -> str:
    """Wait until the tab says something; return all that it says."""
    await world.slack.until(lambda: text in said(world, user))
    return said(world, user)


async def press(world: World, action: str, user: str = ADA, **fields: Any) -> None:
    """Press the first button of an action there."""
    view = home(world, user)
    action_id = next(
        each["action_id"] for each in elements(view) if each["action_id"].partition(":")[0] == action
    )
    await world.slack.click_in_view(user, view.id, action_id, **fields)


def elements(view: View) -> list[dict[str, Any]]:
    """Return the buttons of a view, in their order."""
    found: list[dict[str, Any]] = []
    for block in view.content["blocks"]:
        found += [*block.get("elements", ()), *([block["accessory"]] if "accessory" in block else [])]
    return [each for each in found if "action_id" in each]


def modal(world: World, user: str = ADA) -> View | None:
    """Return the modal that a person looks at."""
    return next((view for view in world.slack.workspace.views.values() if view.user == user), None)
