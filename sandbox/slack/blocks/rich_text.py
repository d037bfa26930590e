"""The `rich_text` block: sections, lists, quotes and preformatted text.

https://docs.slack.dev/reference/block-kit/blocks/rich-text-block
"""

from collections.abc import Mapping
from typing import Any

from sandbox.slack.blocks.shapes import (
    Check,
    Review,
    anything,
    boolean,
    choice,
    integer,
    items,
    shape,
    string,
    typed,
)

_TYPE: Mapping[str, Check] = {"type": string(50)}
_ID = string(50)
_STYLE = shape(
    {},
    {
        "bold": boolean,
        "italic": boolean,
        "strike": boolean,
        "code": boolean,
        "underline": boolean,
        "highlight": boolean,
        "client_highlight": boolean,
        "unlink": boolean,
    },
)
_STYLED: Mapping[str, Check] = {"style": _STYLE}
_LONGEST = 13_200

TEXT = shape({**_TYPE, "text": string(_LONGEST)}, _STYLED)
LINK = shape({**_TYPE, "url": string(3_000)}, {**_STYLED, "text": string(_LONGEST), "unsafe": boolean})
_INLINE = typed(
    {
        "text": TEXT,
        "link": LINK,
        "emoji": shape(
            {**_TYPE, "name": string(100)}, {**_STYLED, "unicode": string(50), "skin_tone": integer(1, 6)}
        ),
        "user": shape({**_TYPE, "user_id": _ID}, _STYLED),
        "channel": shape({**_TYPE, "channel_id": _ID}, _STYLED),
        "usergroup": shape({**_TYPE, "usergroup_id": _ID}, _STYLED),
        "broadcast": shape({**_TYPE, "range": choice("here", "channel", "everyone")}, _STYLED),
        "color": shape({**_TYPE, "value": string(20)}, _STYLED),
        "date": shape(
            {**_TYPE, "timestamp": integer(0, 10**11), "format": string(500)},
            {**_STYLED, "url": string(3_000), "fallback": string(500)},
        ),
    }
)
_SOME = 1_000
SECTION = shape({**_TYPE, "elements": items(_INLINE, _SOME, 0)})
PREFORMATTED = shape(
    {**_TYPE, "elements": items(typed({"text": TEXT, "link": LINK}), _SOME, 0)},
    {"border": integer(0, 1), "language": string(50)},
)
QUOTE = shape({**_TYPE, "elements": items(_INLINE, _SOME, 0)}, {"border": integer(0, 1)})
LIST = shape(
    {
        **_TYPE,
        "style": choice("bullet", "ordered"),
        "elements": items(typed({"rich_text_section": SECTION}), _SOME, 0),
    },
    {"indent": integer(0, 8), "offset": integer(0, 10**6), "border": integer(0, 1)},
)
ELEMENTS = items(
    typed(
        {
            "rich_text_section": SECTION,
            "rich_text_preformatted": PREFORMATTED,
            "rich_text_quote": QUOTE,
            "rich_text_list": LIST,
        }
    ),
    _SOME,
)
RICH_TEXT = shape({**_TYPE, "elements": ELEMENTS}, {"block_id": string(255)})


def cell(value: Any, pointer: str, review: Review) -> None:
    """Accept rich text as the content of a table's cell."""
    shape({**_TYPE, "elements": ELEMENTS}, {"block_id": anything})(value, pointer, review)


def written(value: Any) -> str:
    """Give all the text inside a rich text object, for counting."""
    if isinstance(value, dict):
        own = value.get("text", "")
        return (own if isinstance(own, str) else "") + "".join(map(written, value.get("elements", ())))
    return ""
