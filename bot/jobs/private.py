"""Private answers: asked in a channel, given in the direct messages of who asked, and then perhaps to all.

The question itself moves into the direct messages before anything is done for it, so nothing about it can be
written in the channel, whatever fails. docs/decisions/13-private-in-direct-messages.md
"""

import json
import logging
from dataclasses import replace

from bot.question import Held, Place, Progress, State, Surface
from bot.replies.responder import ABSENT, Ending
from bot.slack.api import SlackRefused
from bot.slack.direct_messages import DirectMessages
from bot.slack.messages import Delivery
from bot.store.questions import Intake
from bot.store.queue import Queue
from bot.store.threads import Conversations
from render import words
from render.blockkit.blocks import channel as mention_channel
from render.blockkit.blocks import mention
from render.blockkit.text_reply import note

log = logging.getLogger(__name__)

SOON = 1.0
"""Seconds between looks whether an answer has its picture and files."""


class Private:
    """What becomes of a question that was asked privately, before and after its answer."""

    def __init__(
        self,
        queue: Queue,
        intake: Intake,
        conversations: Conversations,
        direct: DirectMessages,
        delivery: Delivery,
        ending: Ending,
    ) -> None:
        """Write to the asker by way of `direct`, and for everybody through `delivery`."""
        self._queue, self._intake, self._conversations = queue, intake, conversations
        self._direct, self._delivery, self._ending = direct, delivery, ending

    async def open(self, held: Held) -> None:
        """Put the question into the asker's direct messages, where it goes the way of all others."""
        order = held.question
        try:
            channel = await self._direct.open(order.asker)
        except SlackRefused as refused:
            log.warning("question.undeliverable", extra={"slack": refused.code})
            await self._ending.refuse(held, words.share.NO_DIRECT_MESSAGE, "refused")
            return
        here, there = order.place, Place(order.place.team, channel, None)
        asked_in = "" if channel == here.channel else here.channel
        question = replace(
            order, id=f"{order.id}.private", place=there, surface=Surface.COMMAND, asked_in=asked_in
        )
        await self._intake.accept(question)
        await self._ending.close(held, "opened")

    async def publish(self, held: Held) -> None:
        """Post the question for everybody; its answer is left to the step that shows all answers."""
        order = held.question
        asked, answered = await self._intake.find(order.about), await self._intake.progress(order.about)
        if not asked or not answered or not answered.message:
            await self._ending.refuse(held, words.share.ANSWER_FORGOTTEN, "forgotten")
            return
        private = replace(asked.place, thread=answered.thread or asked.place.thread)
        try:
            await self._open_thread(held, answered, private)
        except SlackRefused as refused:
            log.warning("answer.not_shared", extra={"slack": refused.code})
            where, absent = mention_channel(order.place.channel), refused.code in ABSENT
            sentence = words.share.not_there(where) if absent else words.share.closed(where)
            await self._ending.refuse(held, sentence, "not shared", thread=private.thread)
            return
        await self._queue.save(
            held,
            again_in=0,
            state=State.ANSWERED,
            tries=0,
            text=answered.text,
            space=answered.space,
            conversation=answered.conversation,
            message=answered.message,
        )

    async def _open_thread(self, held: Held, answered: Progress, private: Place) -> None:
        order = held.question
        if held.thread:
            return
        root = note(words.general.asked(mention(order.asker), answered.text))
        thread = await self._delivery.post(
            order.place.channel, None, root, f"{order.id}.root", seek=held.again
        )
        await self._conversations.publish(held, thread, private, answered.ref)

    async def dismiss(self, held: Held) -> None:
        """Take an answer away, with its thread unless something else was asked there."""
        order = held.question
        answered = await self._intake.progress(order.about)
        if answered and answered.state in {State.ANSWERED, State.SHOWN}:
            await self._queue.save(held, again_in=SOON, tries=0)
            return
        place = order.place
        if await self._conversations.questions(place) <= 1:
            await self._direct.remove_thread(place.channel, place.thread or "")
        elif answered and answered.ts:
            files = json.loads(answered.files).values()
            await self._direct.remove_answer(place.channel, place.thread or "", answered.ts, files)
        await self._ending.close(held, "dismissed")
