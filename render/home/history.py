"""A person's last questions as a message, for who does not open the Home tab."""

from collections.abc import Sequence

from render import words
from render.blockkit.blocks import Block, channel, mrkdwn, section
from render.blockkit.reply import Reply, Variant
from render.blockkit.text_reply import text_reply
from render.home.model import Entry

SHOWN = 10


def history_reply(entries: Sequence[Entry]) -> Reply:
    """List the questions, newest first, each with the way to its thread."""
    if not entries:
        return text_reply(words.commands.NO_HISTORY)
    blocks: list[Block] = [section(mrkdwn(words.commands.HISTORY_TITLE))]
    blocks += [section(mrkdwn(_line(entry))) for entry in entries[:SHOWN]]
    return Reply(words.commands.HISTORY_TITLE, (Variant(tuple(blocks), len(blocks)),))


def described(entry: Entry) -> str:
    """Describe a question in mrkdwn: its words, how far it is, where it was asked, and when."""
    where = channel(entry.channel)
    parts = [words.home.in_channel(where)] if where else []
    parts += [words.home.PRIVATELY] if entry.private else []
    return words.home.asked(entry.text, entry.status, " · ".join(parts), entry.at)


def _line(entry: Entry) -> str:
    said = described(entry)
    return f"{said} · <{entry.link}|{words.commands.OPEN}>" if entry.link else said
