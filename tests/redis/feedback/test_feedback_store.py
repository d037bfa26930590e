"""What people think of answers, as Redis keeps it: whatever comes late, twice or out of order."""

import pytest
from redis.asyncio import Redis

from bot.records.progress import State
from bot.records.question import Place
from bot.store.feedback import Feedback, FeedbackStore, Rater
from bot.store.results import FeedbackResult
from genie.model import MessageRef, Rating
from tests.redis.queue_moves import KEYS, Bot, question

pytestmark = pytest.mark.redis

PLACE = Place("T1", "C1", "1")
ID = "T1.C1.1"
ADA, BEN = Rater(ID, PLACE, "UADA"), Rater(ID, PLACE, "UBEN")
ADAS_REACTION = Rater(ID, PLACE, "UADA", "+1::skin-tone-2")
GOOD, BAD, NONE = Rating.POSITIVE, Rating.NEGATIVE, Rating.NONE
TAKEN, CHANGED, ALREADY, UNKNOWN = (
    FeedbackResult.RECORDED,
    FeedbackResult.CHANGED,
    FeedbackResult.UNCHANGED,
    FeedbackResult.UNKNOWN,
)
NOW = 1_795_324_546_109_225


@pytest.fixture
async def ratings(redis: "Redis") -> FeedbackStore:
    """Have one answer that can be rated."""
    bot = Bot(redis)
    await bot.questions.accept(question("1"))
    await bot.announce()
    [lease] = await bot.granted()
    await bot.queue.asked(lease, MessageRef("s", "c", "m"), poll_in=0)
    [lease] = await bot.claim(1)
    await bot.queue.finish(lease, State.DELIVERED)
    return FeedbackStore(redis, KEYS)


Said = tuple[Rater, Rating, int, FeedbackResult]

COURSES: list[tuple[list[Said], tuple[Rating, int], int]] = [
    ([(ADA, GOOD, 1, TAKEN)], (GOOD, 1), 1),
    ([(ADA, GOOD, 1, TAKEN), (ADA, GOOD, 2, ALREADY)], (GOOD, 1), 1),
    ([(ADA, GOOD, 1, TAKEN), (ADA, GOOD, 1, ALREADY)], (GOOD, 1), 1),
    ([(ADA, GOOD, 1, TAKEN), (ADA, BAD, 2, CHANGED)], (BAD, 2), 2),
    ([(ADA, BAD, 2, TAKEN), (ADA, GOOD, 1, ALREADY)], (BAD, 2), 1),
    ([(ADA, GOOD, 1, TAKEN), (BEN, BAD, 2, TAKEN), (ADA, GOOD, 3, ALREADY)], (BAD, 2), 2),
    ([(BEN, BAD, 2, TAKEN), (ADA, GOOD, 1, TAKEN)], (BAD, 2), 2),
    ([(ADA, GOOD, 1, TAKEN), (BEN, BAD, 2, TAKEN), (BEN, NONE, 3, CHANGED)], (GOOD, 1), 3),
    ([(ADA, GOOD, 1, TAKEN), (ADA, NONE, 2, CHANGED)], (NONE, 0), 2),
    ([(ADA, NONE, 2, ALREADY), (ADA, GOOD, 1, ALREADY)], (NONE, 0), 0),
    ([(ADA, GOOD, 1, TAKEN), (ADA, NONE, 2, CHANGED), (ADA, GOOD, 1, ALREADY)], (NONE, 0), 2),
    ([(ADA, BAD, 1, TAKEN), (ADAS_REACTION, GOOD, 2, TAKEN), (ADAS_REACTION, NONE, 3, CHANGED)], (BAD, 1), 3),
]


@pytest.mark.parametrize(("course", "stands", "orders"), COURSES)
async def test_the_latest_that_stands_counts(
    course: list[Said], stands: tuple[Rating, int], orders: int, ratings: FeedbackStore, redis: "Redis"
) -> None:
    """Each voice has one rating, older news is void, and each change is one order to tell Genie."""
    for voice, rating, at, outcome in course:
        assert await ratings.record(voice, Feedback(rating, NOW + at)) is outcome
    standing = await ratings.effective(ID)
    assert (standing.rating, max(standing.at - NOW, 0)) == stands
    assert await redis.zcard(KEYS.due) == orders


async def test_a_reason_follows_its_rating(ratings: FeedbackStore) -> None:
    """Words come with the rating they belong to, in any script; pressed again without, they stay."""
    words = "Q4 fehlt:\n  12 < 13 “%s” 売上 "
    await ratings.record(ADA, Feedback(BAD, NOW))
    assert await ratings.record(ADA, Feedback(BAD, NOW + 1, words)) is CHANGED
    assert await ratings.record(ADA, Feedback(BAD, NOW + 2)) is ALREADY
    assert (
        await ratings.of(ID, "UADA", NOW + 1) == await ratings.effective(ID) == Feedback(BAD, NOW + 1, words)
    )
    assert await ratings.record(ADA, Feedback(BAD, NOW + 1, words)) is ALREADY


async def test_what_genie_was_told_is_no_voice(ratings: FeedbackStore) -> None:
    """It is kept beside the ratings, and never stands itself."""
    assert await ratings.sent_to_genie(ID) is None
    await ratings.note_sent_to_genie(ID, Feedback(GOOD, NOW))
    assert await ratings.sent_to_genie(ID) == Feedback(GOOD, NOW)
    assert await ratings.effective(ID) == Feedback(NONE)


async def test_only_answers_are_rated(ratings: FeedbackStore, redis: "Redis") -> None:
    """Of a question that is forgotten, unknown or not yet asked, nothing is kept."""
    await Bot(redis).questions.accept(question("2"))
    await redis.hdel(KEYS.question(ID), "question")
    for name in ("1", "2", "3"):
        voice = Rater(f"T1.C1.{name}", PLACE, "UADA")
        assert await ratings.record(voice, Feedback(GOOD, NOW)) is UNKNOWN
        assert not await redis.exists(KEYS.ratings(voice.question_id))


async def test_a_message_leads_to_its_question(ratings: FeedbackStore) -> None:
    """Reactions name a message and no thread; another channel's message of the same time is another one."""
    await ratings.note_answer(ID, PLACE, "1.0", "2.0")
    assert await ratings.answer_in(Place("T1", "C1", None), "2.0") == (ID, "1.0")
    assert await ratings.answer_in(Place("T1", "C2", None), "2.0") is None


async def test_ratings_are_counted_for_the_days_as_they_stand(ratings: FeedbackStore, redis: "Redis") -> None:
    """One that is changed counts as what it is now, one that is taken back not at all."""
    given = [(ADA, GOOD), (BEN, BAD), (BEN, BAD), (ADAS_REACTION, BAD), (ADA, BAD), (ADAS_REACTION, NONE)]
    for at, (rater, rating) in enumerate(given):
        await ratings.record(rater, Feedback(rating, NOW + at))
    counted = await redis.hgetall(KEYS.figures(NOW // 1000))
    assert {name: count for name, count in counted.items() if count != "0"} == {"NEGATIVE": "2"}
