"""From `asked` to the end of Genie's work: look at the message now and then, and say what is going on."""

import logging
import random

from bot.failures import causes, replies
from bot.failures.model import Cause
from bot.failures.retry import may_repeat, repeated
from bot.question import Held, State
from bot.replies.responder import Ending, credited
from bot.slack.messages import Delivery
from bot.slack.status import StatusLine
from bot.steps.announce import WORKING
from bot.steps.answer import Answering
from bot.store.queue import Queue
from genie.client import Genie
from genie.errors import GenieError
from genie.model import CANCELLED, FAILED, Message, Suggestions
from genie.polling import next_look
from render.notices import progress

log = logging.getLogger(__name__)

LONG = 60.0
"""Seconds after which the placeholder says that this takes longer."""
AGAIN = 1.5
"""Seconds until a second look at a finished message without an answer: attachments may lag behind."""


class Watching:
    """Poll a question's message until Genie has finished with it, or the deadline passes."""

    def __init__(
        self,
        queue: Queue,
        genie: Genie,
        delivery: Delivery,
        ending: Ending,
        status: StatusLine,
        answer: Answering,
        deadline: float,
    ) -> None:
        """`answer` carries on with a message that has an answer; `deadline` is in seconds."""
        self._queue, self._genie, self._delivery, self._ending = queue, genie, delivery, ending
        self._status, self._answer, self._deadline = status, answer, deadline

    async def __call__(self, held: Held) -> None:
        """Look once."""
        try:
            message = await self._genie.message(held.progress.ref)
        except GenieError as error:
            await self._missed(held, error)
            return
        if not message.final:
            await self._still_running(held, message)
        elif message.status == FAILED:
            await self._failed(held, message)
        elif message.status == CANCELLED:
            await self._ending.end(held, replies.cancelled(held.question.id), causes.STATUSES[CANCELLED])
        elif not message.attachments and held.progress.status != message.status:
            await self._queue.save(held, again_in=AGAIN, status=message.status, tries=0)
        else:
            await self._queue.save(held, state=State.ANSWERED, tries=1)
            await self._answer(held, message)

    async def _failed(self, held: Held, message: Message) -> None:
        questions = next(
            (part.questions for part in message.attachments if isinstance(part, Suggestions)), ()
        )
        cause = causes.of_message_error(message.error)
        kind = message.error.type if message.error else ""
        log.warning(
            "question.failed", extra={"error": kind, "genie_message": message.ref.message_id, **cause.log}
        )
        if may_repeat(held, cause):
            await self._ask_again(held, cause)
            return
        reply = replies.of_message_error(
            message.error, questions, question_id=held.question.id, message_id=message.ref.message_id
        )
        await self._ending.end(held, reply, cause)

    async def _ask_again(self, held: Held, cause: Cause) -> None:
        """Put the question once more by itself, with a token and a message of its own."""
        if cause.after and held.progress.ts:
            channel = held.question.place.channel
            await self._delivery.tell(
                channel, held.progress.ts, credited(held, progress.asking_again(cause.after))
            )
        await self._queue.save(
            held, again_in=cause.after, state=State.ANNOUNCED, said="again", **repeated(cause)
        )

    async def _missed(self, held: Held, error: GenieError) -> None:
        """Look later: a look that failed never costs the question."""
        cause = causes.of_error(error)
        # A login page in between is often a proxy's; Genie goes on working meanwhile.
        odd = held.progress.setbacks < cause.looks
        if not cause.passes and not odd:
            log.warning("question.refused", extra={"error": str(error), **cause.log})
            await self._ending.end(held, replies.told(cause, held.question.id), cause)
        elif _age(held) > self._deadline:
            await self.overdue(held)
        else:
            wait = max(error.retry_after or 1.0, next_look("", _age(held), held.progress.looks + 1))
            await self._queue.save(
                held,
                again_in=self._in_time(held, wait),
                looks=held.progress.looks + 1,
                tries=0,
                setbacks=held.progress.setbacks + odd,
            )

    async def _still_running(self, held: Held, message: Message) -> None:
        age, looks = _age(held), held.progress.looks + 1
        if age > self._deadline:
            await self.overdue(held)
            return
        shown = await self._status.show(held, message.status)
        said = await self._say(held, age)
        wait = next_look(message.status, age, looks, random.random())  # noqa: S311 - spreads, hides nothing
        await self._queue.save(
            held,
            again_in=self._in_time(held, wait),
            looks=looks,
            status=message.status,
            said=said,
            tries=0,
            **shown,
        )

    def _in_time(self, held: Held, wait: float) -> float:
        """Shorten a wait so that the deadline is not slept through, whatever Databricks asks for."""
        return min(wait, max(self._deadline - _age(held), 0.0))

    async def _say(self, held: Held, age: float) -> str:
        """Keep the placeholder true: no place in line any more, and a word when it takes long."""
        news = "long" if age > LONG else WORKING
        if held.progress.said == news or not held.progress.ts:
            return held.progress.said
        reply = progress.still_running() if age > LONG else progress.working()
        channel = held.question.place.channel
        told = await self._delivery.tell(channel, held.progress.ts, credited(held, reply))
        return news if told else held.progress.said

    async def overdue(self, held: Held) -> None:
        """Tell the thread that the deadline has passed, and leave the rest to its button."""
        if held.progress.state is not State.OVERDUE:
            await self._queue.save(held, state=State.OVERDUE)  # first, as the button may be quick
        await self._ending.end(held, replies.deadline(held.question.id), causes.OVERDUE, State.OVERDUE)


def _age(held: Held) -> float:
    return (held.now - held.progress.asked_at) / 1000
