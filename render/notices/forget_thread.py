"""The modal in which somebody confirms that a thread is to be forgotten.

https://docs.slack.dev/surfaces/modals
"""

from typing import Any

from render import words
from render.blockkit.blocks import mrkdwn, plain, section
from render.text.limits import VIEW_TITLE

CALLBACK = "forget"


def confirm(thread: str) -> dict[str, Any]:
    """Ask once more; `thread` comes back with the answer."""
    return _modal(words.threads.FORGET_EXPLAINED, words.threads.KEEP) | {
        "callback_id": CALLBACK,
        "private_metadata": thread,
        "submit": plain(words.threads.FORGET, VIEW_TITLE),
    }


def told(sentence: str) -> dict[str, Any]:
    """Say in the same modal what became of it."""
    return _modal(sentence, words.threads.CLOSE)


def _modal(sentence: str, close: str) -> dict[str, Any]:
    return {
        "type": "modal",
        "title": plain(words.threads.FORGET_TITLE, VIEW_TITLE),
        "close": plain(close, VIEW_TITLE),
        "blocks": [section(mrkdwn(sentence))],
    }
