"""People who ask, follow up and press at random, on their own answers and on those of others."""

import asyncio
import contextlib
import itertools
import json
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial

from redis.asyncio import Redis

from bot.store.keys import Keys
from render import words
from render.answer.actions import EXPORT_CSV, FORGET, INSIGHTS, PUBLISH
from render.blockkit.buttons import FEEDBACK, OVERFLOW_MENU, SUGGESTION
from render.notices.as_myself import ASK_AS_MYSELF
from render.notices.feedback import WORDS
from sandbox.databricks.identities import Person, Rights
from sandbox.slack.errors import SlackError
from sandbox.slack.state.records import Channel, Message, User
from tests.stories.identity.people import direct
from tests.stories.world import GENIE, SALES, World, waiting

FIRST, NEXT = (
    ("revenue by region last year", "orders by month", "units by region last year"),
    ("and by month?", "only EMEA"),
)
SURELY = (INSIGHTS, EXPORT_CSV, FEEDBACK, FORGET)
"""What some of the people press below their first answers; all else is chance."""
REGIONS = ("EMEA", "APAC")
PUBLIC, LEFT, OWN, TAKEN, EXPIRED = 0.6, 0.5, 0.6, 0.3, 0.3
"""Shares: of public questions, threads left, clicks on one's own, offers taken, results that have expired."""
ANSWER_SECONDS, SETTLED_SECONDS = 150.0, 150.0
"""On a busy machine, with all that people do at once."""


@dataclass(frozen=True, slots=True)
class Click:
    """What can be pressed in a message, or chosen."""

    action_id: str
    value: str | None
    option: str | None

    @property
    def name(self) -> str:
        """Return its action."""
        return (self.option or self.action_id).partition(":")[0]


@dataclass(frozen=True, slots=True)
class Shown:
    """An answer, and the words of its question."""

    user: str
    text: str
    message: Message


@dataclass
class MixedRun:
    """Does so in a company in which all have signed in; remembers who asked what."""

    world: World = field(repr=False)
    emails: dict[str, str]
    questions: int
    seed: int = 1
    asked: dict[str, set[str]] = field(default_factory=dict)
    """By the words: who asked them, by address."""
    pressed: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self._chance = random.Random(self.seed)  # noqa: S311 - the same in every run
        self._shown: list[Shown] = []
        self._texts: dict[str, str] = {}
        self._number = 0

    async def run(self) -> None:
        """Let everybody ask their share at the same time, and wait until nothing is left to do."""
        async with asyncio.TaskGroup() as group:
            for user, first in zip(self.emails, itertools.cycle(SURELY), strict=False):
                group.create_task(self._person(user, self.questions // len(self.emails), first))
        environment = self.world.environment
        async with Redis.from_url(environment["REDIS_URL"], decode_responses=True) as redis:
            async with asyncio.timeout(SETTLED_SECONDS):
                due = Keys(environment["REDIS_PREFIX"]).due
                while await redis.zcard(due):  # noqa: ASYNC110 - Redis tells nobody
                    await asyncio.sleep(0.1)

    async def _person(self, user: str, questions: int, first: str) -> None:
        thread = ""
        for number in range(questions):
            text = self._words(user, NEXT if thread else FIRST)
            if thread or self._chance.random() < PUBLIC:
                ts = await self.world.ask(f"{GENIE} {text}", user, SALES, thread or None)
                thread = thread or ts
                self._texts[f"{self.world.slack.workspace.team_id}.{SALES}.{ts}"] = text
                shown = await self.world.slack.until(partial(self._answer, thread, ts), ANSWER_SECONDS)
                thread = "" if self._chance.random() < LEFT else thread
            else:
                shown = await self._privately(user, text)
            self._shown.append(Shown(user, text, shown))
            await self._press(user, "" if number else first)
            await self._press(user)

    def _answer(self, thread: str, ts: str) -> Message | None:
        """Return what came in a thread of a question: its answer, or why there is none."""
        since = [each for each in self.world.ours(thread) if each.ts > ts and not each.files]
        return next((each for each in since if not waiting(each)), None)

    def _words(self, user: str, texts: tuple[str, ...]) -> str:
        self._number += 1
        text = f"{self._chance.choice(texts)}, number {self._number}"
        self._note(text, user)
        return text

    def _note(self, text: str, user: str) -> None:
        self.asked.setdefault(text, set()).add(self.emails[user])

    async def _privately(self, user: str, text: str) -> Message:
        """Ask by the command; again when the person is told to, since all at once keep the bot busy."""

        def root() -> Message | None:
            channel = direct(self.world, user)
            roots = self.world.slack.workspace.roots(channel) if channel else []
            return next((each for each in roots if text in str(each.blocks)), None)

        opened = None
        while opened is None:
            told = self._told_to_repeat(user)
            await self.world.slack.command(user, SALES, "/genie", f"private {text}")
            said = partial(self._told_to_repeat, user, told)
            await self.world.slack.until(lambda: root() or said(), ANSWER_SECONDS)  # noqa: B023 - awaited here
            opened = root()
        return await self.world.answer(opened.ts, channel=opened.channel, within=ANSWER_SECONDS)

    def _told_to_repeat(self, user: str, before: int = 0) -> int:
        """Count how often a person has read, since as many times before, that nothing was stored."""
        said = [each.text for each in self.world.slack.ephemerals if each.for_user == user]
        return said.count(words.questions.NOT_STORED) - before

    async def _press(self, user: str, first: str = "") -> None:
        """Press something on an answer, or what is wanted `first` on one's own."""
        own = bool(first) or self._chance.random() < OWN
        choices = [each for each in self._shown if (each.user == user) is own and _seen(each, user)]
        if not choices:
            return
        shown = self._chance.choice(choices)
        with contextlib.suppress(SlackError):  # it is gone, or a modal takes too long on a busy machine
            message = self.world.slack.workspace.message(shown.message.channel, shown.message.ts)
            clicks = [*_clicks(message)]
            clicks = [each for each in clicks if each.name == first] or clicks
            if not clicks:
                return
            click = self._chance.choice(clicks)
            name = click.name
            if name == SUGGESTION:  # in a thread that was forgotten anybody may ask it, as themselves
                self._note(json.loads(click.value or "{}")["q"], user)
            self.pressed[f"{name} {'own' if own else 'of others'}"] += 1
            if self._chance.random() < EXPIRED:
                self._expire(shown)
            await self._click(user, message, click)
            if own:
                await self._submit(user, name)
            else:
                await self._ask_as_myself(user)

    async def _click(self, user: str, message: Message, click: Click) -> None:
        place = message.channel, message.ts
        await self.world.slack.click(
            user, *place, click.action_id, value=click.value, selected_option=click.option
        )

    async def _submit(self, user: str, name: str) -> None:
        """Submit the modal that a click has opened, if it has one to fill in."""
        if name not in {FORGET, FEEDBACK, PUBLISH}:
            return
        views = [each for each in self.world.slack.workspace.views.values() if each.user == user]
        reason = {WORDS: {WORDS: {"type": "plain_text_input", "value": "off"}}} if name == FEEDBACK else {}
        for view in views[-1:]:
            await self.world.slack.submit_view(user, view.id, reason)

    def _expire(self, shown: Shown) -> None:
        """Let the rows of an answer be gone, so that they are read by another run of the query."""
        for each in self.world.databricks.questions():
            if each.content == shown.text and each.message_id:
                with contextlib.suppress(KeyError):  # it was deleted
                    self.world.databricks.expire_result(each.conversation_id, each.message_id)

    async def _ask_as_myself(self, user: str) -> None:
        """Take the offer that somebody else's answer brings, now and then."""
        said = [each for each in self.world.slack.ephemerals if each.for_user == user]
        offers = [(each, click) for each in said[-1:] for click in _clicks(each)]
        for offer, click in offers:
            if not click.action_id.startswith(ASK_AS_MYSELF) or self._chance.random() > TAKEN:
                continue
            offered = json.loads(click.value or "{}")
            if text := offered.get("q") or self._texts.get(offered["i"]):
                self._note(text, user)
                await self._click(user, offer, click)


def newcomers(world: World, emails: dict[str, str]) -> None:
    """Bring people with these addresses into #sales, and let each write to the bot."""
    workspace = world.slack.workspace
    for user, email in emails.items():
        workspace.users[user] = User(user, user.lower(), f"Person {user[-3:]}", email)
        workspace.channels[SALES].members.add(user)
        own = user.replace("U", "D", 1)
        workspace.channels[own] = Channel(own, "", {user, workspace.bot_user_id}, user=user)
        workspace.messages[own] = {}


def accounts(number: int) -> tuple[Person, ...]:
    """Return their accounts in Databricks: every third sees one region only."""
    return tuple(
        Person(
            f"person{each}@example.com",
            f"Person {each}",
            6_300_000_000_000_000 + each,
            Rights(row_filter=f"region = '{REGIONS[each % 2]}'") if each % 3 == 0 else Rights(),
        )
        for each in range(number)
    )


def _seen(shown: Shown, user: str) -> bool:
    return shown.message.channel == SALES or shown.user == user


def _clicks(message: Message) -> Iterator[Click]:
    for block in message.blocks:
        for element in (*block.get("elements", ()), block.get("accessory", {})):
            name = element.get("action_id")
            if not name or element.get("url"):
                continue
            if options := element.get("options"):
                yield from (Click(name, None, option["value"]) for option in options)
            elif name == FEEDBACK:
                for thumb in ("positive_button", "negative_button"):
                    yield Click(name, element[thumb]["value"], None)
            elif not name.startswith(OVERFLOW_MENU):
                yield Click(name, element.get("value"), None)
