"""What people do who ask Databricks as themselves."""

from collections.abc import AsyncIterator

from render.notices.as_myself import ASK_AS_MYSELF
from sandbox.databricks.genie.timing import Timing
from sandbox.slack.state.records import Message
from tests.crash.scenario import scenario
from tests.crash.stage import FOLLOW_UP, QUESTION, Stage
from tests.stories.world import BEN, SALES

OWN_RIGHTS = {"as_themselves": True}


def working(seconds: float) -> Timing:
    """Let Genie work for so long where a question says so."""
    return Timing(total=lambda question: seconds if "slowly" in question else 0.4)


async def _answered_privately(stage: Stage, question: str = QUESTION) -> str:
    """Let Ada ask in the channel, and wait for her private answer; return the channel's thread."""
    thread = await stage.world.ask(question)
    assert await stage.settled() == []
    return thread


async def _told(stage: Stage, user: str, action: str) -> Message:
    """Wait for a message to one person alone that has a button."""
    said = stage.world.slack.workspace.ephemerals
    return await stage.world.slack.until(
        lambda: next((each for each in said if each.for_user == user and action in str(each.blocks)), None)
    )


@scenario(**OWN_RIGHTS)
async def asking_before_a_sign_in(stage: Stage) -> AsyncIterator[None]:
    """Ask in a channel, get a link, sign in; the answer is private, and the channel's thread says so."""
    yield
    await stage.world.ask(QUESTION)


@scenario(**OWN_RIGHTS)
async def asking_more_before_a_sign_in(stage: Stage) -> AsyncIterator[None]:
    """Use the command, ask in a thread and go on there: one sign-in lets all of that go on."""
    yield
    await stage.command("private units by month last year")
    thread = await stage.world.ask(QUESTION)
    await stage.world.ask(FOLLOW_UP, thread=thread)


@scenario(**OWN_RIGHTS)
async def going_on_when_access_ends(stage: Stage) -> AsyncIterator[None]:
    """Go on in the channel's thread when a new access token has to be bought."""
    thread = await _answered_privately(stage)
    stage.world.databricks.expire_tokens("ada@example.com")
    yield
    await stage.world.ask(FOLLOW_UP, thread=thread)


@scenario(timing=working(15.0), **OWN_RIGHTS)
async def signing_in_again_while_genie_works(stage: Stage) -> AsyncIterator[None]:
    """Lose all that was granted, as an admin ended it, and sign in once more: Genie is not asked again."""
    await _answered_privately(stage)
    await stage.world.ask(f"{QUESTION}, slowly")
    await stage.world.asked(2)
    yield
    stage.world.databricks.end_grants("ada@example.com")


@scenario(timing=working(60.0), **OWN_RIGHTS)
async def signing_out_while_genie_works(stage: Stage) -> AsyncIterator[None]:
    """Sign out while Genie works: that ends in words, and no link is sent."""
    await _answered_privately(stage)
    await stage.world.ask(f"{QUESTION}, slowly")
    await stage.world.asked(2)
    yield
    await stage.command("sign-out")


@scenario(**OWN_RIGHTS)
async def asking_as_myself(stage: Stage) -> AsyncIterator[None]:
    """Reply in the thread of another person, and ask that with rights of one's own."""
    thread = await _answered_privately(stage)
    yield
    await stage.world.ask(FOLLOW_UP, BEN, SALES, thread)
    await stage.press(await _told(stage, BEN, ASK_AS_MYSELF), ASK_AS_MYSELF, BEN)
