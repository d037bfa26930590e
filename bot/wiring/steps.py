"""Which step of a question runs in which state."""

from bot.records.progress import State
from bot.slack.openings import Openings
from bot.steps.announce import AnnounceStep
from bot.steps.answer import AnswerStep
from bot.steps.ask import AskStep
from bot.steps.choose_space import ChooseSpace
from bot.steps.poll import PollStep
from bot.steps.private_first import PrivateFirst
from bot.steps.research.follow import FollowStep
from bot.steps.same_identity import SameIdentity
from bot.steps.same_question import SameQuestion
from bot.steps.wait_for_conversation import WaitForConversationStep
from bot.steps.withdraw import WithdrawStep
from bot.wiring.parts import Parts
from bot.wiring.research import build_begin, by_mode
from bot.worker import Step


def _private_first(parts: Parts) -> PrivateFirst:
    return PrivateFirst(
        queue=parts.queue,
        responder=parts.responder,
        privacy=parts.privacy,
        direct_messages=parts.direct_messages,
        messages=parts.messages,
        threads=parts.threads,
        users=parts.users,
    )


def _choose_space(parts: Parts) -> ChooseSpace:
    return ChooseSpace(
        queue=parts.queue,
        responder=parts.responder,
        catalog=parts.clients.catalog,
        spaces=parts.spaces,
    )


def _same_question(parts: Parts) -> SameQuestion:
    return SameQuestion(
        queue=parts.queue,
        responder=parts.responder,
        reuse=parts.reuse,
        catalog=parts.clients.catalog,
        threads=parts.threads,
        private_first=_private_first(parts),
    )


def _announce(parts: Parts) -> dict[State, Step]:
    step = AnnounceStep(
        queue=parts.queue,
        responder=parts.responder,
        messages=parts.messages,
        openings=Openings(parts.clients.slack, parts.clients.identity.bot_user),
        threads=parts.threads,
        users=parts.users,
        guard=parts.guard,
        private_first=_private_first(parts),
        choose_space=_choose_space(parts),
        same_question=_same_question(parts),
        signed_in=parts.signed_in,
        bot_user=parts.clients.identity.bot_user,
        starters=parts.settings.starter_questions,
    )
    return {State.RECEIVED: step.run, State.ANNOUNCED: step.update_place}


def _ask(parts: Parts) -> dict[State, Step]:
    wait = WaitForConversationStep(
        queue=parts.queue,
        responder=parts.responder,
        threads=parts.threads,
        genie_of=parts.genie_of,
        catalog=parts.clients.catalog,
        deadline_seconds=parts.settings.answer_deadline_seconds,
    )
    same_question = _same_question(parts)
    ask = AskStep(
        queue=parts.queue,
        responder=parts.responder,
        threads=parts.threads,
        genie_of=parts.genie_of,
        wait_for_conversation=wait,
        private_first=_private_first(parts),
        choose_space=_choose_space(parts),
        same_question=same_question,
        question_bucket=parts.question_bucket,
        max_token_age_seconds=parts.settings.question_guard_seconds / 4,
    )
    begin = build_begin(parts, ask)
    withdraw = WithdrawStep(
        queue=parts.queue,
        responder=parts.responder,
        messages=parts.messages,
        threads=parts.threads,
        genie_of=parts.genie_of,
        status=parts.status,
        ask=ask,
        begin=begin,
        deadline_seconds=parts.settings.answer_deadline_seconds,
    )
    return {
        State.ASKING: by_mode(ask.run, begin.run),
        State.REUSING: same_question.run,
        State.BLOCKED: wait.run,
        State.WITHDRAWN: withdraw.run,
        **_poll(parts, begin.follow),
    }


def _poll(parts: Parts, follow: FollowStep) -> dict[State, Step]:
    answer = AnswerStep(
        queue=parts.queue,
        responder=parts.responder,
        genie_of=parts.genie_of,
        loader=parts.loader,
        composer=parts.composer,
        messages=parts.messages,
        files=parts.files,
        chart_images=parts.chart_images,
        feedback=parts.feedback,
        listening=parts.listening,
    )
    poll = PollStep(
        queue=parts.queue,
        responder=parts.responder,
        genie_of=parts.genie_of,
        status=parts.status,
        answer=answer,
        query_reader=parts.query_reader,
        deadline_seconds=parts.settings.answer_deadline_seconds,
    )
    as_users = parts.responder.as_users
    only = SameIdentity(queue=parts.queue, responder=parts.responder, as_users=as_users).only
    return {
        State.ASKED: only(by_mode(poll.run, follow.run)),
        State.OVERDUE: by_mode(poll.overdue, follow.report.overdue),
        State.ANSWERED: only(by_mode(answer.run, follow.report.run)),
        State.SHOWN: only(by_mode(answer.run, follow.report.run)),
    }


STEPS = (_announce, _ask)
"""What builds the steps of a question, in the order in which it takes them."""
