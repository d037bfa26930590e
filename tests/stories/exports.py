"""Moves of people below an answer, above all for its rows as a file, for stories."""

import csv
import io
from pathlib import Path

from render.answer.actions import EXPORT_CSV, EXPORT_EXCEL
from sandbox.databricks.genie.timing import Turn
from sandbox.slack.state.records import File, Message
from tests.stories.world import ADA, ANSWER_SECONDS, GENIE, SALES, World

QUESTION = f"{GENIE} revenue by region last year"
MANY = "SELECT id, id * 2 AS twice FROM range(6000) AS t(id)"


async def ask(world: World, question: str = QUESTION) -> Message:
    """Get an answer that nothing touches any more."""
    answer = await world.answer(await world.ask(question))
    await world.until(lambda: any(".ended" in line for line in world.bots[-1].log))
    return answer


async def ask_for_many(world: World, sql: str = MANY, files_before: int = 0) -> Message:
    """Get an answer of which Genie shows the first 5,000 rows, with the file of those."""
    world.databricks.turns.add(Turn(sql=sql))
    answer = await ask(world)
    assert len(rows(await file(world, number=files_before + 1))) == 5001
    return answer


async def download(world: World, answer: Message, user: str = ADA) -> None:
    """Choose CSV from the menu."""
    await press(world, answer, EXPORT_CSV, user)


async def excel(world: World, answer: Message, user: str = ADA) -> None:
    """Choose Excel from the menu."""
    await press(world, answer, EXPORT_EXCEL, user)


async def press(world: World, answer: Message, action: str, user: str = ADA) -> None:
    """Do what an answer offers as it stands now, be it a button or a choice of a menu."""
    now = world.slack.workspace.message(answer.channel, answer.ts)
    elements = [
        each for block in now.blocks for each in (*block.get("elements", ()), block.get("accessory") or {})
    ]
    for each in elements:
        options = [option["value"] for option in each.get("options", ())]
        chosen = next((value for value in options if value.startswith(f"{action}:")), None)
        if chosen or each.get("action_id") == action:
            return await world.slack.click(
                user, answer.channel, answer.ts, each["action_id"], selected_option=chosen
            )
    raise LookupError(action)


def files(world: World, suffix: str = ".csv", channel: str = SALES) -> list[File]:
    """Return the files that stand in a channel."""
    known, messages = world.slack.workspace.files, world.slack.workspace.messages[channel].values()
    shared = [known[each] for message in messages for each in message.files if each in known]
    return [each for each in shared if each.name.endswith(suffix)]


async def file(world: World, suffix: str = ".csv", number: int = 1, within: float = ANSWER_SECONDS) -> File:
    """Wait for the n-th file."""
    return (await world.slack.until(lambda: files(world, suffix)[number - 1 :], within))[0]


async def told(world: World, *sentences: str, user: str = ADA, within: float = ANSWER_SECONDS) -> None:
    """Wait until somebody has read these sentences, and nobody else has."""

    def heard() -> bool:
        said = [each for each in world.slack.workspace.ephemerals if each.for_user == user]
        return all(any(sentence in each.text for each in said) for sentence in sentences)

    await world.slack.until(heard, within)


def rows(file: File) -> list[list[str]]:
    """Read a CSV."""
    return list(csv.reader(io.StringIO((file.content or b"").decode("utf-8-sig"), newline="")))


def left(folder: Path) -> list[Path]:
    """Return the files that nobody has cleared away."""
    return [each for each in folder.rglob("*") if each.is_file() and each.name != "lock"]
