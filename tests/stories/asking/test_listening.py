"""People talk in a thread of the bot: what is asked, what is not, and who decides."""

import signal

import pytest
from redis.asyncio import Redis

from bot.records.question import Place
from bot.store.keys import Keys
from render import words
from render.notices.listening import ASK_REPLY, LISTEN, ONLY_MENTIONS, QUIET
from render.notices.message_above import ASK_WITH_ABOVE, ASK_WITHOUT
from sandbox.slack.state.records import OTHER_BOT, Message
from tests.stories.exports import press
from tests.stories.world import ADA, BEN, CHLOE, GENIE, OWN_CHARTS, SALES, World, company, kinds, words_of

pytestmark = pytest.mark.redis

QUESTION = f"{GENIE} revenue by region last year"


def asked(world: World) -> list[str]:
    """Return what Genie was asked."""
    return [each.content for each in world.databricks.questions()]


async def told(world: World, user: str, number: int = 1) -> Message:
    """Wait for the n-th message that one person alone sees."""

    def seen() -> Message | None:
        theirs = [each for each in world.slack.ephemerals if each.for_user == user]
        return theirs[number - 1] if len(theirs) >= number else None

    return await world.slack.until(seen)


async def taken(world: World) -> None:
    """Wait until the bot has taken all that Slack sent."""
    await world.slack.until(lambda: all(each.acked_at for each in world.slack.deliveries))


async def test_thanks_and_words_to_others_are_no_questions(world: World) -> None:
    """Nothing is asked, nothing is said; thanks with a question behind them are a question."""
    root = await world.ask(QUESTION)
    await world.answer(root)
    for text in ("thanks!", ":tada: :100:", "ok great", "danke dir", f"<@{BEN}> can you check this?"):
        await world.ask(text, thread=root)
    await world.ask("<https://example.com/a|example.com/a>", thread=root)
    await world.ask("thanks, and by month?", thread=root)
    assert "data_table" in kinds(await world.answer(root, 2))
    assert asked(world) == ["revenue by region last year", "thanks, and by month?"]
    assert world.slack.ephemerals == ()


async def test_while_people_talk_the_writer_alone_is_asked(world: World) -> None:
    """Once for each person until the next answer; what the person chooses is remembered."""
    root = await world.ask(QUESTION)
    await world.answer(root)
    await world.ask(f"<@{BEN}> can you check this?", thread=root)
    await world.ask("only EMEA", BEN, thread=root)
    offer = await told(world, BEN)
    assert (words_of(offer).splitlines()[0], offer.thread_ts) == (words.listening.OFFER, root)
    await world.ask("since March, I think", BEN, thread=root)
    await world.ask("hm, strange", CHLOE, thread=root)
    await world.slack.click(CHLOE, SALES, (await told(world, CHLOE)).ts, ONLY_MENTIONS)
    await world.slack.click(BEN, SALES, offer.ts, ASK_REPLY)
    await world.answer(root, 2)
    assert asked(world)[1:] == ["only EMEA"]
    await world.ask(f"<@{BEN}> and now?", thread=root)
    await world.ask("and by month?", BEN, thread=root)
    await world.answer(root, 3)
    await world.ask("looks right", CHLOE, thread=root)
    await world.ask("units by region last year", CHLOE, thread=root)
    await world.ask(f"{GENIE} cost by region last year", CHLOE, thread=root)
    await world.answer(root, 4)
    assert asked(world)[2:] == ["and by month?", "cost by region last year"]
    assert {words_of(each).splitlines()[0] for each in world.slack.ephemerals} == {
        words.listening.ASKED,
        words.listening.MENTIONS_CHOSEN,
    }


async def test_a_corrected_letter_in_what_people_said_asks_nothing(world: World) -> None:
    """Neither in a remark from before Genie was brought in by an edit, nor in one that was only offered."""
    root = await world.ask("revenue by region last year", CHLOE)
    early = await world.ask("I thnk we should talk to finance", BEN, thread=root)
    await taken(world)
    await world.slack.edit(CHLOE, SALES, root, QUESTION)
    await world.answer(root)
    await world.ask(f"<@{BEN}> can you check this?", thread=root)
    later = await world.ask("yes, I rember that", BEN, thread=root)
    await told(world, BEN)
    await world.ask(f"{GENIE} how are we doing by region?", BEN, thread=root)
    await world.answer(root, 2)
    await world.slack.edit(BEN, SALES, early, "I think we should talk to finance")
    await world.slack.edit(BEN, SALES, later, "yes, I remember that")
    await taken(world)
    await world.ask("revenue", BEN, thread=root)
    await world.answer(root, 3)
    assert asked(world) == ["revenue by region last year", "how are we doing by region?", "revenue"]
    assert len(world.slack.ephemerals) == 1


async def test_a_thread_may_listen_to_mentions_only(world: World) -> None:
    """By the menu of an answer or by a command, which replies with the thread's link; both undo it."""
    root = await world.ask(QUESTION)
    answer = await world.answer(root)
    await press(world, answer, QUIET)
    assert words.listening.NOW_QUIET in words_of(await told(world, ADA))
    await world.ask("only EMEA", thread=root)
    await world.ask(f"{GENIE} only APAC", BEN, thread=root)
    later = await world.answer(root, 2)
    await press(world, later, LISTEN, BEN)
    assert words.listening.NOW_LISTENING in words_of(await told(world, BEN))
    await world.slack.command(ADA, SALES, "/genie", "quiet")
    await world.ask("only LATAM", thread=root)
    await taken(world)
    await world.slack.command(ADA, SALES, "/genie", "listen")
    await world.ask("and by month?", thread=root)
    await world.answer(root, 3)
    assert asked(world)[1:] == ["only APAC", "and by month?"]
    link = f"{world.slack.url}/archives/{SALES}/p{root.replace('.', '')}"
    texts = [each.text for each in world.slack.ephemerals]
    assert texts[-2:] == [words.listening.quiet_latest(link), words.listening.listening_latest(link)]
    await world.slack.command(BEN, "C0FINANCE2", "/genie", "quiet")
    assert world.slack.ephemerals[-1].text == words.listening.NO_THREAD


async def test_genies_own_question_is_answered_by_somebody_who_asked(world: World) -> None:
    """Also in a thread in which people talk; a mere "yes" of somebody else is none of Genie's business."""
    root = await world.ask(f"{GENIE} how are we doing by region?")
    await world.answer(root)
    await world.ask("yes", BEN, thread=root)
    await world.ask("no", CHLOE, thread=root)
    await world.ask("revenue", thread=root)
    assert "data_table" in kinds(await world.answer(root, 2))
    assert asked(world) == ["how are we doing by region?", "revenue"]
    assert world.slack.ephemerals == ()


async def test_help_greetings_and_thanks_need_no_genie(world: World) -> None:
    """With a mention they are answered; so is a file without words, in a thread for its writer alone."""
    replies = {
        f"{GENIE} what can you do?": words.questions.HELP,
        f"hi {GENIE}!": words.questions.HELP,
        f"{GENIE} thanks :heart:": words.questions.YOU_ARE_WELCOME,
    }
    for text, reply in replies.items():
        assert reply in words_of(await world.answer(await world.ask(text)))
    root = await world.ask(QUESTION)
    await world.answer(root)
    await world.slack.share_file(ADA, SALES, "plan.pdf", thread_ts=root)
    assert words_of(await told(world, ADA)) == words.questions.NO_FILES
    shared = await world.slack.share_file(ADA, SALES, "plan.pdf", GENIE)
    assert words_of(await world.answer(shared)) == words.questions.NO_FILES
    assert asked(world) == ["revenue by region last year"]


async def test_every_kind_of_reply_of_a_person_is_one(world: World) -> None:
    """One after `/me`, and one that is also sent to the channel."""
    root = await world.ask(QUESTION)
    await world.answer(root)
    await world.slack.say_me(ADA, SALES, "wonders what the margin is?", root)
    await world.answer(root, 2)
    await world.slack.say_to_channel(ADA, SALES, "and by month?", root)
    await world.answer(root, 3)
    assert asked(world)[1:] == ["wonders what the margin is?", "and by month?"]


@pytest.mark.slow
async def test_apps_ask_only_if_they_may_and_never_in_answer(redis_url: str) -> None:
    """Without a place in ALLOWED_BOTS they are ignored; with one, what answers the bot is no loop."""
    async with company(redis_url, databricks=OWN_CHARTS, THREAD_REPLIES="mentions") as world:
        bot = await world.start_bot()
        root = await world.ask(QUESTION)
        await world.answer(root)
        await world.ask("only EMEA", thread=root)
        await world.slack.app_says(SALES, f"{GENIE} total revenue last month")
        await taken(world)
        assert len(asked(world)) == 1
        await bot.end(signal.SIGTERM)
        await world.start_bot(ALLOWED_BOTS=OTHER_BOT)
        # It has blocks only, as many apps write.
        section = {"type": "section", "text": {"type": "mrkdwn", "text": f"{GENIE} total revenue last month"}}
        report = await world.slack.app_says(SALES, "", blocks=(section,))
        await world.answer(report)
        await world.slack.app_says(SALES, f"{GENIE} total revenue last month", thread_ts=report)
        await world.slack.app_says(SALES, f"{GENIE} only EMEA", thread_ts=root)
        await taken(world)
        await world.ask(f"{GENIE} only APAC", thread=root)
        await world.asked(3)
        assert asked(world) == ["revenue by region last year", "total revenue last month", "only APAC"]


async def test_the_message_above_is_taken_along_on_request(world: World) -> None:
    """Below an alert of another app, whose text is in attachments, Genie is asked what the person chooses."""
    alert = {
        "fallback": "Revenue alert",
        "pretext": "Alert &amp; co:",
        "text": "revenue by region last year",
        "fields": [{"title": "Limit", "value": "10"}],
    }
    root = await world.slack.app_says(SALES, "", (alert,))
    await world.ask(f"{GENIE} why?", thread=root)
    offer = await world.slack.until(lambda: next(iter(replies(world, root)), None))
    assert words.questions.ABOVE_NOT_READ in words_of(offer)
    assert asked(world) == []
    await world.slack.click(BEN, SALES, offer.ts, ASK_WITH_ABOVE)
    await world.asked()
    above = "Alert & co:\nrevenue by region last year\nLimit: 10"
    assert asked(world) == [words.questions.about_above("why?", above)]
    await world.slack.click(BEN, SALES, offer.ts, ASK_WITHOUT)
    await world.asked(2)
    assert asked(world)[1] == "why?"


async def test_a_mention_in_a_thread_that_is_not_remembered_says_so(world: World) -> None:
    """After 30 days of silence the answer begins with words that a new conversation has begun."""
    root = await world.ask(QUESTION)
    await world.answer(root)
    async with Redis.from_url(world.environment["REDIS_URL"]) as redis:
        key = Keys(world.environment["REDIS_PREFIX"]).thread(Place("T0SANDBOX1", SALES, root), root)
        await world.until(lambda: any(".ended" in line for line in world.bots[-1].log))
        assert await redis.delete(key) == 1
    await world.ask(f"{GENIE} units by region last year", thread=root)
    assert words.threads.NOT_REMEMBERED in words_of(await world.answer(root, 2))
    await world.ask(f"{GENIE} and by month?", thread=root)
    assert words.threads.NOT_REMEMBERED not in words_of(await world.answer(root, 3))
    assert len({each.conversation_id for each in world.databricks.questions()}) == 2


def replies(world: World, root: str) -> list[Message]:
    """Return what our bot, and no other app, wrote in a thread."""
    return [each for each in world.ours(root) if each.bot_id != OTHER_BOT]
