"""From `received` to the line: tell the person that the question is here and when it will be asked."""

from collections.abc import Sequence
from dataclasses import replace

from bot.question import Held, Question, State, Surface
from bot.replies.responder import Ending, credited
from bot.slack.api import SlackBusy, SlackRefused
from bot.slack.messages import Delivery
from bot.slack.users import Names, mentioned, question_text
from bot.store.queue import Place, Queue
from render import words
from render.blockkit.blocks import channel
from render.blockkit.reply import Reply
from render.blockkit.text_reply import note
from render.notices import progress
from render.notices.help import explained

REFRESH = 15.0
"""Seconds between looks at one's place in the line."""
SOON = 3.0
"""Seconds of waiting that are not worth a word."""
WORKING = "working"
"""`Progress.said` of a placeholder that says no more than that Genie is being asked."""
STEP, FAR = 0.02, 100
"""Seconds between the next tries of neighbours in line when Slack wants fewer posts, up to that place."""
LONGEST = 10_000
"""Characters of a question; Genie's own limit is not published."""
GREETINGS = frozenset({"help", "hi", "hello", "hey", "start"})
"""What begins a direct message and asks for help, not for data."""


class Announcing:
    """Post the placeholder that later becomes the answer, and keep its place in line up to date."""

    def __init__(
        self,
        queue: Queue,
        delivery: Delivery,
        ending: Ending,
        names: Names,
        bot_user: str,
        starters: Sequence[str],
    ) -> None:
        """`bot_user` is the user id by which people mention the bot; `starters` are offered with the help."""
        self._queue, self._delivery, self._ending = queue, delivery, ending
        self._names, self._bot_user, self._help = names, bot_user, explained(starters)

    async def received(self, held: Held) -> None:
        """Post the placeholder, or at once the words that need no Genie."""
        question = held.question
        people = await self._names.of(question.place.team, mentioned(question.text) - {self._bot_user})
        text = question_text(question.text, self._bot_user, people)
        if question.surface is Surface.COMMAND and not held.thread:
            try:
                held = await self._open_thread(held, text)
            except SlackRefused as refused:
                await self._ending.privately(held, refused)
                return
        if reply := self._without_genie(held, text):
            await self._ending.end(held, reply, "notice")
            return
        await self._announce(held, text)

    async def _open_thread(self, held: Held, text: str) -> Held:
        question = held.question
        asker = f"<@{question.asker}>"
        root = note(
            words.share.asked_privately(channel(question.asked_in), text)
            if question.asked_in
            else words.general.asked(asker, text)
        )
        mark = f"{question.id}.root"
        thread = await self._delivery.post(question.place.channel, None, root, mark, seek=held.again)
        await self._queue.open_thread(held, thread)
        return replace(held, progress=replace(held.progress, thread=thread, tries=1))

    async def _announce(self, held: Held, text: str) -> None:
        place = await self._queue.join(held)
        channel, question_id = held.question.place.channel, held.question.id
        try:
            ts = await self._delivery.post(
                channel,
                held.thread,
                credited(held, _words(place), text),
                question_id,
                seek=held.again,
                written_at=held.question.written_at,
            )
        except SlackBusy as busy:
            # Who waits for Slack tries again in the order of the line, not all at the same moment.
            raise SlackBusy(busy.retry_after + STEP * min(place.number or 0, FAR)) from None
        saved: dict[str, str | int] = {
            "state": State.ANNOUNCED,
            "ts": ts,
            "text": text,
            "said": _said(place),
            "tries": 0,
        }
        await self._give_back(held, place, saved)

    async def announced(self, held: Held) -> None:
        """Stand in line, and say so again when the place has changed."""
        place = await self._queue.join(held, first=bool(held.progress.setbacks or held.progress.repeated))
        said = _said(place)
        if held.progress.ts and said != held.progress.said:
            reply = credited(held, _words(place))
            told = await self._delivery.tell(held.question.place.channel, held.progress.ts, reply)
            said = said if told else held.progress.said
        await self._give_back(held, place, {"said": said, "tries": 0})

    def _without_genie(self, held: Held, text: str) -> Reply | None:
        if held.question.external:
            return note(words.general.EXTERNAL_PERSON)
        if _wants_help(held.question, text):
            return self._help
        return note(words.general.question_too_long(LONGEST)) if len(text) > LONGEST else None

    async def _give_back(self, held: Held, place: Place, saved: dict[str, str | int]) -> None:
        if place.number is None:
            await self._queue.park(held, **saved)
        else:
            # Who is not asked at once after all, because others were first, learns it soon.
            again_in = REFRESH if place.seconds > SOON else SOON / 2
            await self._queue.save(held, again_in=again_in, **saved)


def _wants_help(question: Question, text: str) -> bool:
    """Tell whether somebody only called us, or greets us in a new direct message."""
    begins = question.surface is Surface.DIRECT and question.id.endswith(f".{question.place.thread}")
    return not text or (begins and text.lower().strip(" !.?") in GREETINGS)


def _words(place: Place) -> Reply:
    if place.number is None:
        return progress.behind_previous()
    return progress.waiting(place.number + 1, place.seconds) if place.seconds > SOON else progress.working()


def _said(place: Place) -> str:
    if place.number is None:
        return "behind"
    return f"place {place.number + 1}" if place.seconds > SOON else WORKING
