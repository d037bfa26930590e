"""People who ask, follow up, click, edit and delete at random, and remember what they asked."""

import asyncio
import contextlib
import random
from dataclasses import dataclass, field

from render.answer.actions import EXPORT_CSV, INSIGHTS, SHARE
from render.blockkit.buttons import FEEDBACK, OVERFLOW_MENU, WITHDRAW
from sandbox.slack.errors import SlackError
from sandbox.slack.state.records import Message
from tests.chaos.plan import Plan
from tests.stories.asking.test_limits import crowd
from tests.stories.world import GENIE, World, waiting

FIRST, NEXT = (
    ("revenue by region last year", "orders by month"),
    ("units by region last year", "and by month?"),
)


@dataclass
class Asked:
    """A question, and what its asker did about it."""

    user: str
    channel: str
    thread: str
    ts: str
    texts: list[str]
    """What its message said, one text after the other."""
    withdrawn: bool = False
    """It was deleted, or its button to withdraw it was pressed."""


@dataclass
class People:
    """A crowd in four channels."""

    world: World
    plan: Plan
    asked: list[Asked] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Draw everything from one seed."""
        self._chance = random.Random(self.plan.seed)  # noqa: S311 - the same in every run
        self._crowd = crowd(self.world)

    async def act(self) -> None:
        """Ask all questions, and do other things in between."""
        for number in range(self.plan.questions):
            await self._ask(number)
            await asyncio.sleep(self._chance.uniform(0, 2 / self.plan.each_second))
            move = self._chance.random()
            with contextlib.suppress(SlackError):  # what a person sees, and does once more or not
                if move < 0.10:
                    await self._edit(number)
                elif move < 0.15:
                    await self._delete()
                elif move < 0.40:
                    await self._press()

    async def _ask(self, number: int) -> None:
        user, channel = self._chance.choice(self._crowd)
        answered = [each for each in self.asked[-40:] if self.messages(each) and not each.withdrawn]
        if answered and self._chance.random() < 0.4:
            last = self._chance.choice(answered)
            text = f"{self._chance.choice(NEXT)}, number {number}"
            ts = await self.world.ask(text, last.user, last.channel, last.thread)
            self.asked.append(Asked(last.user, last.channel, last.thread, ts, [text]))
        else:
            text = f"{self._chance.choice(FIRST)}, number {number}"
            ts = await self.world.ask(f"{GENIE} {text}", user, channel)
            self.asked.append(Asked(user, channel, ts, ts, [text]))

    async def _edit(self, number: int) -> None:
        asked = self._chance.choice(self.asked[-10:])
        if asked.withdrawn:
            return
        text = f"margin by region last year, number {number} instead"
        asked.texts.append(text)
        mention = f"{GENIE} " if asked.ts == asked.thread else ""
        await self.world.slack.edit(asked.user, asked.channel, asked.ts, f"{mention}{text}")

    async def _delete(self) -> None:
        """Delete a reply, or a question that nobody has followed up."""
        asked = self._chance.choice(self.asked[-10:])
        if sum(each.thread == asked.thread for each in self.asked) == 1 and not asked.withdrawn:
            asked.withdrawn = True
            await self.world.slack.delete(asked.user, asked.channel, asked.ts)

    async def _press(self) -> None:
        """Press one of the buttons of a message, or choose from its menu."""
        asked = self._chance.choice(self.asked[-40:])
        ours = self.messages(asked)
        if not ours:
            return
        message = ours[0]
        if waiting(message):
            if WITHDRAW in str(message.blocks):
                asked.withdrawn = True
                await self.world.slack.click(asked.user, asked.channel, message.ts, WITHDRAW)
            return
        action = self._chance.choice((EXPORT_CSV, INSIGHTS, FEEDBACK, SHARE))
        elements = [each for block in message.blocks for each in block.get("elements", ())]
        for each in elements:
            name = str(each.get("action_id"))
            choices = [option["value"] for option in each.get("options", ())]
            chosen = next((value for value in choices if value.startswith(action)), None)
            if name == action or (name.startswith(OVERFLOW_MENU) and chosen):
                value = each.get("positive_button", {}).get("value")
                await self.world.slack.click(
                    asked.user, asked.channel, message.ts, name, value=value, selected_option=chosen
                )

    def messages(self, asked: Asked) -> list[Message]:
        """Return the bot's messages about a question, each of which carries its id."""
        mine = f"{self.world.slack.workspace.team_id}.{asked.channel}.{asked.ts}"
        return [
            each
            for each in self.world.slack.workspace.messages[asked.channel].values()
            if each.metadata and _is_about(str(each.metadata["event_payload"]["question"]), mine)
        ]


def _is_about(mark: str, question_id: str) -> bool:
    """Whether a message belongs to a question, or to what its message was edited into."""
    rest = mark.removeprefix(question_id)
    return mark.startswith(question_id) and (not rest or rest[1:].replace(".", "").isdigit())
