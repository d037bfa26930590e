"""Questions in a channel where not everybody may read the answer: their askers get it, and may share it."""

from collections.abc import AsyncIterator
from functools import partial

import pytest
from redis.asyncio import Redis

from bot.store.keys import Keys
from render import words
from render.answer.actions import EXPORT_CSV, INSIGHTS
from sandbox.databricks.genie.timing import Timing
from sandbox.faults import Fault
from sandbox.slack.state.records import Channel, Message
from sandbox.slack.state.seed_data import BOT, GUEST
from tests.stories.exports import press
from tests.stories.privacy import QUESTION, share
from tests.stories.world import GENIE, World, company, kinds, words_of

pytestmark = pytest.mark.redis

PARTNER, NEW, ANA, BEN = "C0PARTNER7", "C0NEW00009", "U0ANA00007", "U0BEN00002"
MEMBERS = "conversations.members"
DIRECT, BENS = "D0ANA00000", "D0BEN00000"
SLOWLY = Timing(total=lambda _: 4.0)
"""Long enough to take a question back, or edit it, meanwhile; also on a busy machine."""
LINE = words.share.answered_privately("Ana Ribeiro")


@pytest.fixture
async def world(redis_url: str) -> AsyncIterator[World]:
    """Open the company and start one bot in it."""
    async with company(redis_url, CHARTS="off") as opened:
        await opened.start_bot()
        yield opened


def begin_channel(world: World, *others: str) -> None:
    """Let Ana, Ben and others meet in a channel of which the bot knows nothing."""
    world.slack.workspace.channels[NEW] = Channel(NEW, "new", {ANA, BEN, BOT.id, *others})
    world.slack.workspace.messages[NEW] = {}


def was_told_more(world: World, before: int) -> bool:
    """Whether somebody alone was told something beside what was said before."""
    return len(world.slack.ephemerals) > before


async def root_of(world: World, channel: str = DIRECT, number: int = 1) -> Message:
    """Wait for the n-th thread in a person's direct messages."""
    roots = await world.slack.until(lambda: world.slack.workspace.roots(channel)[number - 1 :] or None)
    return roots[0]


def told(world: World, thread: str) -> list[str]:
    """Return what the bot said in a thread of the channel."""
    return [words_of(each) for each in world.ours(thread, PARTNER)]


def said(world: World, channel: str) -> list[str]:
    """Return the `ts` of all that the bot said in a channel."""
    return [each.ts for each in world.slack.workspace.messages[channel].values() if each.bot_id]


async def test_the_answer_goes_to_its_asker_and_the_channel_gets_a_line(world: World) -> None:
    """Replies in the channel's thread go on in the same conversation; other people have their own."""
    thread = await world.ask(f"{GENIE} {QUESTION}", ANA, PARTNER)
    root = await root_of(world)
    answer = await world.answer(root.ts, channel=DIRECT)
    assert words_of(root) == words.share.asked_in_channel(f"<#{PARTNER}>", QUESTION)
    assert "data_table" in kinds(answer)
    await world.ask("and by month?", ANA, PARTNER, thread)
    later = await world.answer(root.ts, 2, DIRECT)
    assert words_of(later).startswith(words.share.asked_by(f"<@{ANA}>", "and by month?"))
    await world.ask("and by year?", ANA, DIRECT, root.ts)
    await world.answer(root.ts, 3, DIRECT)
    await world.ask(f"{GENIE} {QUESTION}", BEN, PARTNER, thread)
    await world.answer((await root_of(world, BENS)).ts, channel=BENS)
    assert told(world, thread) == [LINE, words.share.answered_privately("Ben Lindqvist")]
    first, second, third, bens = [each.conversation_id for each in world.databricks.questions()]
    assert first == second == third != bens


async def test_a_command_is_answered_as_privately(world: World) -> None:
    """The channel gets nothing at all."""
    await world.slack.command(ANA, PARTNER, "/genie", QUESTION)
    await world.answer((await root_of(world)).ts, channel=DIRECT)
    assert [each.text for each in world.slack.ephemerals][:1] == [words.share.private_received(GENIE)]
    assert [each for each in world.slack.workspace.messages[PARTNER].values() if each.bot_id] == []


async def test_an_asker_who_cannot_be_written_to_is_told(world: World) -> None:
    """And nobody else: nothing is asked, and nothing is posted."""
    refusal = Fault(path="*/conversations.open", status=200, body='{"ok": false, "error": "missing_scope"}')
    world.slack.faults.add(refusal)
    await world.ask(f"{GENIE} {QUESTION}", ANA, PARTNER)
    [told] = await world.slack.until(lambda: world.slack.ephemerals)
    assert (told.for_user, told.channel) == (ANA, PARTNER)
    assert told.text == words.share.NO_DIRECT_MESSAGE_FROM_HERE
    assert (said(world, PARTNER), world.databricks.questions()) == ([], [])


async def test_sharing_puts_the_answer_below_the_question(world: World) -> None:
    """Its asker reads who can read it then; the conversation stays in private."""
    thread = await world.ask(f"{GENIE} {QUESTION}", ANA, PARTNER)
    root = await root_of(world)
    answer = await world.answer(root.ts, channel=DIRECT)
    warned = await share(world, answer, ANA)
    assert words.readers.will_see(f"<#{PARTNER}>", 3, None) in warned
    assert words.readers.of_companies(1) in warned
    shared = await world.answer(thread, 3, PARTNER)
    assert "data_table" in kinds(shared)
    await world.ask("and by month?", ANA, PARTNER, thread)
    await world.answer(root.ts, 2, DIRECT)
    assert len({each.conversation_id for each in world.databricks.questions()}) == 1
    assert len(told(world, thread)) == 3


async def test_a_thread_that_others_can_read_by_now_goes_on_apart(world: World, redis: "Redis") -> None:
    """What was answered there stays there; the asker is told to say again what the question builds on."""
    channel, keys = world.slack.workspace.channels[PARTNER], Keys(world.environment["REDIS_PREFIX"])
    companies, channel.connected = channel.connected, ()
    thread = await world.ask(f"{GENIE} {QUESTION}", ANA, PARTNER)
    await world.answer(thread, channel=PARTNER)
    channel.connected = companies
    await redis.delete(keys.channel(world.slack.workspace.team_id, PARTNER))
    await world.ask("and by month?", ANA, PARTNER, thread)
    answer = await world.answer((await root_of(world)).ts, channel=DIRECT)
    assert words_of(answer).startswith(words.share.CONVERSATION_APART)


async def test_nothing_more_of_an_answer_is_posted_where_others_came_in(world: World) -> None:
    """A file would have all rows: whoever presses is told, and how to get it; so does a guest's coming."""
    begin_channel(world)
    answer = await world.answer(await world.ask(f"{GENIE} {QUESTION}", ANA, NEW), channel=NEW)
    before = said(world, NEW)
    await world.slack.share_channel(NEW, "T0PARTNER2")
    for action in (EXPORT_CSV, INSIGHTS):
        told = len(world.slack.ephemerals)
        await press(world, answer, action, BEN)
        await world.until(partial(was_told_more, world, told))
        refused = world.slack.ephemerals[-1]
        assert (refused.for_user, refused.text) == (BEN, words.readers.OTHERS_READ)
    assert said(world, NEW) == before


async def test_a_guest_who_takes_the_place_of_a_colleague_is_noticed(world: World) -> None:
    """Slack's word of it is all there is: as many people are there as before."""
    begin_channel(world)
    await world.answer(await world.ask(f"{GENIE} {QUESTION}", ANA, NEW), channel=NEW)
    world.slack.workspace.channels[NEW].members.remove(BEN)
    await world.slack.join(GUEST.id, NEW)
    await world.ask(f"{GENIE} {QUESTION}", ANA, NEW)
    await world.answer((await root_of(world)).ts, channel=DIRECT)


async def test_a_channel_is_counted_when_the_bot_comes(world: World) -> None:
    """Before anybody asks there."""
    begin_channel(world)
    world.slack.workspace.channels[NEW].members.remove(BOT.id)
    await world.slack.join(BOT.id, NEW)
    await world.until(
        lambda: (
            NEW in [each.arguments["channel"] for each in world.slack.request_log if each.method == MEMBERS]
        )
    )


async def test_the_first_answer_in_a_channel_waits_for_its_guests_to_be_counted(world: World) -> None:
    """Nobody has asked there, and a guest would read along."""
    begin_channel(world, GUEST.id)
    await world.ask(f"{GENIE} {QUESTION}", ANA, NEW)
    await world.answer((await root_of(world)).ts, channel=DIRECT)
    assert [words_of(world.slack.workspace.message(NEW, ts)) for ts in said(world, NEW)] == [LINE]


async def test_an_answer_is_private_while_slack_does_not_say_who_reads_it(world: World) -> None:
    """No question waits as long as Slack says; what follows on it there stays private, too."""
    begin_channel(world)
    world.slack.faults.add(Fault(path="/api/conversations.info", status=429, retry_after="60", times=None))
    thread = await world.ask(f"{GENIE} {QUESTION}", ANA, NEW)
    root = await root_of(world)
    await world.answer(root.ts, channel=DIRECT)
    world.slack.faults.clear()
    await world.answer(await world.ask(f"{GENIE} {QUESTION}", BEN, NEW), channel=NEW)
    await world.ask("and by month?", ANA, NEW, thread)
    await world.answer(root.ts, 2, DIRECT)
    first, _, later = [each.conversation_id for each in world.databricks.questions()]
    assert first == later


@pytest.mark.slow
async def test_edited_it_changes_where_it_is_answered(redis_url: str) -> None:
    """The new words take the place of the old ones."""
    async with company(redis_url, timing=SLOWLY, CHARTS="off") as world:
        await world.start_bot()
        thread = await world.ask(f"{GENIE} {QUESTION}", ANA, PARTNER)
        root = await root_of(world)
        await world.asked()
        await world.slack.edit(ANA, PARTNER, thread, f"{GENIE} units by region last year")
        answer = await world.answer(root.ts, channel=DIRECT)
        asked = words.share.asked_by(f"<@{ANA}>", "units by region last year")
        assert words_of(answer).startswith(asked)
        assert told(world, thread) == [LINE]
        assert [each.ts for each in world.ours(root.ts, DIRECT)] == [answer.ts]


@pytest.mark.slow
async def test_taken_back_nothing_of_it_is_left(redis_url: str) -> None:
    """Cancelled or deleted, direct messages and channel are as before; the next question begins anew."""
    async with company(redis_url, timing=SLOWLY, CHARTS="off") as world:
        bot = await world.start_bot()
        thread = await world.ask(f"{GENIE} {QUESTION}", ANA, PARTNER)
        await world.asked()
        await world.slack.command(ANA, PARTNER, "/genie", "cancel")
        await world.until(lambda: any('"withdrawn"' in line for line in bot.log))
        assert (said(world, DIRECT), said(world, PARTNER)) == ([], [])
        again = await world.ask(f"{GENIE} {QUESTION}", ANA, PARTNER, thread)
        await root_of(world)
        await world.asked(2)
        await world.slack.delete(ANA, PARTNER, again)
        await world.until(lambda: sum('"withdrawn"' in line for line in bot.log) == 2)
        assert (said(world, DIRECT), said(world, PARTNER)) == ([], [])
