"""What people think of answers: each person's rating is kept, and the latest one counts."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from redis.asyncio import Redis

from bot.question import Place, Question, Surface, published
from bot.store import scripts
from bot.store.keys import QUESTION_LIFETIME, Keys
from bot.store.questions import in_time
from bot.store.results import FeedbackResult
from genie.model import Rating

THUMBS = "thumbs"
"""The means of who presses below an answer; the others are names of reactions, and messages they are on."""
TOLD = "told"
"""Among the voices on an answer, what Genie was told last."""


@dataclass(frozen=True, slots=True)
class Feedback:
    """What somebody thinks of an answer, since `at` (microseconds since 1970, by Slack's clock)."""

    rating: Rating
    at: int = 0
    comment: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Rater:
    """Who rates which answer, and by what means: somebody may press a thumb and react, too."""

    question_id: str
    place: Place
    person: str
    means: str = THUMBS

    @property
    def name(self) -> str:
        """Return what tells this voice from the others on the same answer."""
        return f"{self.person} {self.means}"

    def order(self, opinion: Feedback) -> Question:
        """Return the order to tell what this voice says; saying it twice is one order."""
        return Question(
            id=f"{self.question_id}.rated.{self.person}.{opinion.at}",
            text="",
            place=self.place,
            asker=self.person,
            surface=Surface.MENU,
            about=self.question_id,
            wish=str(opinion.at) if opinion.comment else "",
        )


class FeedbackStore:
    """The door for ratings and what is kept of them."""

    def __init__(self, redis: "Redis", keys: Keys) -> None:
        """Keep ratings under `keys`, beside the questions."""
        self._redis, self._keys = redis, keys

    async def rate(self, voice: Rater, opinion: Feedback) -> FeedbackResult:
        """Keep an opinion and leave it to the worker, in one call; NotStored without Redis."""
        keys, order = self._keys, voice.order(opinion)
        return await in_time(
            scripts.record_feedback(
                self._redis,
                question_key=keys.question(voice.question_id),
                ratings_key=keys.ratings(voice.question_id),
                job_key=keys.question(order.id),
                due_key=keys.due,
                job_id=order.id,
                job=order.to_json(),
                rater=voice.name,
                at=opinion.at,
                rating=opinion.rating.value,
                comment=opinion.comment,
            )
        )

    async def note_answer(self, question_id: str, place: Place, thread: str, ts: str) -> None:
        """Remember in which message an answer stands, for reactions to it."""
        key = self._keys.answer(place, ts)
        await self._redis.set(key, f"{question_id} {thread}", px=QUESTION_LIFETIME)

    async def answer_in(self, place: Place, ts: str) -> tuple[str, str] | None:
        """Return the question that a message of ours answers, and its thread; NotStored without Redis."""
        stored = await in_time(self._redis.get(self._keys.answer(place, ts)))
        question_id, _, thread = str(stored or "").partition(" ")
        return (question_id, thread) if question_id else None

    async def of(self, question_id: str, person: str, at: int) -> Feedback | None:
        """Return what somebody said of an answer at one moment, if that stands, by whatever means it came."""
        voices = await self._all(question_id)
        said = [each for name, each in voices.items() if name.partition(" ")[0] == person and each.at == at]
        return next(iter(said), None)

    async def standing(self, question_id: str) -> Feedback:
        """Return the opinion that counts: the latest that stands, whoever gave it.

        What somebody posted for everybody is rated there, and as what it was in private.
        """
        voices = [*(await self._all(question_id)).items(), *(await self._all(published(question_id))).items()]
        standing = [each for name, each in voices if name != TOLD and each.rating is not Rating.NONE]
        return max(standing, key=lambda opinion: opinion.at, default=Feedback(Rating.NONE))

    async def told(self, question_id: str) -> Feedback | None:
        """Return what Genie was told last about an answer."""
        return (await self._all(question_id)).get(TOLD)

    async def note_told(self, question_id: str, opinion: Feedback) -> None:
        """Remember what Genie was told."""
        key = self._keys.ratings(question_id)
        async with self._redis.pipeline(transaction=True) as pipe:
            pipe.hset(key, TOLD, f"{opinion.at} {opinion.rating.value} {opinion.comment}")
            pipe.pexpire(key, QUESTION_LIFETIME)
            await pipe.execute()

    async def _all(self, question_id: str) -> Mapping[str, Feedback]:
        stored = await self._redis.hgetall(self._keys.ratings(question_id))
        return {str(name): _read(str(value)) for name, value in stored.items()}


def _read(stored: str) -> Feedback:
    at, rating, comment = stored.split(" ", 2)
    return Feedback(Rating(rating), int(at), comment)
