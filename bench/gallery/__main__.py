"""Take the pictures in docs/gallery of the real bot on the sandbox's page, and write their index.

    python -m bench.gallery [name ...]

With names only these pictures are taken again. Needs Chromium; takes some minutes.
"""

import asyncio
import sys
import tempfile
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import date
from pathlib import Path

from bench.gallery import index, moves, research_moves
from bench.gallery.camera import FOLDER, fonts, take
from bench.gallery.case import DARK, LIGHT, PHONE, Case, Room
from bench.gallery.rooms import ROOMS
from sandbox.databricks.agent_mode.settings import AgentMode
from sandbox.databricks.genie.timing import Timing, Turns
from sandbox.slack.state.rate_limits import Limits
from sandbox.slack.state.settings import Settings
from tests.stories.browser import Person, at_the_page
from tests.stories.world import World, company

TIMING = Timing(total=lambda _: 0.1)


async def main(names: Sequence[str]) -> None:
    """Walk through the rooms; each has a bot of its own, since edits in Slack are counted."""
    for room in ROOMS:
        wanted = [case for case in room.cases if not names or case.name in names]
        if wanted:
            async with _open(room) as world, _people(world) as people:
                await world.start_command(QUESTIONS_PER_MINUTE="1000", PORT="0", **room.settings)
                for case in wanted:
                    await _picture(world, people[case.view], case)
    index.write(ROOMS)
    pictures = [*FOLDER.glob("*.webp")]
    print(f"{len(pictures)} pictures, {sum(each.stat().st_size for each in pictures) / 1e6:.1f} MB")


@asynccontextmanager
async def _open(room: Room) -> AsyncIterator[World]:
    with tempfile.TemporaryDirectory() as folder:
        databricks = {
            "turns": Turns(*(case.plays() for case in room.cases if case.question)),
            "agent_mode": AgentMode(limit=1_000),
            "question_limit": 1_000,
            "today": date(2026, 11, 23),
        }
        slack = Settings(limits=Limits.none(), unavailable_blocks=frozenset(room.unavailable))
        async with company(
            None, timing=TIMING, data_dir=Path(folder), slack=slack, databricks=databricks
        ) as world:
            if room.model_says:
                world.databricks.serving.says = room.model_says
            yield world


@asynccontextmanager
async def _people(world: World) -> AsyncIterator[dict[str, Person]]:
    """Sit in front of a wide screen, a dark one, and a phone."""
    async with AsyncExitStack() as stack:
        sit = stack.enter_async_context
        env = stack.enter_context(fonts())
        yield {
            LIGHT: await sit(at_the_page(world, height=2_400, scale=1.5, environment=env)),
            DARK: await sit(at_the_page(world, height=2_400, scale=1.5, dark=True, environment=env)),
            PHONE: await sit(at_the_page(world, width=390, height=2_000, scale=2, environment=env)),
        }


async def _picture(world: World, person: Person, case: Case) -> None:
    module = moves if hasattr(moves, case.move) else research_moves
    move: moves.Move = getattr(module, case.move)
    await take(case.name, await move(world, person, case))
    print(f"{case.name}: {(FOLDER / f'{case.name}.webp').stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1:]))
