"""Text objects and interactive elements of Block Kit, and what Slack refuses about them.

https://docs.slack.dev/reference/block-kit/block-elements
"""

from collections.abc import Mapping
from typing import Any

from sandbox.slack.blocks.shapes import (
    Check,
    Review,
    address,
    boolean,
    both,
    choice,
    integer,
    items,
    number,
    shape,
    string,
    typed,
)

ID = string(255)
TYPE: Mapping[str, Check] = {"type": string(50)}


def plain(most: int) -> Check:
    """Accept a `plain_text` object."""
    return typed({"plain_text": shape({**TYPE, "text": string(most)}, {"emoji": boolean})})


def mrkdwn(most: int) -> Check:
    """Accept a `mrkdwn` or `plain_text` object."""
    return typed(
        {
            "plain_text": shape({**TYPE, "text": string(most)}, {"emoji": boolean}),
            "mrkdwn": shape({**TYPE, "text": string(most)}, {"verbatim": boolean}),
        }
    )


def slack_file(value: Any, pointer: str, review: Review) -> None:
    """Accept exactly one of `id` and `url` of a file that Slack has finished with."""
    shape({}, {"id": string(50), "url": string(3_000)})(value, pointer, review)
    if not isinstance(value, dict) or ("id" in value) == ("url" in value):
        review.fault(pointer, "must have exactly one of id or url")
    elif not review.file_ready(str(value.get("id") or value.get("url"))):
        review.fault(pointer, "invalid slack file")


def one_picture(value: Any, pointer: str, review: Review) -> None:
    """Accept exactly one of `image_url` and `slack_file`."""
    if isinstance(value, dict) and ("image_url" in value) == ("slack_file" in value):
        review.fault(pointer, "must have exactly one of image_url or slack_file")


def distinct_values(value: Any, pointer: str, review: Review) -> None:
    """Accept a list of options whose values differ."""
    values = [option.get("value") for option in value if isinstance(option, dict)]
    if len(set(map(str, values))) < len(values):
        review.fault(pointer, "option values must be unique")


CONFIRM = shape(
    {"title": plain(100), "text": mrkdwn(300), "confirm": plain(30), "deny": plain(30)},
    {"style": choice("primary", "danger")},
)
OPTION = shape({"text": mrkdwn(75), "value": string(150)}, {"description": plain(75), "url": address()})
OPTION_GROUP = shape({"label": plain(75), "options": items(OPTION, 100)})
USERS = items(string(50), 10)

BUTTON = shape(
    {**TYPE, "text": plain(75)},
    {
        "action_id": ID,
        "value": string(2_000),
        "url": address(),
        "style": choice("primary", "danger"),
        "confirm": CONFIRM,
        "accessibility_label": string(75),
        "visible_to_user_ids": USERS,
        "agent_prompt": string(4_000),
    },
)
_THUMB = shape({"text": plain(75), "value": string(2_000)}, {"accessibility_label": string(75)})
FEEDBACK = shape({**TYPE, "positive_button": _THUMB, "negative_button": _THUMB}, {"action_id": ID})
ICON_BUTTON = shape(
    {**TYPE, "icon": choice("trash"), "text": plain(75)},
    {
        "action_id": ID,
        "value": string(2_000),
        "confirm": CONFIRM,
        "accessibility_label": string(75),
        "visible_to_user_ids": USERS,
    },
)
OVERFLOW = shape(
    {**TYPE, "options": both(items(OPTION, 5), distinct_values)}, {"action_id": ID, "confirm": CONFIRM}
)
IMAGE = both(
    shape({**TYPE, "alt_text": string(2_000)}, {"image_url": address(), "slack_file": slack_file}),
    one_picture,
)
_COMMON: Mapping[str, Check] = {"action_id": ID, "confirm": CONFIRM, "focus_on_load": boolean}
_SELECT: Mapping[str, Check] = {**_COMMON, "placeholder": plain(150)}


def _options_or_groups(value: Any, pointer: str, review: Review) -> None:
    if isinstance(value, dict) and ("options" in value) == ("option_groups" in value):
        review.fault(pointer, "must have exactly one of options or option_groups")


_CHOICES: Mapping[str, Check] = {"options": items(OPTION, 100), "option_groups": items(OPTION_GROUP, 100)}
_MOST: Mapping[str, Check] = {"max_selected_items": integer(1, 100)}
STATIC_SELECT = both(shape(TYPE, {**_SELECT, **_CHOICES, "initial_option": OPTION}), _options_or_groups)
MULTI_STATIC_SELECT = both(
    shape(TYPE, {**_SELECT, **_CHOICES, **_MOST, "initial_options": items(OPTION, 100)}),
    _options_or_groups,
)
_INPUT: Mapping[str, Check] = {
    "action_id": ID,
    "placeholder": plain(150),
    "focus_on_load": boolean,
    "dispatch_action_config": shape({"trigger_actions_on": items(string(50), 2)}),
}
PLAIN_INPUT = shape(
    TYPE,
    {
        **_INPUT,
        "initial_value": string(3_000, 0),
        "multiline": boolean,
        "min_length": integer(0, 3_000),
        "max_length": integer(1, 3_000),
    },
)
NUMBER_INPUT = shape(
    {**TYPE, "is_decimal_allowed": boolean},
    {**_INPUT, "initial_value": string(50), "min_value": string(50), "max_value": string(50)},
)
_BOXES: Mapping[str, Check] = {**_COMMON, "initial_options": items(OPTION, 10), "initial_option": OPTION}
CHECKBOXES = shape({**TYPE, "options": both(items(OPTION, 10), distinct_values)}, _BOXES)
PICKERS: Mapping[str, Check] = {
    "datepicker": shape(TYPE, {**_SELECT, "initial_date": string(10)}),
    "timepicker": shape(TYPE, {**_SELECT, "initial_time": string(5), "timezone": string(50)}),
    "datetimepicker": shape(TYPE, {**_COMMON, "initial_date_time": number}),
    "users_select": shape(TYPE, {**_SELECT, "initial_user": string(50)}),
    "channels_select": shape(TYPE, {**_SELECT, "initial_channel": string(50)}),
    "conversations_select": shape(
        TYPE,
        {
            **_SELECT,
            "initial_conversation": string(50),
            "default_to_current_conversation": boolean,
            "filter": shape(
                {},
                {
                    "include": items(choice("im", "mpim", "private", "public"), 4),
                    "exclude_bot_users": boolean,
                    "exclude_external_shared_channels": boolean,
                },
            ),
        },
    ),
    "radio_buttons": CHECKBOXES,
    "checkboxes": CHECKBOXES,
    "static_select": STATIC_SELECT,
    "multi_static_select": MULTI_STATIC_SELECT,
}

ACTIONS = typed({"button": BUTTON, "overflow": OVERFLOW, **PICKERS})
ACCESSORY = typed({"button": BUTTON, "overflow": OVERFLOW, "image": IMAGE, **PICKERS})
CONTEXT = typed(
    {
        "image": IMAGE,
        "plain_text": plain(2_000),
        "mrkdwn": mrkdwn(2_000),
    }
)
CONTEXT_ACTIONS = typed({"feedback_buttons": FEEDBACK, "icon_button": ICON_BUTTON})
INPUTS = typed({"plain_text_input": PLAIN_INPUT, "number_input": NUMBER_INPUT, **PICKERS})
