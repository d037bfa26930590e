"""The modal that asks for confirmation before a thread is forgotten.

https://docs.slack.dev/surfaces/modals
"""

from render import words
from render.blockkit.blocks import Block, modal, mrkdwn, section

CALLBACK = "forget"


def confirmation_modal(thread: str, link: str | None = None) -> Block:
    """Ask for confirmation; `thread` comes back with it.

    `link` leads to the thread where it is not the one in which the user is, empty if it is not known.
    """
    which = [] if link is None else [section(mrkdwn(words.threads.forget_latest(link)))]
    return modal(
        words.threads.FORGET_TITLE,
        [*which, section(mrkdwn(words.threads.FORGET_EXPLAINED))],
        words.threads.KEEP,
        submit=words.threads.FORGET,
        callback_id=CALLBACK,
        private_metadata=thread,
    )


def result_modal(sentence: str) -> Block:
    """Say in the same modal what came of it."""
    return modal(words.threads.FORGET_TITLE, [section(mrkdwn(sentence))], words.threads.CLOSE)
