"""The `rich_text` block that Slack adds to what a person writes."""

import html
import re
from typing import Any

_TOKEN = re.compile(r"<(?P<mark>[@#!]?)(?P<body>[^<>|]+)(?:\|(?P<label>[^<>]*))?>")


def rich_text(text: str, block_id: str) -> dict[str, Any]:
    """Turn the text of a message, escaped as in an event, into its rich text block."""
    section = {"type": "rich_text_section", "elements": _elements(text)}
    return {"type": "rich_text", "block_id": block_id, "elements": [section]}


def _elements(text: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    end = 0
    for token in _TOKEN.finditer(text):
        found += _plain(text[end : token.start()])
        found.append(_special(token["mark"], token["body"], token["label"]))
        end = token.end()
    return found + _plain(text[end:])


def _plain(text: str) -> list[dict[str, Any]]:
    return [{"type": "text", "text": html.unescape(text)}] if text else []


def _special(mark: str, body: str, label: str | None) -> dict[str, Any]:
    if mark == "@":
        return {"type": "user", "user_id": body}
    if mark == "#":
        return {"type": "channel", "channel_id": body}
    if mark == "!":
        return {"type": "broadcast", "range": body}
    return {"type": "link", "url": html.unescape(body)} | ({"text": html.unescape(label)} if label else {})
