"""Asking experts and telling what they say: as the asker alone, once, and where nobody else reads along."""

from dataclasses import replace

import pytest
from redis.asyncio import Redis

from bot.identity.model import SlackUser
from bot.records.job import Job, JobKind
from bot.records.question import Place
from bot.store.results import EnqueueResult
from genie.errors import Unavailable
from genie.model import COMPLETED, Message, MessageRef
from render import words
from render.expert.model import ReviewState
from tests.redis.experts.office import DIRECT, EXPERTS, QUERY, Company, Office
from tests.redis.experts.test_reviews import ASKED, ID, says
from tests.redis.queue_moves import KEYS

pytestmark = pytest.mark.redis


async def test_a_card_has_the_query_and_no_row(redis: "Redis") -> None:
    """Genie is asked as who asked, for the query alone; in a private channel its words stay there."""
    company = Company()
    office = await Office(redis, company).open()
    await office.jobs.ask(await office.lease())
    [(channel, card)] = company.posted
    assert (channel, company.asked_as) == (EXPERTS, [SlackUser("T1", "UADA")])
    assert all(
        part in str(card.variants) for part in (ASKED.question, "Sums amount.", "SELECT 1", "x.example/C1/1")
    )
    review = await office.reviews.of(ID)
    assert review
    assert (review.card, review.asked.reuse, review.asked.stands_alone) == ("9.0", "channel", True)
    assert office.responses.outcomes == ["sent"]


async def test_a_card_that_is_gone_is_posted_anew(redis: "Redis") -> None:
    """It was deleted, or the experts have another channel; while it stands, who presses reads so."""
    company = Company()
    office = await Office(redis, company).open()
    for gone in (False, False, True):
        company.card_is_gone = gone
        await office.jobs.ask(await office.lease())
        await redis.delete(KEYS.question(f"{ID}.x"))
    assert [channel for channel, _ in company.posted] == [EXPERTS] * 2
    assert office.responses.texts == [words.experts.SENT, words.experts.ALREADY_SENT, words.experts.SENT]


async def test_a_thread_that_is_forgotten_meanwhile_has_no_card(
    redis: "Redis", monkeypatch: pytest.MonkeyPatch
) -> None:
    """While Genie is asked for the query, its words go: they come back nowhere."""
    company = Company()
    office = await Office(redis, company).open()
    lease, place = await office.lease(), Place("T1", "C1", "1")

    async def message(ref: MessageRef) -> Message:
        await redis.delete(KEYS.thread_line(place, "1"))
        forgetting = Job("forget", JobKind.FORGET, place, "UADA")
        assert await office.jobs_store.forget(forgetting) is EnqueueResult.ACCEPTED
        return Message(ref, COMPLETED, attachments=(QUERY,))

    monkeypatch.setattr(company, "message", message)
    await office.jobs.ask(lease)
    assert (company.posted, await office.reviews.of(ID)) == ([], None)
    assert office.responses.outcomes == ["forgotten"]


async def test_a_card_waits_for_the_end_of_its_question(redis: "Redis") -> None:
    """Who presses as soon as a failure is seen gets a card that names its cause."""
    company = Company()
    office = await Office(redis, company).open()
    await redis.hset(KEYS.question(ID), "state", "asked")
    await office.jobs.ask(await office.lease())
    assert (company.posted, await office.reviews.of(ID)) == ([], None)


@pytest.mark.parametrize("field", ["into", "after"])
async def test_a_follow_up_is_confirmed_for_itself_alone(redis: "Redis", field: str) -> None:
    """Its words do not say all of it, also where it goes on from an answer that was reused."""
    office = await Office(redis, Company()).open()
    await redis.hset(KEYS.question(ID), field, "revenue last year")
    await office.jobs.ask(await office.lease())
    review = await office.reviews.of(ID)
    assert review
    assert not review.asked.stands_alone


@pytest.mark.parametrize("where", [DIRECT, "C1"], ids=["direct messages", "a private channel"])
async def test_a_private_question_stays_where_outsiders_read_along(redis: "Redis", where: str) -> None:
    """The experts' channel has guests: nothing is posted, and the asker is told why."""
    company = Company(outsiders=[EXPERTS])
    office = await Office(redis, company).open(where)
    await office.jobs.ask(await office.lease(channel=where))
    assert (company.posted, office.responses.outcomes) == ([], ["outsiders"])
    assert office.responses.texts == [words.experts.OTHERS_THERE]
    assert await office.reviews.of(ID) is None


async def test_an_answer_is_marked_as_its_asker_or_not_at_all(redis: "Redis") -> None:
    """Never with the rights of the expert; who is signed out is not bothered, and is told all the same."""
    company = Company()
    office = await Office(redis, company).open()
    await office.reviews.open(ASKED)
    await says(redis, ReviewState.CONFIRMED)
    await office.jobs.tell(await office.lease(JobKind.REVIEW))
    assert {*company.asked_as} == {SlackUser("T1", "UADA")}
    assert [channel for channel, _ in company.posted] == ["C1"]
    assert (company.edited, office.responses.outcomes) == ([EXPERTS], ["confirmed"])


async def test_a_failure_stays_what_it_is(redis: "Redis") -> None:
    """A correction of a question that failed is told below it; there is no answer to compose anew."""
    company = Company()
    office = await Office(redis, company).open()
    await redis.hset(KEYS.question(ID), "outcome", "failed:blocked")
    await office.reviews.open(replace(ASKED, sql="", cause="blocked"))
    await says(redis, ReviewState.CORRECTED, sql="SELECT 2")
    await office.jobs.tell(await office.lease(JobKind.REVIEW))
    assert ([channel for channel, _ in company.posted], company.asked_as) == (["C1"], [])
    assert "answered this question" in company.posted[0][1].text


async def test_what_experts_say_goes_to_the_asker_where_others_came_in(redis: "Redis") -> None:
    """In direct messages, with the question; the answer in the channel stays as it is."""
    company = Company(outsiders=["C1"])
    office = await Office(redis, company).open()
    await office.reviews.open(ASKED)
    await says(redis, ReviewState.CONFIRMED)
    await office.jobs.tell(await office.lease(JobKind.REVIEW))
    [(channel, reply)] = company.posted
    assert (channel, ASKED.question in str(reply.variants)) == (DIRECT, True)
    assert company.asked_as == []


async def test_what_experts_say_reaches_the_asker_of_an_archived_channel(redis: "Redis") -> None:
    """In direct messages, with the question, as nothing can be posted in its thread."""
    company = Company(archived=["C1"])
    office = await Office(redis, company).open()
    await office.reviews.open(ASKED)
    await says(redis, ReviewState.UNANSWERED)
    await office.jobs.tell(await office.lease(JobKind.REVIEW))
    [(channel, reply)] = company.posted
    assert (channel, ASKED.question in str(reply.variants)) == (DIRECT, True)


async def test_nobody_is_told_that_an_expert_looks_at_what_is_decided(redis: "Redis") -> None:
    """Taken and confirmed before a worker tells of either, as while Slack is away: the end alone is told."""
    company = Company()
    office = await Office(redis, company).open()
    await office.reviews.open(ASKED)
    await says(redis, ReviewState.TAKEN)
    await says(redis, ReviewState.CONFIRMED)
    leases = {lease.job.payload: lease for lease in await office.bot.claim_jobs(10)}
    for state in (ReviewState.CONFIRMED, ReviewState.TAKEN):
        await office.jobs.tell(leases[state])
    [(_, reply)] = company.posted
    assert "confirmed this answer" in reply.text
    assert office.responses.outcomes == ["confirmed", "late"]


async def test_nobody_is_told_twice(redis: "Redis", monkeypatch: pytest.MonkeyPatch) -> None:
    """While Databricks is away the answer is marked later; the thread is not told again."""

    async def away(*_about: object, **_how: object) -> None:
        raise Unavailable

    company = Company()
    monkeypatch.setattr(company, "rows", away)
    office = await Office(redis, company).open()
    await office.reviews.open(ASKED)
    await says(redis, ReviewState.CONFIRMED)
    lease = await office.lease(JobKind.REVIEW)
    with pytest.raises(Unavailable):
        await office.jobs.tell(lease)
    await redis.hset(KEYS.question(lease.job.id), "owner", "dead")
    await redis.zadd(KEYS.due, {lease.job.id: 0})
    with pytest.raises(Unavailable):
        await office.jobs.tell(await office.lease(JobKind.REVIEW))
    assert len(company.posted) == 1
