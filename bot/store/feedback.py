"""Feedback on answers: each user's rating is kept, and the latest one counts."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from redis.asyncio import Redis

from bot.records.job import Job, JobKind, published
from bot.records.question import Place
from bot.store.keys import QUESTION_LIFETIME, Keys
from bot.store.questions import in_time
from bot.store.results import FeedbackResult
from bot.store.scripts import records
from genie.model import Rating

THUMBS = "thumbs"
"""Source of a rating made with the thumbs below an answer; for a reaction it is `"<name> <message ts>"`."""
SENT_TO_GENIE = "told"
"""Among the raters of an answer, the feedback that Genie got last."""


@dataclass(frozen=True, slots=True)
class Feedback:
    """A user's rating of an answer, made at `at` (microseconds since 1970, by Slack's clock)."""

    rating: Rating
    at: int = 0
    comment: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Rater:
    """Who rates which answer, and from which source: one user may press a thumb and react, too."""

    question_id: str
    place: Place
    user: str
    source: str = THUMBS

    @property
    def name(self) -> str:
        """Return what tells this rater from the others of the same answer."""
        return f"{self.user} {self.source}"

    def job(self, feedback: Feedback) -> Job:
        """Return the job to bring feedback to Genie; the same feedback is one job."""
        return Job(
            id=f"{self.question_id}.rated.{self.user}.{feedback.at}",
            kind=JobKind.FEEDBACK,
            place=self.place,
            user=self.user,
            about=self.question_id,
            payload=str(feedback.at) if feedback.comment else "",
        )


class FeedbackStore:
    """Stores ratings, and finds the one that counts."""

    def __init__(self, redis: "Redis", keys: Keys) -> None:
        """Keep ratings under `keys`, beside the questions."""
        self._redis, self._keys = redis, keys

    async def record(self, rater: Rater, feedback: Feedback) -> FeedbackResult:
        """Keep a rating and leave it to the worker, in one call; NotStored without Redis."""
        keys, job = self._keys, rater.job(feedback)
        return await in_time(
            records.record_feedback(
                self._redis,
                question_key=keys.question(rater.question_id),
                ratings_key=keys.ratings(rater.question_id),
                job_key=keys.question(job.id),
                due_key=keys.due,
                figures_key=keys.figures(feedback.at // 1000),
                job_id=job.id,
                job=job.to_json(),
                rater=rater.name,
                at=feedback.at,
                rating=feedback.rating.value,
                comment=feedback.comment,
            )
        )

    async def note_answer(self, question_id: str, place: Place, thread: str, ts: str) -> None:
        """Remember which message shows an answer, for reactions to it."""
        key = self._keys.answer(place, ts)
        await self._redis.set(key, f"{question_id} {thread}", px=QUESTION_LIFETIME)

    async def answer_in(self, place: Place, ts: str) -> tuple[str, str] | None:
        """Return the question that a message of ours answers, and its thread; NotStored without Redis."""
        stored = await in_time(self._redis.get(self._keys.answer(place, ts)))
        question_id, _, thread = str(stored or "").partition(" ")
        return (question_id, thread) if question_id else None

    async def of(self, question_id: str, user: str, at: int) -> Feedback | None:
        """Return the feedback that a user gave at one moment, from any source, if it is still there."""
        raters = await self._all(question_id)
        given = [each for name, each in raters.items() if name.partition(" ")[0] == user and each.at == at]
        return next(iter(given), None)

    async def effective(self, *questions: str, without: Collection[str] = ()) -> Feedback:
        """Return the feedback that counts: the latest on the answers of `questions` that was not taken back.

        An answer that was published is rated where it is public, and where it is private. Users `without` are
        left out.
        """
        left_out, found = {SENT_TO_GENIE, *without}, list[Feedback]()
        for each in (each for question in questions for each in (question, published(question))):
            raters = (await self._all(each)).items()
            found += [given for name, given in raters if name.partition(" ")[0] not in left_out]
        given = [each for each in found if each.rating is not Rating.NONE]
        return max(given, key=lambda feedback: feedback.at, default=Feedback(Rating.NONE))

    async def sent_to_genie(self, question_id: str) -> Feedback | None:
        """Return the feedback on an answer that Genie got last."""
        return (await self._all(question_id)).get(SENT_TO_GENIE)

    async def note_sent_to_genie(self, question_id: str, feedback: Feedback) -> None:
        """Remember the feedback that Genie got."""
        key = self._keys.ratings(question_id)
        async with self._redis.pipeline(transaction=True) as pipe:
            pipe.hset(key, SENT_TO_GENIE, f"{feedback.at} {feedback.rating.value} {feedback.comment}")
            pipe.pexpire(key, QUESTION_LIFETIME)
            await pipe.execute()

    async def _all(self, question_id: str) -> Mapping[str, Feedback]:
        stored = await self._redis.hgetall(self._keys.ratings(question_id))
        return {str(name): _read(str(value)) for name, value in stored.items()}


def _read(stored: str) -> Feedback:
    at, rating, comment = stored.split(" ", 2)
    return Feedback(Rating(rating), int(at), comment)
