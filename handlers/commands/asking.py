"""Commands that ask: `/genie question`, `ask` and `private`; and the starters that the help offers."""

from dataclasses import replace

from slack_bolt.async_app import AsyncBoltContext

from bot.records.question import Question
from bot.records.research import as_research
from bot.replies.refusal import refusal
from bot.slack.api import optional
from bot.slack.direct_messages import are_of_others
from bot.store.questions import in_time
from bot.store.results import EnqueueResult, Receipt
from handlers.actions.follow_ups import handle_suggestion
from handlers.ephemeral import reply_privately
from handlers.payloads.actions import clicked
from handlers.payloads.commands import Command, private_job
from handlers.services import Services
from render import words
from render.blockkit.blocks import mention
from render.text.escape import escape


async def ask(services: Services, context: AsyncBoltContext, command: Command) -> str:
    """Ask a question."""
    if not command.argument:
        return words.commands.ASK_EXPLAINED
    return await ask_question(services, context, command.question())


async def ask_privately(services: Services, context: AsyncBoltContext, command: Command) -> str:
    """Ask a question where only its asker sees the answer."""
    if not command.argument:
        return words.share.PRIVATE_EXPLAINED
    return await ask_question(services, context, command.question(), private=True)


async def research(services: Services, context: AsyncBoltContext, command: Command) -> str:
    """Have Genie look into a question with several queries."""
    if not command.argument:
        return words.research.EXPLAINED
    return await ask_question(services, context, replace(command.question(), research=True))


async def handle_starter(services: Services, context: AsyncBoltContext) -> None:
    """Ask what the help offers: in its thread or, where only the user sees it, as `/genie` would."""
    click = clicked(context)
    if click.private:
        question = click.command(escape(click.suggestion))
        await reply_privately(context, await ask_question(services, context, question))
    else:
        await handle_suggestion(services, context)


async def ask_question(
    services: Services, context: AsyncBoltContext, question: Question, *, private: bool = False
) -> str:
    """Store a question; return what the asker is told."""
    question = as_research(question, services.catalog)
    if private or services.private or await in_time(_not_for_all(services, context, question)):
        again = await services.jobs.enqueue(private_job(question)) is EnqueueResult.ALREADY
        received = words.share.private_received(mention(context.bot_user_id or ""))
        repeated = words.share.ALREADY_ASKED_PRIVATELY
    else:
        receipt = await services.questions.accept(question)
        again = receipt is Receipt.DUPLICATE
        refused = refusal(receipt, services.questions.bounds)
        received, repeated = refused or words.questions.COMMAND_RECEIVED, words.share.ALREADY_ASKED_HERE
    services.wake()
    return repeated if again else received


async def _not_for_all(services: Services, context: AsyncBoltContext, question: Question) -> bool:
    """Tell whether the answer cannot stand where the question is asked, as far as Slack says so in time."""
    place, asker = question.place, question.asker
    if place.is_direct:
        return await are_of_others(context.client, place.channel, asker)
    return await optional(services.privacy.wants_private(place, asker), default=False)  # else decided later
