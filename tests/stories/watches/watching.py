"""What people do with watches, and how a story lets one be due."""

from typing import Any

from redis.asyncio import Redis

from bot.identity.model import SlackUser
from bot.records.watch import StoredWatch
from bot.store.keys import Keys
from bot.store.people import PeopleStore, Preferences
from bot.store.watches import WatchStore
from render.answer.actions import WATCH
from render.blockkit.buttons import OVERFLOW_MENU
from render.watch.modal import CALLBACK, CHOICE, COLUMN, RHYTHM, SIDE, VALUE, WHAT
from sandbox.slack.state.records import Message, View
from tests.stories.home.at_home import modal
from tests.stories.world import ADA, GENIE, SALES, World, words_of

QUESTION = "orders by region"


class Watching:
    """A company with its watches in Redis."""

    def __init__(self, world: World, redis: "Redis") -> None:
        """Look into the Redis of this company's bot."""
        self.world, self.redis = world, redis
        self.keys = Keys(world.environment["REDIS_PREFIX"])
        self.store = WatchStore(redis, self.keys)

    @property
    def team(self) -> str:
        """Return the id of the workspace."""
        return str(self.world.slack.workspace.team_id)

    async def never_quiet(self, user: str = ADA) -> None:
        """Let a person have no quiet hours, so that a story may be told at any time of day."""
        people = PeopleStore(self.redis, self.keys)
        await people.save(self.team, user, Preferences(quiet=(0, 0)))

    async def form(self, answer: Message, user: str = ADA) -> View:
        """Choose "Watch This Answer", and wait until the form is filled."""
        value = f"{WATCH}:{question_id(answer)}"
        await self.world.slack.click(user, answer.channel, answer.ts, OVERFLOW_MENU, selected_option=value)
        return await self.world.slack.until(lambda: _filled(modal(self.world, user)))

    async def watch(self, answer: Message, user: str = ADA, **chosen: str) -> dict[str, str]:
        """Watch an answer as chosen, else as the form has it; return the errors of the form."""
        return await self.submit(await self.form(answer, user), user, **chosen)

    async def submit(self, view: View, user: str = ADA, **chosen: str) -> dict[str, str]:
        """Submit a form as chosen; return its errors."""
        return await self.world.slack.submit_view(user, view.id, filled(view, **chosen))

    async def of(self, user: str = ADA) -> tuple[StoredWatch, ...]:
        """Return a person's watches."""
        return await self.store.of(SlackUser(self.team, user))

    async def only(self, user: str = ADA) -> StoredWatch:
        """Return the only watch of a person."""
        [stored] = await self.of(user)
        return stored


def question_id(answer: Message) -> str:
    """Return the id of the question below whose answer a menu stands."""
    elements = [each for block in answer.blocks for each in block.get("elements", ())]
    [menu] = [each for each in elements if each.get("action_id") == OVERFLOW_MENU]
    return str(menu["options"][0]["value"].partition(":")[2])


def filled(view: View, **chosen: str) -> dict[str, Any]:
    """Return the state of the form as it is shown, but for what is chosen."""
    values: dict[str, Any] = {}
    for block in view.content["blocks"]:
        if "element" not in block:
            continue
        element, wanted = block["element"], chosen.get(block["block_id"])
        if element["type"] == "number_input":
            values[block["block_id"]] = {CHOICE: {"type": "number_input", "value": wanted}}
            continue
        option = {"value": wanted} if wanted else element.get("initial_option")
        values[block["block_id"]] = {CHOICE: {"type": element["type"], "selected_option": option}}
    return values


def _filled(view: View | None) -> View | None:
    return view if view and view.content.get("callback_id") == CALLBACK else None


def said(world: World, thread: str, text: str) -> Message | None:
    """Return the first message of the bot in a thread that says something."""
    return next((each for each in world.ours(thread) if text in words_of(each)), None)


async def answered(world: World, question: str = QUESTION) -> tuple[str, Message]:
    """Ask; return the thread and its answer."""
    thread = await world.ask(f"{GENIE} {question}")
    return thread, await world.answer(thread)


__all__ = ["COLUMN", "RHYTHM", "SALES", "SIDE", "VALUE", "WHAT", "Watching", "answered", "filled", "said"]
