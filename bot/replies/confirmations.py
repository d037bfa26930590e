"""What experts have said that is about an answer."""

import logging
from dataclasses import dataclass, field
from functools import partial

from bot.offload.executor import Executor, ExecutorError
from bot.records.progress import Progress, stands_alone
from bot.records.question import Question
from bot.slack.users import Person, Users
from bot.store.experts import ConfirmedStore, ReviewStore
from genie.model import Answer
from render.expert.model import Confirmation

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Said:
    """What experts have said."""

    confirmation: Confirmation | None = None
    similar: str = field(default="", repr=False)
    """A question in similar words that is confirmed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmations:
    """Finds what experts confirmed of this answer, or of a question in the same words in its space.

    Of a question that goes on in a conversation the same words may mean something else.
    """

    reviews: ReviewStore
    confirmed: ConfirmedStore
    users: Users
    executor: Executor

    async def about(self, question: Question, progress: Progress, answer: Answer, asker: Person) -> Said:
        """Return it; an expert's word about this very answer goes first."""
        review, team = await self.reviews.of(question.id), question.place.team
        if review and review.confirmed_sql:
            return Said(await self._of(team, review.expert, review.at, review.confirmed_sql, answer))
        if not stands_alone(question, progress):
            return Said()
        colleague = asker.known and not (asker.guest or asker.external)
        known = await self.confirmed.look(
            progress.space, progress.text, question.place.channel, colleague=colleague
        )
        if same := known.same:
            return Said(await self._of(same.team, same.by, same.at, same.sql, answer))
        return Said(similar=known.similar)

    async def _of(self, team: str, expert: str, at: int, sql: str, answer: Answer) -> Confirmation:
        names = await self.users.of(team, {expert}) if expert else {}
        written = answer.query.sql if answer.query else ""
        return Confirmation(by=names.get(expert, ""), at=at, sql=sql, same=await self._is_same(sql, written))

    async def _is_same(self, one: str, other: str) -> bool | None:
        """Tell whether two queries are the same; None where one is missing or cannot be read."""
        if not (one.strip() and other.strip()) or one.strip() == other.strip():
            return one.strip() == other.strip() or None
        try:
            return await self.executor.run_next(partial(_same_query, one, other))
        except ExecutorError as error:
            log.warning("query.not_compared", extra={"error": str(error)})
            return None


def _same_query(one: str, other: str) -> bool | None:
    from render.sql.same import same_query  # noqa: PLC0415 (sqlglot must not be loaded in the bot)

    return same_query(one, other)
