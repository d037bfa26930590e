"""The modal in which somebody confirms that a thread is to be forgotten.

https://docs.slack.dev/surfaces/modals
"""

from typing import Any

from render import words_conversation as words
from render.blocks import mrkdwn, plain, section
from render.limits import VIEW_TITLE

CALLBACK = "forget"


def confirm(thread: str) -> dict[str, Any]:
    """Ask once more; `thread` comes back with the answer."""
    return _modal(words.FORGET_EXPLAINED, words.KEEP) | {
        "callback_id": CALLBACK,
        "private_metadata": thread,
        "submit": plain(words.FORGET, VIEW_TITLE),
    }


def told(sentence: str) -> dict[str, Any]:
    """Say in the same modal what became of it."""
    return _modal(sentence, words.CLOSE)


def _modal(sentence: str, close: str) -> dict[str, Any]:
    return {
        "type": "modal",
        "title": plain(words.FORGET_TITLE, VIEW_TITLE),
        "close": plain(close, VIEW_TITLE),
        "blocks": [section(mrkdwn(sentence))],
    }
