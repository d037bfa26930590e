"""What people write in the threads of the bot, and how far it listens there; no text is kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from redis.asyncio import Redis

from bot.records.job import Job, JobKind, job_id
from bot.records.question import Place
from bot.store.keys import Keys
from bot.store.questions import in_time
from bot.store.results import EnqueueResult
from bot.store.scripts import threads


class ThreadReplies(StrEnum):
    """Which replies in its threads the bot takes as questions, where nobody mentions it."""

    ALL = "all"
    SMART = "smart"
    """Those that people do not write to each other."""
    MENTIONS = "mentions"
    """None: it listens to mentions only."""


class Choice(StrEnum):
    """What a person chose for their own replies in one thread."""

    NONE = ""
    ASK = "ask"
    MENTIONS = "mentions"


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """The thread of a message, before that message."""

    known: bool = False
    """The bot had a part in it when the message was written; nothing else is known of other threads."""
    asked: bool = False
    """The message is a question already."""
    replies: ThreadReplies = ThreadReplies.SMART
    choice: Choice = Choice.NONE
    """Of its writer."""
    has_asked: bool = False
    """Its writer has asked in the thread."""
    asked_back: bool = False
    """Genie's last answer is a question, and this message the first that may answer it."""
    others_wrote: bool = False
    """Another person has written since Genie's last answer; before it, if the message is older than that."""
    anothers: bool = False
    """People ask as themselves, and another person began the thread."""
    told: bool = False
    """Its writer has been told something about the message before, as it comes again."""
    research: bool = False
    """It began with research: then replies are research, too."""
    shows_answers: bool = False
    """Answers of people's own stand in it, not in their direct messages."""


class ListeningStore:
    """Keeps who wrote in a thread since its last answer, and what people chose; NotStored without Redis."""

    def __init__(
        self,
        redis: "Redis",
        keys: Keys,
        replies: ThreadReplies = ThreadReplies.SMART,
        *,
        as_users: bool = False,
        in_threads: bool = False,
    ) -> None:
        """Take `replies` as questions in threads for which nobody has chosen.

        `as_users`: people ask as themselves; with `in_threads` they are answered where they ask.
        """
        self._redis, self._keys, self.replies = redis, keys, replies
        self._as_users, self.in_threads = as_users, in_threads

    async def hear(
        self, place: Place, user: str, ts: str, written_at: int, *, to_people: bool, may_answer: bool
    ) -> Heard:
        """Return what decides about a message, and keep that its writer has written, in one call.

        `to_people`: it does not address the bot. `may_answer`: it could answer a question of Genie's.
        """
        thread, aside_id = place.thread or "", job_id(place, JobKind.TELL_WRITER, ts)
        facts = await in_time(
            threads.hear_message(
                self._redis,
                question_key=self._keys.question(f"{place.team}.{place.channel}.{ts}"),
                aside_key=self._keys.question(aside_id),
                thread_key=self._keys.thread(place, thread),
                talk_key=self._keys.talk(place, thread),
                writer=f"{place.team}.{user}",
                ts=ts,
                written_at=written_at,
                to_people=to_people,
                may_answer=may_answer,
                owned=self._as_users,
            )
        )
        if not facts:
            return Heard()
        asked, replies, choice, has_asked, asked_back, others_wrote, anothers, told, research = facts
        return Heard(
            known=True,
            asked=bool(asked),
            replies=ThreadReplies(replies) if replies else self.replies,
            choice=Choice(choice),
            has_asked=bool(has_asked),
            asked_back=bool(asked_back),
            others_wrote=bool(others_wrote),
            anothers=bool(anothers),
            told=bool(told),
            research=bool(research),
            shows_answers=self.in_threads,
        )

    async def is_research(self, place: Place) -> bool:
        """Tell whether a thread began with research."""
        return bool(
            await in_time(self._redis.hexists(self._keys.thread(place, place.thread or ""), "research"))
        )

    async def tell_writer(self, job: Job) -> EnqueueResult:
        """Leave to the worker what the writer of a reply is to be told, once until the next answer."""
        thread = job.place.thread or ""
        return await in_time(
            threads.tell_writer(
                self._redis,
                talk_key=self._keys.talk(job.place, thread),
                job_key=self._keys.question(job.id),
                due_key=self._keys.due,
                told=f"{job.payload}:{job.queue_name}",
                job_id=job.id,
                job=job.to_json(),
            )
        )

    async def choose(self, place: Place, user: str, choice: Choice) -> bool:
        """Remember what a person chose for their own replies in a thread; False if it is not known."""
        return await self._set(place, {f"choice:{place.team}.{user}": choice})

    async def listen(self, place: Place, user: str, *, replies: bool) -> bool:
        """Let a thread take replies, those of `user` too, or mentions only; False if it is not known."""
        taken = ThreadReplies.SMART if self.replies is ThreadReplies.MENTIONS else self.replies
        listened = {"replies": taken, f"choice:{place.team}.{user}": Choice.NONE}
        return await self._set(place, listened if replies else {"replies": ThreadReplies.MENTIONS})

    async def note_answer(self, place: Place, thread: str, *, asked_back: bool) -> None:
        """Notice anew who writes in a thread, as it gets an answer; `asked_back` if that is a question."""
        await threads.note_answer(self._redis, talk_key=self._keys.talk(place, thread), asked_back=asked_back)

    async def is_answer(self, place: Place, ts: str) -> bool:
        """Tell whether a message answers the question of Genie's that is the thread's last answer."""
        talk_key = self._keys.talk(place, place.thread or "")
        return bool(await in_time(self._redis.hget(talk_key, "answered_by")) == ts)

    def is_quiet(self, replies: str) -> bool:
        """Tell whether a thread for which these replies were chosen, if any were, takes mentions only."""
        return (replies or self.replies) == ThreadReplies.MENTIONS

    async def _set(self, place: Place, fields: Mapping[str, str]) -> bool:
        known = threads.set_thread(
            self._redis, thread_key=self._keys.thread(place, place.thread or ""), fields=fields
        )
        return bool(await in_time(known))
