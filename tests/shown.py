"""What stands in blocks, and what of it is alive: a mention, a link, something that nobody can see."""

import re
from collections.abc import Iterator
from typing import Any

DATE = re.compile(r"<!date\^\d+\^(?:\{[a-z_]+\}|[ ,a-z])+\|[\w ,:-]+>")
"""A time in the reader's own zone, as we write it."""
UNSEEN = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\U000e0000-\U000e007f]"
    "|(?:^|(?<=[\x00-\u05ff\u2000-\u206f\u3000-\ud7ff]))[\u200c\u200d]"
    "|[\u200c\u200d](?:$|[\x00-\u05ff\u2000-\u206f\u3000-\ud7ff])"
)
"""What nobody can see: also a joiner at an edge, beside another, or beside what joins with nothing."""
_LIVE_PARTS = frozenset(
    {"link", "user", "usergroup", "broadcast", "channel", "team", "emoji", "color", "markdown", "video"}
)
_OWN_KEYS = frozenset(
    {"value", "action_id", "block_id", "callback_id", "private_metadata", "url", "image_url"}
)
"""What nobody reads on the screen."""


def objects(value: Any, kind: str = "") -> Iterator[dict[str, Any]]:
    """Every object of one type, or of any, inside blocks."""
    if isinstance(value, dict):
        if not kind or value.get("type") == kind:
            yield value
        value = list(value.values())
    if isinstance(value, list | tuple):
        for inner in value:
            yield from objects(inner, kind)


def strings(value: Any) -> Iterator[str]:
    """Every string that a person is shown."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            if key not in _OWN_KEYS:
                yield from strings(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from strings(inner)


def foreign(mrkdwn: str, *people: str) -> list[str]:
    """Find all that Slack would bring to life in mrkdwn, but for our dates and mentions of these people."""
    for person in people:
        mrkdwn = mrkdwn.replace(f"<@{person}>", "")
    return re.findall(r"<[^<>]*>|[<>]|&(?!amp;|lt;|gt;)", DATE.sub("", mrkdwn))


def alive(blocks: Any, *people: str, urls: tuple[str, ...] = ()) -> list[str]:
    """Find all that is alive in blocks or views and not ours, and all that nobody can see."""
    found = []
    for each in objects(blocks):
        kind = str(each.get("type", ""))
        if kind in _LIVE_PARTS and each.get("url") not in urls:
            found.append(f"a part of type {kind}")
        if kind == "mrkdwn":
            found += foreign(each["text"], *people)
            found += [] if each.get("verbatim") else [f"not verbatim: {each['text'][:60]!r}"]
        if kind == "plain_text" and each.get("emoji") is not False:
            found.append(f"emoji are drawn: {each['text'][:60]!r}")
        if "url" in each and each["url"] not in urls:
            found.append(f"an address: {each['url'][:80]}")
    return found + [f"unseen: {text[:60]!r}" for text in strings(blocks) if UNSEEN.search(text)]


def without_marks(cell: str) -> str:
    """Take from a cell of a CSV the apostrophes that may mark as text what a spreadsheet would calculate."""
    return re.sub(r"(^|(?<=[;\t\r\n]))'+", "", cell)
