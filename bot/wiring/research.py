"""Builds the steps of research, and lets a step serve both modes."""

from bot.records.lease import QuestionLease
from bot.steps.ask import AskStep
from bot.steps.research.begin import BeginStep
from bot.steps.research.compose import ReportComposer
from bot.steps.research.context import Context
from bot.steps.research.follow import FollowStep
from bot.steps.research.look import Look
from bot.steps.research.report import ReportStep
from bot.wiring.parts import Parts
from bot.worker import Step


def build_begin(parts: Parts, ask: AskStep) -> BeginStep:
    """Build the first step, which has the others; it asks as `ask` does, with tokens of its own."""
    report = ReportStep(
        queue=parts.queue,
        responder=parts.responder,
        messages=parts.messages,
        files=parts.files,
        feedback=parts.feedback,
        listening=parts.listening,
        genie_of=parts.genie_of,
        threads=parts.threads,
        composer=ReportComposer(answers=parts.composer),
        look=Look(genie_of=parts.genie_of, threads=parts.threads),
    )
    return BeginStep(
        queue=parts.queue,
        responder=parts.responder,
        threads=parts.threads,
        genie_of=parts.genie_of,
        wait_for_conversation=ask.wait_for_conversation,
        private_first=ask.private_first,
        choose_space=ask.choose_space,
        same_question=ask.same_question,
        question_bucket=parts.research_bucket,
        max_token_age_seconds=ask.max_token_age_seconds,
        spaces=parts.spaces,
        context=Context(
            queue=parts.queue,
            responder=parts.responder,
            loader=parts.rows_loader,
            genie_of=parts.genie_of,
            threads=parts.threads,
        ),
        follow=FollowStep(
            queue=parts.queue,
            responder=parts.responder,
            genie_of=parts.genie_of,
            messages=parts.messages,
            status=parts.status,
            report=report,
        ),
    )


def by_mode(chat: Step, research: Step) -> Step:
    """Return the step that does one for questions in chat mode, and the other for research."""

    async def run(lease: QuestionLease) -> None:
        await (research if lease.question.research else chat)(lease)

    return run
