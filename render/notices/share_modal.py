"""The modal that names the readers of a private answer before it is shared.

https://docs.slack.dev/surfaces/modals
"""

from dataclasses import dataclass

from render import words
from render.blockkit.blocks import Block, channel, context, modal, mrkdwn, section

CALLBACK = "share_private"


@dataclass(frozen=True, slots=True, kw_only=True)
class Readers:
    """Who is in the channel to which an answer would go; None where that is not known."""

    channel: str
    people: int | None = None
    guests: int | None = None
    companies: int | None = None


def confirmation_modal(readers: Readers, about: str, *, own_rights: bool) -> Block:
    """Name the readers and whose rights were used; `about` comes back with the decision."""
    rights = words.readers.YOUR_RIGHTS if own_rights else words.readers.OF_THE_BOT
    seen = words.readers.will_see(channel(readers.channel), readers.people, readers.guests)
    return modal(
        words.readers.TITLE,
        [
            section(mrkdwn(seen)),
            *(section(mrkdwn(warning)) for warning in _warnings(readers)),
            context(mrkdwn(rights)),
        ],
        words.readers.CANCEL,
        submit=words.readers.SHARE,
        callback_id=CALLBACK,
        private_metadata=about,
    )


def _warnings(readers: Readers) -> list[str]:
    if readers.companies is None and readers.guests is None:
        return [words.readers.UNKNOWN]
    companies = [words.readers.of_companies(readers.companies)] if readers.companies else []
    return companies + ([words.readers.MAY_HAVE_GUESTS] if readers.guests is None else [])


def result_modal(sentence: str) -> Block:
    """Say in the same modal what came of it."""
    return modal(words.readers.TITLE, [section(mrkdwn(sentence))], words.readers.CLOSE)
