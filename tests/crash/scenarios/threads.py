"""What people do about whole threads, and how they talk in them."""

from collections.abc import AsyncIterator

from render.answer.actions import DISMISS, FORGET, FRESH, PUBLISH
from render.blockkit.buttons import FEEDBACK
from render.notices.listening import ASK_REPLY, ONLY_MENTIONS, QUIET
from sandbox.slack.state.records import Message
from tests.crash.scenario import scenario
from tests.crash.stage import FOLLOW_UP, QUESTION, Stage
from tests.stories.privacy import DIRECT
from tests.stories.world import BEN, SALES


async def _private_answer(stage: Stage) -> Message:
    await stage.command("private revenue by region last year")
    assert await stage.settled() == []
    workspace = stage.world.slack.workspace
    return next(each for each in workspace.messages[DIRECT].values() if not each.is_root)


@scenario()
async def publishing(stage: Stage) -> AsyncIterator[None]:
    """Show a private answer to everybody."""
    answer = await _private_answer(stage)
    yield
    await stage.press(answer, PUBLISH)
    await stage.submit(await stage.modal(), {})


@scenario()
async def dismissing(stage: Stage) -> AsyncIterator[None]:
    """Take a private answer away."""
    answer = await _private_answer(stage)
    yield
    await stage.choose(answer, DISMISS)


@scenario()
async def a_fresh_start(stage: Stage) -> AsyncIterator[None]:
    """Begin a new conversation in a thread."""
    answer = await stage.answered(QUESTION)
    yield
    await stage.choose(answer, FRESH)


@scenario()
async def a_fresh_start_by_command(stage: Stage) -> AsyncIterator[None]:
    """`/genie new` does so for the latest thread."""
    await stage.answered(QUESTION)
    yield
    await stage.command("new")


@scenario()
async def forgetting(stage: Stage) -> AsyncIterator[None]:
    """Delete the conversations of a thread."""
    answer = await stage.answered(QUESTION)
    await stage.choose(answer, FRESH)
    await stage.answered(FOLLOW_UP, 3, thread=answer.thread_ts or "")
    yield
    await stage.choose(answer, FORGET)
    await stage.submit(await stage.modal(), {})


@scenario()
async def being_forgotten(stage: Stage) -> AsyncIterator[None]:
    """Have the bot forget a person who asked and rated."""
    answer = await stage.answered(QUESTION)
    elements = [each for block in answer.blocks for each in block.get("elements", ())]
    [thumbs] = [each for each in elements if "positive_button" in each]
    await stage.press(answer, FEEDBACK, value=thumbs["positive_button"]["value"])
    assert await stage.settled() == []
    yield
    await stage.command("forget me")


async def _while_people_talk(stage: Stage) -> Message:
    """Let Ben reply while people talk; return what he alone is offered."""
    await stage.world.ask("only EMEA", BEN, thread=stage.world.slack.workspace.roots(SALES)[0].ts)
    offers = stage.world.slack.workspace.ephemerals
    return await stage.world.slack.until(
        lambda: next((each for each in offers if each.for_user == BEN), None)
    )


@scenario()
async def asking_while_people_talk(stage: Stage) -> AsyncIterator[None]:
    """Reply while people talk among themselves, and have Genie asked after all."""
    answer = await stage.answered(QUESTION)
    await stage.world.ask(f"<@{BEN}> can you check this?", thread=answer.thread_ts)
    yield
    await stage.press(await _while_people_talk(stage), ASK_REPLY, BEN)


@scenario()
async def talking_without_genie(stage: Stage) -> AsyncIterator[None]:
    """Reply while people talk among themselves, and choose to be heard only when mentioning the bot."""
    answer = await stage.answered(QUESTION)
    await stage.world.ask(f"<@{BEN}> can you check this?", thread=answer.thread_ts)
    yield
    await stage.press(await _while_people_talk(stage), ONLY_MENTIONS, BEN)


@scenario()
async def a_quiet_thread(stage: Stage) -> AsyncIterator[None]:
    """Let a thread listen to mentions only."""
    answer = await stage.answered(QUESTION)
    yield
    await stage.choose(answer, QUIET)
