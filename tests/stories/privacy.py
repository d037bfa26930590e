"""What happens in the direct messages of somebody who asked privately, and what everybody sees of it."""

from render.answer.actions import PUBLISH
from render.answer.chart_menu import CHART
from render.blockkit.buttons import OVERFLOW_MENU
from sandbox.slack.state.records import Message, View
from tests.stories.world import ADA, SALES, World, texts

QUESTION = "revenue by region last year"
DIRECT = "D0ADA00000"


async def privately(world: World, question: str = QUESTION, channel: str = SALES) -> Message:
    """Let Ada ask something privately; return the question as her direct messages show it."""
    before = len(world.slack.workspace.roots(DIRECT))
    await world.slack.command(ADA, channel, "/genie", f"private {question}")
    roots = await world.slack.until(lambda: world.slack.workspace.roots(DIRECT)[before:] or None)
    return roots[0]


async def answer_of(world: World, root: Message, number: int = 1) -> Message:
    """Wait for the answer in Ada's direct messages."""
    return await world.answer(root.ts, number, channel=DIRECT)


async def share(world: World, answer: Message, user: str = ADA) -> str:
    """Let a person share a private answer; return what the modal says before."""
    views = world.slack.workspace.views
    await world.slack.click(user, answer.channel, answer.ts, PUBLISH)
    view = await world.slack.until(lambda: next(iter(views.values()), None))
    said = words_of_view(view)
    await world.slack.submit_view(user, view.id, {})
    return said


def words_of_view(view: View) -> str:
    """Return what a modal says."""
    return "\n".join(texts(view.content["blocks"]))


def public(world: World) -> list[Message]:
    """Return all that everybody can read in the channel."""
    return list(world.slack.workspace.messages[SALES].values())


def actions(message: Message) -> list[str]:
    """Return the action ids of what can be done about an answer, from left to right."""
    rows = [block["elements"] for block in message.blocks if block["type"] == "actions"]
    return [str(each["action_id"]) for each in rows[-1]]


def buttons(message: Message) -> list[str]:
    """Return those of them that are buttons."""
    return [each for each in actions(message) if not each.startswith((OVERFLOW_MENU, CHART))]


def told_last(world: World) -> str:
    """Return what only one person was told last."""
    return world.slack.ephemerals[-1].text


def noted(world: World, outcome: str) -> bool:
    """Whether the last process has noted how a job ended."""
    return any(f'"{outcome}"' in line for line in world.bots[-1].log)
