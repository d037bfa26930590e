"""What a person does before a picture is taken: asks, waits, presses; each move returns what to show."""

import time
from collections.abc import Awaitable, Callable
from pathlib import Path

from playwright.async_api import Locator, expect
from redis.asyncio import Redis

from bench.gallery.case import Case
from bot.config.paths import socket_for
from bot.records.watch import WatchKind
from bot.store.keys import Keys
from bot.wiring.digest import DIGEST
from render import words
from render.blockkit.buttons import ASK_EXPERT, FEEDBACK, OVERFLOW_MENU
from render.expert.card import CANNOT_ANSWER, CONFIRM, CORRECT, TAKE
from render.expert.modals import REASON, SQL, WORDS
from tests.stories.browser import Person
from tests.stories.exports import press as choose
from tests.stories.watches.runs import due, ran
from tests.stories.watches.watching import Watching
from tests.stories.world import ADA, BEN, CHLOE, GENIE, SALES, World

DIRECT, EXPERTS = "D0ADA00000", "C0FINANCE2"
SAME = "Revenue by region last year"
Move = Callable[[World, Person, Case], Awaitable[Locator]]


async def asks(world: World, person: Person, case: Case) -> Locator:
    """Show the whole thread once its question has ended, with its files."""
    ended = _ended(world)
    asked = await world.ask(f"{GENIE} {case.question}")
    await world.until(lambda: _ended(world) > ended, within=60)
    shown = await thread_of(person, asked)
    await expect(shown.locator(".message")).to_have_count(1 + len(world.ours(asked)))
    return shown


async def waits(world: World, person: Person, case: Case) -> Locator:
    """Look while Genie is still at it."""
    asked = await world.ask(f"{GENIE} {case.question}")
    await world.slack.until(lambda: world.ours(asked) or None)
    shown = await thread_of(person, asked)
    await expect(shown.locator(".status")).to_be_visible()
    return shown


async def opens_sql(world: World, person: Person, case: Case) -> Locator:
    """Unfold the SQL."""
    shown = await asks(world, person, case)
    await shown.locator("details summary").first.click()
    return shown


async def opens_how(world: World, person: Person, case: Case) -> Locator:
    """Ask how the answer came about."""
    await asks(world, person, case)
    await person.press(words.explain.EXPLAIN)
    modal = person.page.locator("dialog[open]")
    await expect(modal).to_contain_text(words.explain.READING)
    return modal


async def opens_menu(world: World, person: Person, case: Case) -> Locator:
    """Open the menu of the answer; that of its thread is at the end of the row."""
    shown = await asks(world, person, case)
    await _menu(shown).click()
    return shown


async def thumbs_down(world: World, person: Person, case: Case) -> Locator:
    """Rate the answer as a bad one, which asks for the reason."""
    shown = await asks(world, person, case)
    ended = _ended(world)
    await shown.get_by_label(words.feedback.BAD_LABEL).click()
    await world.until(lambda: _ended(world) > ended, within=60)
    modal = person.page.get_by_role("dialog", name=words.feedback.TITLE)
    await modal.get_by_label(words.feedback.REASONS["figures"]).check()
    return modal


async def thumbs_up(world: World, person: Person, case: Case) -> Locator:
    """Rate the answer as a good one, which is confirmed privately."""
    shown = await asks(world, person, case)
    ended = _ended(world)
    await shown.get_by_label(words.feedback.GOOD_LABEL).click()
    await world.until(lambda: _ended(world) > ended, within=60)
    await expect(shown.get_by_text(words.feedback.GOOD_TAKEN)).to_be_visible()
    return shown


async def wants_insights(world: World, person: Person, case: Case) -> Locator:
    """Press the button for insights, or for the computed figures alone."""
    shown = await asks(world, person, case)
    name = case.presses or words.insights.STATS
    await shown.get_by_role("button", name=name, exact=True).click()
    await expect(shown.locator(".message").last.locator("h3, .header")).to_contain_text(name)
    return shown


async def chooses_chart(world: World, person: Person, case: Case) -> Locator:
    """Choose another chart in the menu below the answer."""
    shown = await asks(world, person, case)
    picture = shown.locator(".message img[alt]").last
    before = await picture.get_attribute("src")
    await shown.locator("select").select_option(label=case.presses)
    await expect(picture).not_to_have_attribute("src", before or "")
    return shown


async def opens_watch(world: World, person: Person, case: Case) -> Locator:
    """Open the form in which an answer is watched."""
    shown = await asks(world, person, case)
    await _menu(shown).click()
    await person.page.get_by_text(words.watches.WATCH, exact=True).click()
    modal = person.page.get_by_role("dialog", name=words.watches.TITLE)
    await expect(modal).to_contain_text(words.watches.HOW_OFTEN)
    return modal


async def is_told(world: World, person: Person, case: Case) -> Locator:
    """Watch an answer, and show what is told after a day of sales."""
    asked = await world.ask(f"{GENIE} {case.question}")
    answer = await world.answer(asked)
    async with Redis(unix_socket_path=_store(world), decode_responses=True) as redis:
        watching = Watching(world, redis)
        await watching.never_quiet()
        await watching.watch(answer)
        name = (await watching.of())[-1].watch.id
        await ran(watching, name)
        world.databricks.next_day()
        await due(watching, name)
    shown = await thread_of(person, asked)
    told = shown.locator(".message", has_text=words.watches.SHOW_TABLE)
    await expect(told.locator("img")).to_be_visible()
    return told


async def shares(world: World, person: Person, case: Case) -> Locator:
    """Share an answer with the channel."""
    shown = await asks(world, person, case)
    ended = _ended(world)
    await _menu(shown).click()
    await person.page.get_by_text(words.share.SHARE).click()
    await world.until(lambda: _ended(world) > ended, within=60)
    await person.visit(SALES)
    return person.page.locator("main .messages-inner .message").last


async def asks_privately(world: World, person: Person, case: Case) -> Locator:
    """Ask with the command so that nobody else sees the answer."""
    roots = world.slack.workspace.roots
    before = len(roots(DIRECT))
    await world.slack.command(ADA, SALES, "/genie", f"private {case.question}")
    root = await world.slack.until(lambda: next(iter(roots(DIRECT)[before:]), None))
    await world.chart(await world.answer(root.ts, channel=DIRECT))
    return await thread_of(person, root.ts, DIRECT)


async def asks_for_help(world: World, person: Person, case: Case) -> Locator:
    """Mention the bot without a question."""
    asked = await world.ask(f"{GENIE} {case.question}".strip())
    await world.answer(asked)
    return await thread_of(person, asked)


async def reads_digest(world: World, person: Person, case: Case) -> Locator:
    """Let it be Monday, after two people asked the same and one of them was not content."""
    roots, before = world.slack.workspace.roots, len(world.slack.workspace.roots(EXPERTS))
    answers = [await world.answer(await world.ask(f"{GENIE} {SAME}", user)) for user in (ADA, BEN)]
    await world.answer(await world.ask(f"{GENIE} {case.question}"))
    ended = _ended(world)
    [thumbs] = answers[1].blocks[-1]["elements"]
    await world.slack.click(BEN, SALES, answers[1].ts, FEEDBACK, value=thumbs["negative_button"]["value"])
    await world.until(lambda: _ended(world) > ended, within=60)
    async with Redis(unix_socket_path=_store(world)) as redis:
        due = Keys(world.environment["REDIS_PREFIX"]).watches_due(WatchKind.ANSWER)
        await redis.zadd(due, {DIGEST: round(time.time() * 1000)})
    await world.slack.until(lambda: roots(EXPERTS)[before:], 60)
    await person.visit(EXPERTS)
    return person.page.locator("main .messages-inner .message").last


def _store(world: World) -> str:
    """Return where the bot's own store listens."""
    return str(socket_for(Path(world.environment["DATA_DIR"]).resolve() / "store"))


def _menu(shown: Locator) -> Locator:
    return shown.locator(f'[data-action="{OVERFLOW_MENU}"]').last


async def thread_of(person: Person, root: str, channel: str = SALES) -> Locator:
    """Open a thread that has an answer, and return its messages."""
    await person.visit(channel, root)
    shown = person.thread.locator(".messages-inner")
    await shown.locator(".message").nth(1).wait_for()
    return shown


def _ended(world: World) -> int:
    return sum(".ended" in line for line in world.bots[0].log)


async def asks_expert(world: World, person: Person, case: Case) -> Locator:
    """Let a colleague send a question to the experts, one of whom looks at their channel."""
    await _sent(world, case)
    return await _newest_card(person)


async def expert_takes(world: World, person: Person, case: Case) -> Locator:
    """Take it."""
    _, card = await _sent(world, case)
    await _decide(world, card, TAKE)
    return await _newest_card(person)


async def expert_declines(world: World, person: Person, case: Case) -> Locator:
    """Say why it cannot be answered."""
    _, card = await _sent(world, case)
    await _decide(world, card, CANNOT_ANSWER, **{REASON: "Returns are booked by month only. Ask logistics."})
    return await _newest_card(person)


async def expert_confirms(world: World, person: Person, case: Case) -> Locator:
    """Confirm it, and look at the thread of who asked."""
    thread, card = await _sent(world, case)
    await _decide(world, card, CONFIRM)
    return await thread_of(person, thread)


async def expert_corrects(world: World, person: Person, case: Case) -> Locator:
    """Correct it in words and in SQL, and look at the thread of who asked."""
    thread, card = await _sent(world, case)
    sql = "SELECT region, SUM(amount - returned) AS revenue\nFROM sales.gold.orders\nGROUP BY region"
    await _decide(world, card, CORRECT, **{SQL: sql, WORDS: "Returns were still in it."})
    return await thread_of(person, thread)


async def expert_opens_form(world: World, person: Person, case: Case) -> Locator:
    """Press the button of a correction."""
    await _sent(world, case)
    card = await _newest_card(person)
    await card.get_by_role("button", name=words.experts.CORRECT, exact=True).click()
    return person.page.get_by_role("dialog", name=words.experts.CORRECT_TITLE)


async def _sent(world: World, case: Case) -> tuple[str, str]:
    """Have a colleague ask and press the button; return the thread, and the card."""
    ended, roots = _ended(world), world.slack.workspace.roots
    asked = await world.ask(f"{GENIE} {case.question}", BEN)
    answer = await world.answer(asked)
    await choose(world, answer, ASK_EXPERT, BEN)
    await world.until(lambda: _ended(world) > ended + 1, within=60)
    return asked, [each for each in roots(EXPERTS) if each.bot_id][-1].ts


async def _decide(world: World, card: str, action: str, **texts: str) -> None:
    """Press a button of the card, and fill the form that it opens."""
    ended, views = _ended(world), world.slack.workspace.views
    await world.slack.click(CHLOE, EXPERTS, card, action)
    if texts:
        view = await world.slack.until(
            lambda: next((each for each in views.values() if each.user == CHLOE), None)
        )
        values = {name: {name: {"type": "plain_text_input", "value": text}} for name, text in texts.items()}
        await world.slack.submit_view(CHLOE, view.id, values)
        views.pop(view.id, None)
    await world.until(lambda: _ended(world) > ended, within=60)


async def _newest_card(person: Person) -> Locator:
    await person.visit(EXPERTS)
    shown = person.page.locator("main .messages-inner .message").last
    await expect(shown).to_contain_text(words.experts.asks("Ben Lindqvist"))
    return shown
