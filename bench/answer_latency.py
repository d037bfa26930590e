"""How long after Genie has finished the answer stands in Slack, and how often that took a look at Genie.

    python -m bench.answer_latency

Fifty questions that take Genie 2 to 12 seconds each, through the real bot; beside it, in the same run, the
plain way: a loop that polls every second, then renders, draws and posts. Loopback only; ends by itself.
"""

import asyncio
import random
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Iterable
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
from tests.stories.world import ADA, GENIE, SALES, World, company

QUESTIONS = 50
SPREAD = 20.0
"""Seconds over which the questions come in."""
TEXT = "revenue by region last year, take {number}"


def _duration(question: str) -> float:
    return random.Random(question).uniform(2.0, 12.0)  # noqa: S311 - the same run each time


async def main() -> None:
    """Run both ways and print a table."""
    free = {"question_limit": 10_000, "window": 60.0}
    async with company(
        None,
        timing=Timing(total=_duration),
        limits=Limits.none(),
        data_dir=_folder(),
        databricks=free,
        QUESTIONS_PER_MINUTE="10000",
        PORT="0",
    ) as world:
        await world.start_command()
        ours = await _bot(world)
        looks = _looks(world)
        plain, plain_looks = await _plain(world)
    print(
        f"{QUESTIONS} questions of 2 to 12 s each        median    p90    max   looks per second of waiting"
    )
    _row("bot: answer in Slack", ours, looks)
    _row("plain 1-second loop", plain, plain_looks)
    print(f"ratio of the medians: {statistics.median(ours) / statistics.median(plain):.2f}")


async def _bot(world: World) -> list[float]:
    asked = []
    for number in range(QUESTIONS):
        asked.append(await world.ask(f"{GENIE} {TEXT.format(number=number)}", ADA))
        await asyncio.sleep(SPREAD / QUESTIONS)
    shown: dict[str, float] = {}
    for thread in asked:
        message = await world.answer(thread, within=60)
        edits = (
            call.at
            for call in world.slack.request_log
            if call.method == "chat.update"
            and call.arguments.get("ts") == message.ts
            and "data_table" in str(call.arguments)
        )
        shown[thread] = min(edits)
    finished = {
        question.content: world.databricks.finished[question.message_id]
        for question in world.databricks.questions()
    }
    return [shown[thread] - finished[TEXT.format(number=number)] for number, thread in enumerate(asked)]


def _looks(world: World) -> float:
    polls = Counter(each.message_id for each in world.databricks.request_log if each.kind == "poll")
    waited = {each.message_id: _duration(each.content) for each in world.databricks.questions()}
    return sum(polls[message] for message in waited) / sum(waited.values())


async def _plain(world: World) -> tuple[list[float], float]:
    async with aiohttp.ClientSession() as http:
        genie = Genie(http, world.databricks.url, PersonalToken(world.databricks.token))
        slack = AsyncWebClient(world.slack.bot_token, base_url=world.slack.api_url, session=http)
        rounds = []
        for number in range(QUESTIONS):
            question = TEXT.format(number=number) + " please"
            rounds.append(asyncio.create_task(_plain_round(genie, slack, world, question)))
            await asyncio.sleep(SPREAD / QUESTIONS)
        results = await asyncio.gather(*rounds)
    return [late for late, _, _ in results], sum(looks for _, looks, _ in results) / sum(
        took for _, _, took in results
    )


async def _plain_round(
    genie: Genie, slack: AsyncWebClient, world: World, question: str
) -> tuple[float, int, float]:
    ref: MessageRef = await genie.ask(world.databricks.space_id, question)
    looks = 0
    while True:
        await asyncio.sleep(1.0)
        message = await genie.message(ref)
        looks += 1
        if message.final:
            break
    answer = select_answer(message)
    assert answer.query
    table = await genie.rows(ref, answer.query)
    reply = compose(AnswerContext(select_answer(message, table), question=question))
    if reply.picture and reply.picture.chart:
        await asyncio.to_thread(draw, reply.picture.chart)
    await slack.chat_postMessage(channel=SALES, text=reply.text, blocks=list(reply.variants[0].blocks))
    return time.time() - world.databricks.finished[ref.message_id], looks, _duration(question)


def _row(name: str, seconds: Iterable[float], looks: float) -> None:
    late = sorted(seconds)
    p90 = late[int(len(late) * 0.9)]
    print(f"{name:<36} {statistics.median(late):6.3f} s {p90:6.3f} {late[-1]:6.3f}   {looks:.2f}")


def _folder() -> Path:
    return Path(tempfile.mkdtemp(prefix="bench-"))


if __name__ == "__main__":
    asyncio.run(main())
