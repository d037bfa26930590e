"""What people, Genie and Redis have when everything has come to rest, in a form that two runs can share."""

import re
import time
from collections import Counter
from dataclasses import dataclass

from redis.asyncio import Redis

from bot.records.audit import PUBLISHED, QUESTION
from bot.records.watch import WatchKind
from bot.store.keys import DAY, Keys
from bot.store.oversight.audit import AuditTrail
from genie.model import Rating
from render import words
from sandbox.slack.state.records import File, Message
from tests.stories.world import World, kinds, words_of
from tests.stories.world import waiting as is_waiting

ABOUT_SIGNING_IN = (words.sign_in.YOUR_LINK.splitlines()[0], words.sign_in.BACK_SIGNED_IN)
"""How messages to people who sign in begin; where access is lost with a process, there are more of them."""
ASKED = frozenset({QUESTION, PUBLISHED})
"""Kinds of entries of the audit trail that are questions, which nobody can ask twice."""
TRAIL_BEGINS = round(time.time() * 1000) - DAY
OF_ONE_RUN = re.compile(
    r"https?://[^\s|>]+|127\.0\.0\.1:\d+|<!date[^>]+>|\b[0-9a-f]{16,}\b|\d{10}\.\d{6}|\babout \d+ (?:s|min)"
)
"""Addresses, ids and times, which are others in each run."""


@dataclass(frozen=True)
class EndState:
    """The end of a run; each part is sorted, as what happens at one time has no order."""

    messages: tuple[str, ...]
    """Each message as the first of its thread, its author, what can be read, and its files."""
    questions: tuple[str, ...]
    """Each message that Genie has got."""
    ratings: tuple[str, ...]
    """Each rating that Genie has, with its comment."""
    deleted: int
    """Conversations that were deleted in Genie."""
    audited: tuple[str, ...]
    """Each question, and each kind of click, that the audit trail names."""

    def faults(self) -> list[str]:
        """Return what may stand at no end, whatever was asked."""
        return [f"left standing: {message}" for message in self.messages if message.endswith("[waiting]")]

    def differences(self, expected: "EndState") -> list[str]:
        """Return what is there too often, and what is missing."""
        found: list[str] = []
        for name in ("messages", "questions", "ratings", "audited"):
            mine, theirs = Counter(getattr(self, name)), Counter(getattr(expected, name))
            found += [f"{name}, too many: {each}" for each in (mine - theirs).elements()]
            found += [f"{name}, missing: {each}" for each in (theirs - mine).elements()]
        if self.deleted != expected.deleted:
            found.append(f"{self.deleted} conversations deleted, not {expected.deleted}")
        return found


async def end_state(world: World, redis: "Redis") -> EndState:
    """Return what people, Genie and auditors have now."""
    genie, workspace = world.databricks, world.slack.workspace
    asked = [each for each in genie.questions() if each.message_id]
    deleted = {
        each.conversation_id for each in genie.request_log if each.kind == "delete" and each.status == 200
    }
    kept = [each for each in asked if each.conversation_id not in deleted]
    rated = [(each.content, *genie.feedback_on(each.conversation_id, each.message_id)) for each in kept]
    return EndState(
        messages=tuple(
            sorted(
                _line(world, each)
                for channel in workspace.messages.values()
                for each in channel.values()
                if not words_of(each).startswith(ABOUT_SIGNING_IN)
            )
        ),
        questions=tuple(sorted([*(each.content for each in asked), *(each.content for each in genie.runs)])),
        ratings=tuple(sorted(": ".join(each) for each in rated if each[1] != Rating.NONE)),
        deleted=len(deleted),
        audited=await _audited(world, redis),
    )


async def _audited(world: World, redis: "Redis") -> tuple[str, ...]:
    """Return the kind and the user of each entry; a click that a person repeated counts once."""
    trail = AuditTrail(redis, Keys(world.environment["REDIS_PREFIX"]))
    rows = [row.fields async for row in trail.rows(TRAIL_BEGINS, round(time.time() * 1000) + 1000)]
    asked = [f"{row['kind']} {row['user']}" for row in rows if row["kind"] in ASKED]
    clicks = {f"{row['kind']} {row['user']} {row['id']}" for row in rows if row["kind"] not in ASKED}
    return tuple(sorted([*asked, *(each.rpartition(" ")[0] for each in clicks)]))


def _line(world: World, message: Message) -> str:
    workspace = world.slack.workspace
    root = workspace.messages[message.channel].get(message.thread_ts or message.ts, message)
    files = [workspace.files[each].name for each in message.files]
    parts = (
        f"{message.channel} {_words(root)[:40]}" if root is not message else message.channel,
        message.user,
        _words(message),
        " ".join(kinds(message)),
        *sorted(files),
        *(["[waiting]"] if message.bot_id and is_waiting(message) else []),
    )
    return " | ".join(parts)


def _words(message: Message) -> str:
    return OF_ONE_RUN.sub("…", words_of(message)).replace("\n", " / ")


async def unfinished(world: World, redis: "Redis") -> list[str]:
    """Return what is still to be done: events, questions and jobs in any queue, files, lines of status."""
    keys, workspace = Keys(world.environment["REDIS_PREFIX"]), world.slack.workspace
    sent = [each for each in world.slack.deliveries if each.acked_at is None and not each.given_up]
    found = [f"not acknowledged: {each.type}" for each in sent]
    found += [f"due: {each}" for each in map(str, await redis.zrange(keys.due, 0, -1))]
    for kind in WatchKind:
        by_now = await redis.zrangebyscore(keys.watches_due(kind), "-inf", round(time.time() * 1000))
        found += [f"due by the clock: {each}" for each in map(str, by_now)]
    for line in (keys.line, keys.research_line):
        found += [f"in line: {each}" for each in map(str, await redis.zrange(line, 0, -1))]
    found += [f"file: {each.name}" for each in workspace.files.values() if _on_its_way(each)]
    found += [f"status: {text}" for text in workspace.statuses.values() if text]
    if not found:  # or it is too early for a look at every key
        lines = [key async for key in redis.scan_iter(match=f"*{keys.prefix}*:thread:*:line", count=1000)]
        waiting = [str(each) for key in lines for each in await redis.lrange(key, 0, -1)]
        found = [f"in the line of its thread: {each}" for each in waiting]
    return found


def _on_its_way(file: File) -> bool:
    return file.completed and not file.ready
