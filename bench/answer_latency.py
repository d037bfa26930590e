"""How soon people read a first word and the answer, and how many looks at Genie that took.

    python -m bench.answer_latency

Twelve questions at once, lone ones, fifty within 20 seconds and sixty at once, through the real bot; beside
each, in the same run, the plain way: a loop that polls every second, then renders, draws and posts. Loopback
only; ends within four minutes. It wants a quiet machine, so it prints how busy this one was.
"""

import asyncio
import os
import random
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient

from genie.client import Genie
from genie.http.auth import PersonalToken
from genie.model import MessageRef
from genie.protocol.answer import select_answer
from render.answer.compose import compose
from render.answer.context import AnswerContext
from render.figure.draw import draw
from sandbox.databricks.genie.timing import Timing
from sandbox.slack.state.rate_limits import Limits
from sandbox.slack.state.seed_data import BOT
from tests.stories.world import ADA, GENIE, SALES, World, company

TEXT = "revenue by region last year, take {number}"
WARM_UP_SECONDS = 3.0
"""In which a new bot starts the process that draws."""


@dataclass(frozen=True, slots=True)
class Load:
    """Questions as they come in: `gap` seconds apart, or each after the answer to the one before."""

    name: str
    questions: int
    shortest: float
    """Seconds that Genie takes."""
    longest: float
    gap: float | None

    def duration(self, question: str) -> float:
        """Return how long Genie takes for a question, the same each time."""
        return random.Random(question).uniform(self.shortest, self.longest)  # noqa: S311 - no secret


LOADS = (
    Load("12 at once, 2 to 8 s", 12, 2.0, 8.0, 0.0),
    Load("12 one by one, 2 to 4 s", 12, 2.0, 4.0, None),
    Load("50 in 20 s, 2 to 12 s", 50, 2.0, 12.0, 0.4),
    Load("60 at once, 4 to 8 s", 60, 4.0, 8.0, 0.0),
)


@dataclass(frozen=True, slots=True)
class Measured:
    """Seconds until the first word and from Genie's end to the answer, and looks per second of waiting."""

    first_words: list[float]
    answers: list[float]
    looks: float


Way = Callable[[World, Load], Awaitable[Measured]]


async def main() -> None:
    """Run every load both ways and print a table."""
    print(f"load average at the start: {os.getloadavg()[0]:.1f}")
    print("                                    first word          answer after Genie's end   looks a second")
    print("                                    median    max       median    p90    max       of waiting")
    for load in LOADS:
        ours, plain = await measure(load, bot), await measure(load, loop)
        row(f"{load.name}: bot", ours)
        row("  a plain 1-second loop", plain)
        ratio = statistics.median(ours.answers) / statistics.median(plain.answers)
        print(f"  ratio of the medians: {ratio:.2f}", flush=True)
    print(f"load average at the end: {os.getloadavg()[0]:.1f}")


async def measure(load: Load, way: Way) -> Measured:
    """Run a load one way in a company of its own."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        async with company(
            None,
            timing=Timing(total=load.duration),
            limits=Limits.none(),
            data_dir=Path(folder),
            databricks={"question_limit": 10_000, "window": 60.0},
            QUESTIONS_PER_MINUTE="10000",
            PORT="0",
        ) as world:
            return await way(world, load)


async def bot(world: World, load: Load) -> Measured:
    """Ask the bot in Slack, in a channel into which it was invited, and so knows who reads there."""
    await world.start_command()
    world.slack.workspace.channel(SALES).members.discard(BOT.id)
    await world.slack.join(BOT.id, SALES)
    await asyncio.sleep(WARM_UP_SECONDS)
    asked = []
    for number in range(load.questions):
        asked.append(await world.ask(f"{GENIE} {TEXT.format(number=number)}", ADA))
        if load.gap is None:
            await world.answer(asked[-1], within=60)
        await asyncio.sleep(load.gap or 0)
    for thread in asked:
        await world.answer(thread, within=60)
    finished = {
        each.content: world.databricks.finished[each.message_id] for each in world.databricks.questions()
    }
    return Measured(
        [first_word(world, thread) for thread in asked],
        [shown(world, thread) - finished[TEXT.format(number=at)] for at, thread in enumerate(asked)],
        looks(world, load),
    )


def first_word(world: World, thread: str) -> float:
    """Return the seconds from the event that brought a question to the first message in its thread."""
    posts = (call for call in world.slack.request_log if call.method == "chat.postMessage")
    posted = next(call.at for call in posts if call.arguments.get("thread_ts") == thread)
    events = (each for each in world.slack.deliveries if each.type == "app_mention")
    return posted - next(each.sent_at for each in events if each.payload["event"]["ts"] == thread)


def shown(world: World, thread: str) -> float:
    """Return the time at which the answer stood in a thread."""
    ts = world.ours(thread)[0].ts
    edits = (call for call in world.slack.request_log if call.method == "chat.update")
    return min(
        call.at for call in edits if call.arguments.get("ts") == ts and "data_table" in str(call.arguments)
    )


def looks(world: World, load: Load) -> float:
    """Return the looks at Genie per second of waiting."""
    polls = Counter(each.message_id for each in world.databricks.request_log if each.kind == "poll")
    waited = {each.message_id: load.duration(each.content) for each in world.databricks.questions()}
    return sum(polls[message] for message in waited) / sum(waited.values())


async def loop(world: World, load: Load) -> Measured:
    """Ask Genie in the plain way, and post to the same Slack."""
    async with aiohttp.ClientSession() as http:
        genie = Genie(http, world.databricks.url, PersonalToken(world.databricks.token))
        slack = AsyncWebClient(world.slack.bot_token, base_url=world.slack.api_url, session=http)
        rounds = []
        for number in range(load.questions):
            asking = plain_round(genie, slack, world, TEXT.format(number=number))
            rounds.append(asyncio.create_task(asking))
            if load.gap is None:
                await rounds[-1]
            await asyncio.sleep(load.gap or 0)
        results = await asyncio.gather(*rounds)
    return Measured([first for first, _ in results], [late for _, late in results], looks(world, load))


async def plain_round(
    genie: Genie, slack: AsyncWebClient, world: World, question: str
) -> tuple[float, float]:
    """Return the seconds until the first word, and those from Genie's end to the answer."""
    began = time.time()
    posted = await slack.chat_postMessage(channel=SALES, text="Working on it")
    first_word = time.time() - began
    ref: MessageRef = await genie.ask(world.databricks.space_id, question)
    while True:
        await asyncio.sleep(1.0)
        message = await genie.message(ref)
        if message.final:
            break
    answer = select_answer(message)
    assert answer.query
    table = await genie.rows(ref, answer.query)
    reply = compose(AnswerContext(select_answer(message, table), question=question))
    if reply.picture and reply.picture.chart:
        await asyncio.to_thread(draw, reply.picture.chart)
    await slack.chat_update(
        channel=SALES, ts=posted["ts"], text=reply.text, blocks=list(reply.variants[0].blocks)
    )
    return first_word, time.time() - world.databricks.finished[ref.message_id]


def row(name: str, measured: Measured) -> None:
    """Print one row of the table."""
    words, late = sorted(measured.first_words), sorted(measured.answers)
    p90 = late[int(len(late) * 0.9)]
    print(
        f"{name:<34} {statistics.median(words):6.3f} s {words[-1]:6.3f}     {statistics.median(late):6.3f} s "
        f"{p90:6.3f} {late[-1]:6.3f}      {measured.looks:.2f}",
        flush=True,
    )


if __name__ == "__main__":
    asyncio.run(main())
