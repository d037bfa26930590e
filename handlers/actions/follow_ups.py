"""Clicks that ask a question: a suggested one, the same one again, or a late answer."""

from dataclasses import replace

from slack_bolt.async_app import AsyncBoltContext

from bot.records.question import Question
from bot.records.research import as_research
from bot.replies.refusal import refusal
from bot.store.questions import in_time
from bot.store.results import Receipt, Resumed
from handlers.ephemeral import reply_privately
from handlers.payloads.actions import Click, clicked
from handlers.services import Services
from render import words
from render.text.escape import escape

NOT_RESUMED = {
    Resumed.GONE: words.questions.BUTTON_TOO_OLD,
    Resumed.RUNNING: words.questions.ALREADY_ASKED,
}


async def handle_suggestion(services: Services, context: AsyncBoltContext) -> None:
    """Ask a suggested question in the same thread."""
    click = clicked(context)
    await reply_privately(context, await in_time(_suggestion(services, click)))


async def handle_confirmed(services: Services, context: AsyncBoltContext) -> None:
    """Ask a question that an expert confirmed, as it was asked then: without the conversation so far."""
    await reply_privately(context, await in_time(_suggestion(services, clicked(context), fresh=True)))


async def handle_ask_again(services: Services, context: AsyncBoltContext) -> None:
    """Ask a question again that did not get an answer."""
    await reply_privately(context, await in_time(_ask_again(services, clicked(context))))


async def handle_start_fresh(services: Services, context: AsyncBoltContext) -> None:
    """Ask a question again, in a new conversation of its thread."""
    await reply_privately(context, await in_time(_ask_again(services, clicked(context), fresh=True)))


async def handle_ask_with_above(services: Services, context: AsyncBoltContext) -> None:
    """Ask a question together with the message of another app below which it stands."""
    await reply_privately(context, await in_time(_ask_again(services, clicked(context), above=True)))


async def handle_check_again(services: Services, context: AsyncBoltContext) -> None:
    """Go on polling for an answer that missed its deadline, unless others have come in who would read it."""
    click = clicked(context)
    if (await in_time(services.privacy.readers(click.place))).may_have_outsiders:
        await reply_privately(context, words.readers.OTHERS_READ)
        return
    resumed = await services.questions.resume(click.value)
    services.wake()
    await reply_privately(context, NOT_RESUMED.get(resumed, ""))


async def _suggestion(services: Services, click: Click, *, fresh: bool = False) -> str:
    space = await space_of(services, click.question_id)
    return await ask(services, click, escape(click.suggestion), space=space, fresh=fresh)


async def space_of(services: Services, question_id: str) -> str:
    """Return the space in which a question was asked, if there is a choice and it is known."""
    if not (services.catalog.several and question_id):
        return ""
    progress = await services.questions.progress(question_id)
    return progress.space if progress else ""


async def _ask_again(services: Services, click: Click, *, fresh: bool = False, above: bool = False) -> str:
    earlier = await services.questions.find(click.question_id)
    if not earlier:
        return words.questions.BUTTON_TOO_OLD
    space = await space_of(services, click.question_id)
    asked = replace(click.question(earlier.text, fresh=fresh), above=above, space=space)
    return await accept(services, replace(asked, research=earlier.research, deepens=earlier.deepens))


async def ask(services: Services, click: Click, text: str, *, space: str = "", fresh: bool = False) -> str:
    """Store a question, once however often the button is pressed; return what to tell the user."""
    asked = replace(click.question(text, fresh=fresh), space=space)
    return await accept(services, await of_thread(services, asked))


async def of_thread(services: Services, question: Question) -> Question:
    """Return a question as one of its thread: it is research if that began with it, or if it says so."""
    asked = as_research(question, services.catalog)
    is_research = asked.research or await services.listening.is_research(question.place)
    return replace(asked, research=is_research)


async def accept(services: Services, question: Question) -> str:
    """Store a question that a button asks; return what to tell the user."""
    if not question.text:
        return words.questions.BUTTON_TOO_OLD
    receipt = await services.questions.accept(question)
    services.wake()
    if receipt is Receipt.DUPLICATE:
        return words.questions.ALREADY_ASKED
    return refusal(receipt, services.questions.bounds)
