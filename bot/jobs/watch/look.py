"""Looks at a watched answer again: runs its stored SQL, which asks no question, and compares."""

from dataclasses import dataclass, field, replace
from functools import partial

from bot.identity.model import GenieOf
from bot.offload.executor import Executor
from bot.records.progress import Progress, State
from bot.records.question import Question, Surface
from bot.records.watch import StoredWatch, Watch
from bot.replies.chart_image import ChartImages
from bot.replies.compose import AnswerComposer
from bot.replies.query_reader import QueryReader
from bot.slack.users import Users
from bot.store.people import PeopleStore
from genie.errors import NotFound
from genie.model import Answer, Message, Query, Table
from genie.protocol.answer import select_answer
from render.blockkit.blocks import Block
from render.columns.read import read_result
from render.sql.model import QueryReading
from render.text.locales import Locale
from render.watch.compare import baseline, compare
from render.watch.model import Baseline, Condition, When
from render.watch.told import Watched, sentence


@dataclass(frozen=True, slots=True)
class FingerprintKey:
    """With which what is kept of results is made, so that nobody who reads Redis can guess at rows."""

    secret: bytes = field(repr=False)
    mark: str
    """Tells this key from another one, and nothing about it."""


@dataclass(frozen=True, slots=True)
class Looked:
    """What a look found."""

    answer: Answer
    baseline: Baseline
    sentence: str
    """What there is to tell; empty where there is nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """Reads the rows as the owner of a watch, and makes the picture of what it tells."""

    genie_of: GenieOf
    query_reader: QueryReader
    executor: Executor
    composer: AnswerComposer
    chart_images: ChartImages
    users: Users
    people: PeopleStore
    key: FingerprintKey

    async def look(self, stored: StoredWatch, now: int) -> Looked:
        """Read the rows and compare them with what is kept; GenieError, NotSignedIn or ExecutorError."""
        watch, saved = stored.watch, stored.progress
        answer = await self._read(watch)
        table = answer.table or Table((), ())
        # A condition is met or not with any key; whether rows changed is known with the same one alone.
        comparable = saved.key == self.key.mark or watch.condition.when is When.CROSSES
        work = partial(
            compared,
            table,
            await self.query_reader.reading_of(answer),
            saved.baseline if comparable else None,
            key=self.key.secret,
            condition=watch.condition,
            at=now,
            locale=await self._locale(watch),
        )
        found, said = await self.executor.run(work)
        is_first = not saved.done and watch.condition.when is When.EACH_TIME
        return Looked(answer, found, "" if is_first else said)

    async def picture(self, watch: Watch, answer: Answer) -> Block | None:
        """Return the chart that the thread of a watch has, with the new rows; None where it has none."""
        progress = Progress(state=State.SHOWN, thread=watch.place.thread, text=watch.text, space=watch.space)
        asked = Question(watch.about, watch.text, watch.place, watch.owner.id, Surface.BUTTON)
        shown = await self.composer.compose(asked, progress, answer)
        return await self.chart_images.chart_block(watch.ref, shown.picture, watch.owner)

    async def _read(self, watch: Watch) -> Answer:
        genie = self.genie_of(watch.owner)
        message = await genie.message(watch.ref)
        answer = select_answer(_with_query(message, watch.attachment))
        if answer.query is None:
            raise NotFound
        self.query_reader.begin(answer.query.sql)
        table = await genie.rows(watch.ref, answer.query, expired=True)
        # Genie's own chart is of the rows that there were.
        return replace(answer, table=table, visualization=None, read_at=None)

    async def _locale(self, watch: Watch) -> Locale:
        team, owner = watch.owner.team, watch.owner.id
        reader = await self.users.person(team, owner)
        return (await self.people.preferences(team, owner)).locale(reader.locale)


def compared(
    table: Table,
    query: QueryReading,
    before: Baseline | None,
    *,
    key: bytes,
    condition: Condition,
    at: int,
    locale: Locale,
) -> tuple[Baseline, str]:
    """Return what is to be kept of a result, and what there is to tell of it."""
    reading = read_result(table, query)
    now = baseline(table, reading, key, query=query, condition=condition, at=at)
    change = compare(before, now, condition)
    return now, sentence(change, Watched(table, reading, locale), condition) if change else ""


def _with_query(message: Message, attachment: str) -> Message:
    """Leave one query in a message that has several, where it is known which."""
    if not attachment:
        return message
    kept = (
        each
        for each in message.attachments
        if not isinstance(each, Query) or each.attachment_id == attachment
    )
    return replace(message, attachments=tuple(kept))
