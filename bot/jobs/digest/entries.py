"""What a digest says of each question."""

import asyncio
from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass, field, replace

from bot.failures.causes import by_word
from bot.records.progress import ANSWERED, FAILED, INCOMPLETE, STOPPED, Progress
from bot.records.question import Place, Question
from bot.records.same_words import same_words
from bot.slack.permalinks import message_link
from bot.store.experts import ConfirmedStore
from bot.store.feedback import Feedback, FeedbackStore
from bot.store.oversight.asked import AskedStore
from genie.errors import Fault
from genie.model import Rating
from render.digest.count import worth_confirming
from render.digest.model import BAD, GOOD, Entry, Fate

FATES = {
    "": Fate.RUNNING,
    ANSWERED: Fate.ANSWERED,
    INCOMPLETE: Fate.ANSWERED,
    STOPPED: Fate.WITHDRAWN,
    "withdrawn": Fate.WITHDRAWN,
}
"""By outcome; of a failed one the rest says why, and any other is no question that the bot takes."""
AT_ONCE = 100
"""Questions for which nobody else gets a turn."""
RATINGS = {Rating.POSITIVE: GOOD, Rating.NEGATIVE: BAD}


async def all_may_see(_place: Place) -> bool:
    """Show the words of each question that was not answered privately."""
    return True


@dataclass(frozen=True, slots=True, kw_only=True)
class Entries:
    """Reads what a digest says of questions; RedisError or NotStored without Redis."""

    asked: AskedStore
    feedback: FeedbackStore
    confirmed: ConfirmedStore
    space_name: Callable[[str], str]
    """By the id of a space; empty where there is but one."""
    testers: Collection[str] = ()
    """People whose questions and ratings are left out."""
    workspace_url: str = ""
    may_see: Callable[[Place], Awaitable[bool]] = all_may_see
    """Whether the words of what was asked in a place may be shown."""
    _known: dict[tuple[str, str], str] = field(default_factory=dict)
    """Confirmed SQL that was looked up, by space and words."""

    async def between(self, since: int, until: int) -> list[Entry]:
        """Return what was asked from `since` until before `until`, in milliseconds since 1970."""
        asked = await self.asked.between(since, until)
        counted = [each for each in asked.records if self._counts(*each)]
        gone = {question.id for question, progress in asked.records if progress.said_else}
        found: list[Entry] = []
        for number, each in enumerate(counted):
            if not number % AT_ONCE:
                await asyncio.sleep(0)
            stands = each[0].origin not in gone and not each[1].revision
            found.append(await self._entry(*each, rated=asked.is_rated(each[0].id), stands=stands))
        places = {id(entry): number for number, entry in enumerate(found)}
        for entry in await asyncio.to_thread(worth_confirming, found):
            number = places[id(entry)]
            sql = await self._confirmed(counted[number][1].space, entry.same)
            found[number] = replace(entry, confirmed=sql)
        return found

    def _counts(self, question: Question, progress: Progress) -> bool:
        """Tell whether a record is a question of somebody who is counted, and not a part or a copy of one."""
        copied = question.notice or question.published_from or question.result_of or progress.passed
        known = progress.outcome in FATES or progress.outcome.startswith(FAILED)
        return known and not copied and question.asker not in self.testers

    async def _entry(self, question: Question, progress: Progress, *, rated: bool, stands: bool) -> Entry:
        """Return what is told of a question; `stands`: its message was not deleted, and says it still."""
        place, failed = question.place, progress.outcome.startswith(FAILED)
        word = progress.outcome.removeprefix(FAILED) if failed else ""
        cause = by_word(word)
        stands &= progress.outcome != "withdrawn"  # which deletes some messages, too
        shown = stands and not place.is_direct and await self.may_see(place)
        rating = Feedback(Rating.NONE)
        if rated:
            rating = await self.feedback.effective(question.id, without=self.testers)
        return Entry(
            asked_at=progress.received_at,
            asker=question.queue_name,
            fate=Fate.UNANSWERED if failed else FATES[progress.outcome],
            space=self.space_name(progress.space),
            private=place.is_direct,
            scheduled=bool(question.scheduled),
            reused=bool(progress.reused),
            cause=word,
            why=cause.do if cause else "",
            by_genie=cause is not None and cause.fault is Fault.GENIE,
            seconds=None if progress.reused else _seconds(progress.asking_at, progress.ended_at),
            waited=progress.waited / 1000,
            rating=RATINGS.get(rating.rating, ""),
            reason=rating.comment if shown else "",
            words=progress.text if shown else "",
            same="" if progress.is_follow_up else same_words(progress.text),
            link=self._link(place, progress.ts) if shown else "",
        )

    def _link(self, place: Place, ts: str | None) -> str:
        return message_link(self.workspace_url, place.channel, place.thread or "", ts or "")

    async def _confirmed(self, space: str, words: str) -> str:
        """Return the SQL that experts have confirmed for a question."""
        if (space, words) not in self._known:
            found = await self.confirmed.find(space, words)
            self._known[space, words] = found.sql if found else ""
        return self._known[space, words]


def _seconds(begun: int, ended: int) -> float | None:
    return max(0, ended - begun) / 1000 if begun and ended else None
