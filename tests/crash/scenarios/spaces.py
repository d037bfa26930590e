"""What people do who ask in several Genie spaces."""

from collections.abc import AsyncIterator

from render.answer.space_menu import OTHER_SPACE
from render.notices.spaces import CHOOSE
from tests.crash.scenario import scenario
from tests.crash.stage import QUESTION, Stage
from tests.stories.spaces.three import UNSURE, offer, space_id
from tests.stories.world import BEN, GENIE, SALES

SEVERAL = {"spaces": True}


@scenario(**SEVERAL)
async def choosing_a_space(stage: Stage) -> AsyncIterator[None]:
    """Ask what two spaces may answer, go on in the thread, and choose one; all of it is asked there."""
    yield
    thread = await stage.world.ask(UNSURE)
    offered = await offer(stage.world, thread)
    await stage.world.ask(f"{GENIE} by month?", BEN, SALES, thread)
    await stage.press(offered, f"{CHOOSE}:{space_id(stage.world, 'finance')}")


@scenario(**SEVERAL)
async def asking_in_another_space(stage: Stage) -> AsyncIterator[None]:
    """Ask what the words of a space say, and the same in another one, in a thread of its own."""
    answer = await stage.answered(QUESTION)
    yield
    await stage.choose(answer, space_id(stage.world, "finance"), OTHER_SPACE)
