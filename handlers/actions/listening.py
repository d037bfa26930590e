"""What users choose about replies: to ask one of Genie, and to which a thread listens."""

from slack_bolt.async_app import AsyncBoltContext

from bot.records.question import Question, Surface
from bot.replies.refusal import refusal
from bot.store.listening import Choice
from bot.store.questions import in_time
from bot.store.results import Receipt
from handlers.actions.as_myself import handle_ask_as_myself
from handlers.actions.follow_ups import of_thread
from handlers.ephemeral import replace_private_reply, reply_privately
from handlers.owners import is_anothers
from handlers.payloads.actions import Click, clicked
from handlers.payloads.envelope import microseconds
from handlers.services import Services
from handlers.written import own_text, written_ts
from render import words
from render.blockkit.reply import Reply
from render.notices.listening import now_listening, now_quiet

NOT_ASKED = {
    Receipt.DUPLICATE: words.questions.ALREADY_ASKED,
    Receipt.UNKNOWN_THREAD: words.listening.NOT_READ,
}


async def handle_ask_reply(services: Services, context: AsyncBoltContext) -> None:
    """Ask the reply for which a user got an offer, and take the next ones of that user as questions."""
    click = clicked(context)
    if await is_anothers(services, click.place, click.user):
        await handle_ask_as_myself(services, context)
        return
    question = await _question(context, click)
    if question is None:
        await reply_privately(context, words.listening.NOT_READ)
        return
    receipt = await in_time(_accept(services, question))
    services.wake()
    if refused := refusal(receipt, services.questions.bounds):
        await reply_privately(context, refused)  # the offer stays, for later
    else:
        await replace_private_reply(context, NOT_ASKED.get(receipt, words.listening.ASKED))


async def handle_only_mentions(services: Services, context: AsyncBoltContext) -> None:
    """Listen to a user in a thread only when mentioned."""
    click = clicked(context)
    await services.listening.choose(click.place, click.user, Choice.MENTIONS)
    await replace_private_reply(context, words.listening.MENTIONS_CHOSEN)


async def handle_quiet(services: Services, context: AsyncBoltContext) -> None:
    """Let a thread listen to mentions only."""
    await _listen(services, context, now_quiet(), replies=False)


async def handle_listen(services: Services, context: AsyncBoltContext) -> None:
    """Let a thread take replies again."""
    await _listen(services, context, now_listening(), replies=True)


async def _listen(services: Services, context: AsyncBoltContext, done: Reply, *, replies: bool) -> None:
    click = clicked(context)
    known = await services.listening.listen(click.place, click.user, replies=replies)
    await reply_privately(context, done if known else words.threads.FRESH_UNKNOWN)


async def _accept(services: Services, question: Question) -> Receipt:
    await services.listening.choose(question.place, question.asker, Choice.ASK)
    return await services.questions.accept(await of_thread(services, question))


async def _question(context: AsyncBoltContext, click: Click) -> Question | None:
    """Read the reply as it stands in Slack now: until it is asked, its text is kept nowhere else."""
    text = await own_text(context, click)
    if text is None:
        return None
    return Question(
        id=click.question_id,
        text=text,
        place=click.place,
        asker=click.user,
        surface=Surface.REPLY,
        written_at=microseconds(written_ts(click)),
    )
