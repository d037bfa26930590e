"""Drawing an answer in another way: what stands in the end is what was chosen last, however slow Slack is."""

import asyncio
from typing import cast

import pytest
from redis.asyncio import Redis

from bot.identity.identities import shared_identity
from bot.jobs.redraw_chart import RedrawChartJob
from bot.records.job import Job, JobKind
from bot.records.lease import JobLease
from bot.records.progress import State
from bot.records.question import Place
from bot.replies.chart_image import ChartImages
from bot.replies.compose import AnswerComposer
from bot.replies.load_answer import AnswerLoader
from bot.slack.messages import Messages
from bot.store.jobs import JobStore
from bot.store.scripts.script import LeaseLost
from genie.client import Genie
from genie.model import COMPLETED, Message, MessageRef
from render.blockkit.reply import Reply, Variant
from tests.redis.queue_moves import KEYS, Bot, question
from tests.redis.responses import Responses

pytestmark = pytest.mark.redis

REF = MessageRef("s", "c", "m")


class Slack:
    """A message that shows what was carried out last; an edit that is to be late waits until it may."""

    def __init__(self) -> None:
        self.shows = ""
        self.late = "donut"
        self.arrived, self.free = asyncio.Event(), asyncio.Event()

    async def show(self, _channel: str, _ts: str, reply: Reply, **_how: object) -> int:
        """Edit the message; who lets go meanwhile has sent it all the same."""
        if reply.text == self.late:
            self.arrived.set()
            try:
                await self.free.wait()
            finally:
                self.shows = reply.text
        self.shows = reply.text
        return 0


class Office:
    """A replica with one answer; what draws and reads is done with."""

    def __init__(self, redis: "Redis") -> None:
        self.bot, self.orders, self.slack = Bot(redis), JobStore(redis, KEYS), Slack()
        self.job = RedrawChartJob(
            queue=self.bot.queue,
            responder=Responses(self.bot).responder,
            loader=AnswerLoader(questions=self.bot.questions, genie_of=shared_identity(cast("Genie", self))),
            composer=cast("AnswerComposer", self),
            chart_images=cast("ChartImages", self),
            messages=cast("Messages", self.slack),
            jobs=self.orders,
        )

    async def open(self) -> "Office":
        """Have an answer."""
        await self.bot.questions.accept(question("1"))
        await self.bot.announce()
        [lease] = await self.bot.granted()
        await self.bot.queue.asked(lease, REF, poll_in=0)
        [lease] = await self.bot.claim(1)
        await self.bot.queue.finish(lease, State.DELIVERED)
        return self

    async def choose(self, wish: str) -> JobLease:
        """Choose from the menu, and hold the order."""
        place = Place("T1", "C1", "1")
        order = Job("o", JobKind.REDRAW_CHART, place, "UADA", about="T1.C1.1", payload=wish)
        await self.orders.redraw(order)
        return await self.take()

    async def take(self) -> JobLease:
        """Hold the order as soon as it is due."""
        while not (lease := await self.bot.claim_jobs(1)):  # noqa: ASYNC110 - Redis tells nobody
            await asyncio.sleep(0.01)
        return lease[0]

    async def message(self, ref: MessageRef) -> Message:
        """Have finished the message."""
        return Message(ref, COMPLETED)

    async def compose(self, *_about: object, wanted: str) -> Reply:
        """Answer with the name of the chart."""
        return Reply(wanted, (Variant((), 0),))

    async def chart_block(self, *_about: object) -> None:
        """Make no picture."""

    async def remove(self, _answered: object) -> None:
        """Take none away."""


@pytest.mark.parametrize("dropped", [False, True])
async def test_an_edit_that_comes_late_is_not_the_last_word(dropped: bool, redis: "Redis") -> None:  # noqa: FBT001
    """Slack may carry it out after a later one, even when we no longer wait for it: that is put right."""
    office = await Office(redis).open()
    late = asyncio.create_task(office.job.run(await office.choose("donut")))
    await office.slack.arrived.wait()
    await office.job.run(await office.choose("off"))
    assert office.slack.shows == "off"
    if dropped:
        late.cancel()
    else:
        office.slack.free.set()
    with pytest.raises(asyncio.CancelledError if dropped else LeaseLost):
        await late
    assert office.slack.shows == "donut"
    await office.job.run(await office.take())
    assert office.slack.shows == "off"
    assert await redis.zcard(KEYS.due) == 0


async def test_a_process_that_stops_leaves_its_order_to_the_next(redis: "Redis") -> None:
    """No other worker has its lease, which ends as every other."""
    office = await Office(redis).open()
    lease = await office.choose("donut")
    drawing = asyncio.create_task(office.job.run(lease))
    await office.slack.arrived.wait()
    drawing.cancel()
    with pytest.raises(asyncio.CancelledError):
        await drawing
    assert await redis.hget(KEYS.question("o"), "owner") == lease.owner


async def test_a_forgotten_order_is_not_carried_out_again(redis: "Redis") -> None:
    """What is gone stays gone."""
    office = await Office(redis).open()
    lease = await office.choose("donut")
    await redis.delete(KEYS.question("o"), KEYS.due)
    await office.orders.redraw_again(lease, 0)
    assert await redis.exists(KEYS.question("o"), KEYS.due) == 0
