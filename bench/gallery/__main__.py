"""Take the pictures in docs/gallery of the real bot on the sandbox's page, and write their index.

    python -m bench.gallery [name ...]

With names only these pictures are taken again. Needs Chromium; takes some minutes.
"""

import asyncio
import sys
import tempfile
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

from bench.gallery import cells, charts, charts_hard, index, tables, talk
from bench.gallery.camera import FOLDER, MOVES, take
from bench.gallery.case import DARK, LIGHT, PHONE, Case
from sandbox.databricks.pace import Pace, Turns
from sandbox.slack.rates import Limits
from tests.stories.browser import Person, at_the_page
from tests.stories.world import GENIE, SALES, World, company

ROOMS = {
    "Charts": charts.CASES,
    "Charts with a trap": charts_hard.CASES,
    "Tables": tables.CASES,
    "Odd cells": cells.CASES,
    "Around an answer": talk.CASES,
}
PACE = Pace(total=lambda _: 0.1)
ENDED = "question.ended"


async def main(names: Sequence[str]) -> None:
    """Walk through the rooms; each has a bot of its own, since edits in Slack are counted."""
    for cases in ROOMS.values():
        wanted = [case for case in cases if not names or case.name in names]
        if wanted:
            await _room(wanted)
    index.write(ROOMS)
    pictures = [*FOLDER.glob("*.webp")]
    print(f"{len(pictures)} pictures, {sum(each.stat().st_size for each in pictures) / 1e6:.1f} MB")


async def _room(cases: Sequence[Case]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        databricks = {"turns": Turns(*(case.plays() for case in cases)), "question_limit": 1_000}
        async with (
            company(
                None,
                pace=PACE,
                limits=Limits.none(),
                data_dir=Path(folder),
                databricks=databricks,
                PORT="0",
                QUESTIONS_PER_MINUTE="1000",
            ) as world,
            _people(world) as people,
        ):
            await world.start_bot()
            for case in cases:
                await _picture(world, people[case.view], case)


@asynccontextmanager
async def _people(world: World) -> AsyncIterator[dict[str, Person]]:
    """Sit in front of a wide screen, a dark one, and a phone."""
    async with AsyncExitStack() as stack:
        sit = stack.enter_async_context
        yield {
            LIGHT: await sit(at_the_page(world, height=2_400, scale=1.5)),
            DARK: await sit(at_the_page(world, height=2_400, scale=1.5, dark=True)),
            PHONE: await sit(at_the_page(world, width=390, height=2_400, scale=2)),
        }


async def _picture(world: World, person: Person, case: Case) -> None:
    ended = _ended(world)
    asked = await world.ask(f"{GENIE} {case.question}")
    if case.moves == "wait":
        await world.asked()
        await world.slack.until(lambda: world.ours(asked))
    else:
        await world.until(lambda: _ended(world) > ended, within=60)
    await person.visit(SALES, asked)
    await person.thread.locator(".message").nth(1).wait_for()
    await take(case.name, await MOVES[case.moves](person))
    print(f"{case.name}: {(FOLDER / f'{case.name}.webp').stat().st_size / 1000:.0f} kB")


def _ended(world: World) -> int:
    return sum(ENDED in line for line in world.bots[0].log)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1:]))
