"""What stands in the inputs of a view: what was typed and chosen, or else what the app put there.

https://docs.slack.dev/reference/views/modal-views
"""

from collections.abc import Mapping
from typing import Any

from sandbox.slack.blocks.check import elements
from sandbox.slack.state.records import View

INITIAL = {
    "plain_text_input": ("value", "initial_value"),
    "number_input": ("value", "initial_value"),
    "static_select": ("selected_option", "initial_option"),
    "radio_buttons": ("selected_option", "initial_option"),
    "checkboxes": ("selected_options", "initial_options"),
    "multi_static_select": ("selected_options", "initial_options"),
    "users_select": ("selected_user", "initial_user"),
    "channels_select": ("selected_channel", "initial_channel"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
}
"""By type of an element: the field of its state, and the one with which the app fills it."""


def keep(view: View, values: Mapping[str, Mapping[str, Any]]) -> None:
    """Keep what a user typed and chose; a value alone stands for the state of a text field."""
    for block in view.content["blocks"]:
        for element in elements(block):
            given = values.get(block.get("block_id", ""), {}).get(element.get("action_id", ""))
            if given is not None and element["type"] in INITIAL:
                state = given if isinstance(given, dict) else {"value": given}
                typed = {"type": element["type"], **state}
                view.typed[block["block_id"], element["action_id"]] = typed


def state(view: View) -> dict[str, dict[str, Any]]:
    """Give `state.values` of a view.

    What was typed outlives an update of the view where block id and action id stay.
    """
    found: dict[str, dict[str, Any]] = {}
    for block in view.content["blocks"]:
        for element in elements(block):
            if names := INITIAL.get(element["type"]):
                name, initial = names
                empty: Any = [] if name == "selected_options" else None
                untouched = {"type": element["type"], name: element.get(initial, empty)}
                key = block["block_id"], element["action_id"]
                found.setdefault(key[0], {})[key[1]] = view.typed.get(key, untouched)
    return found


def missing(view: View) -> list[str]:
    """Give the required inputs that are empty."""
    values = state(view)
    return [
        block["block_id"]
        for block in view.content["blocks"]
        if block["type"] == "input"
        and not block.get("optional")
        and not _is_filled(values[block["block_id"]])
    ]


def _is_filled(actions: Mapping[str, Mapping[str, Any]]) -> bool:
    return any(part for entry in actions.values() for key, part in entry.items() if key != "type")
