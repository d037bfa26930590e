"""What an app wrote, as people see it: its blocks or else its text, and its attachments; in Slack's own form.

https://docs.slack.dev/reference/block-kit/blocks, https://docs.slack.dev/messaging/formatting-message-text
"""

from collections.abc import Iterator, Mapping
from typing import Any

from genie.protocol.coerce import as_text
from render.text.escape import escape

UNREADABLE = "This content can't be displayed."
"""What Slack gives as the text of a message whose blocks it cannot put into words."""
TEXTS = frozenset({"mrkdwn", "plain_text"})
LINES = frozenset({"rich_text", "rich_text_list"})
"""Elements of rich text whose parts stand below one another."""


def app_text(message: Mapping[str, Any]) -> str:
    """Return the words of an app's message; where it has blocks, its text is for notifications alone."""
    text = as_text(message.get("text"))
    parts = [_blocks(message) or (text if text != UNREADABLE else "")]
    for attachment in message.get("attachments") or ():
        parts += [*_parts(attachment)] or [as_text(attachment.get("fallback"))]
    return "\n".join(dict.fromkeys(part for part in parts if part))


def _parts(attachment: Mapping[str, Any]) -> Iterator[str]:
    """Yield the texts of an attachment in the order in which Slack shows them."""
    for name in ("pretext", "title", "text"):
        if text := as_text(attachment.get(name)):
            yield text
    for pair in attachment.get("fields") or ():
        yield ": ".join(filter(None, (as_text(pair.get("title")), as_text(pair.get("value")))))
    if text := _blocks(attachment):
        yield text


def _blocks(message: Mapping[str, Any]) -> str:
    return "\n".join(line for block in message.get("blocks") or () for line in _lines(block) if line)


def _lines(block: Mapping[str, Any]) -> Iterator[str]:
    """Yield the texts of a block; buttons and menus are no words of the message."""
    if block.get("type") == "rich_text":
        yield _rich(block)
    elif block.get("type") == "markdown":
        yield as_text(block.get("text"))
    else:
        for part in (block.get("text"), *(block.get("fields") or ()), *(block.get("elements") or ())):
            if isinstance(part, Mapping) and part.get("type") in TEXTS:
                yield as_text(part.get("text"))


def _rich(element: Mapping[str, Any]) -> str:
    """Write rich text in the form that the text of a message has."""
    kind = as_text(element.get("type"))
    if "elements" in element:
        return ("\n" if kind in LINES else "").join(map(_rich, element["elements"]))
    text, url = escape(as_text(element.get("text"))), as_text(element.get("url"))
    written = {
        "user": f"<@{element.get('user_id')}>",
        "usergroup": f"<!subteam^{element.get('usergroup_id')}>",
        "channel": f"<#{element.get('channel_id')}>",
        "broadcast": f"<!{element.get('range')}>",
        "emoji": f":{element.get('name')}:",
        "link": f"<{url}|{text}>" if text else f"<{url}>",
        "date": escape(as_text(element.get("fallback"))),
    }
    return written.get(kind, text)
