"""Which Genie conversation a question is asked in; each thread has its own."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from redis.asyncio import Redis

from bot.records.lease import JobLease, QuestionLease
from bot.records.progress import Progress
from bot.records.question import Place, Question
from bot.store.keys import QUESTION_LIFETIME, Key, Keys
from bot.store.limiter import Line
from bot.store.questions import SETTLE_SECONDS
from bot.store.scripts import research, threads


@dataclass(frozen=True, slots=True)
class ShownThread:
    """How answers are shown in a thread."""

    chart: str
    """Which one people want; empty for the automatic choice."""
    asked_in: str
    """The channel in which it was asked for privately; empty where others see the thread as well."""
    replies: str
    """Which replies people want to be taken as questions; empty where nobody has chosen."""


class ThreadStore:
    """The conversations of threads."""

    def __init__(self, redis: "Redis", keys: Keys, *, as_users: bool = False) -> None:
        """Keep them under `keys`; `as_users`: each person asks in conversations of their own."""
        self._redis, self._keys, self._as_users = redis, keys, as_users

    async def pick_conversation(self, lease: QuestionLease, space: str) -> tuple[QuestionLease, bool]:
        """Save in which conversation a question is about to be asked; return it, and whether to want charts.

        The conversation is in `Progress.into`, empty for a new one, and what goes before it in `after`.
        """
        question, keys = lease.question, self._keys
        into, refused, after = await threads.pick_conversation(
            self._redis,
            question_key=keys.question(question.id),
            thread_key=keys.thread(question.place, lease.thread),
            no_charts_key=keys.no_charts(space, research=question.research),
            question_prefix=keys.question(""),
            question_id=question.id,
            owner=lease.owner,
            space=space,
            asked_as=question.queue_name if self._as_users else "",
            research=question.research,
            fresh=question.fresh or bool(lease.progress.fresh),
        )
        return replace(lease, progress=replace(lease.progress, into=into, after=after)), not refused

    async def open(self, lease: QuestionLease, thread: str) -> QuestionLease:
        """Save the message that was posted to open a thread for a question, and make the thread ours."""
        place, question, keys = lease.question.place, lease.question, self._keys
        await threads.open_thread(
            self._redis,
            question_key=keys.question(question.id),
            thread_key=keys.thread(place, thread),
            thread_line_key=keys.thread_line(place, thread),
            latest_key=keys.latest(place.team, place.channel, question.asker),
            latest_there_key=keys.latest(place.team, question.asked_in, question.asker),
            asked_thread_key=keys.thread(question.asked_at, question.asked_thread),
            question_id=question.id,
            owner=lease.owner,
            thread=thread,
            asker=question.queue_name,
            asked_in=question.asked_in,
            asked_thread=question.asked_thread,
            channel=place.channel,
        )
        return replace(lease, progress=replace(lease.progress, thread=thread, attempts=0))

    async def add_results(self, lease: QuestionLease, results: Sequence[Question]) -> None:
        """Have the results of a report shown, which are questions of their own, once and in their order."""
        question, keys = lease.question, self._keys
        await research.add_results(
            self._redis,
            question_key=keys.question(question.id),
            due_key=keys.due,
            thread_key=keys.thread(question.place, lease.thread),
            thread_line_key=keys.thread_line(question.place, lease.thread),
            question_prefix=keys.question(""),
            question_id=question.id,
            owner=lease.owner,
            fields={each.id: each.to_json() for each in results},
        )

    async def leave_agent_mode(self, lease: QuestionLease, note: str) -> QuestionLease:
        """Make a question for chat mode of research, and of the replies in its thread; `note` says why."""
        question, keys = replace(lease.question, research=False), self._keys
        await research.leave_agent_mode(
            self._redis,
            question_key=keys.question(question.id),
            thread_key=keys.thread(question.place, lease.thread),
            owner=lease.owner,
            question=question.to_json(),
            note=note,
        )
        return replace(lease, question=question, progress=replace(lease.progress, note=note))

    async def others(self, lease: QuestionLease, conversations: Sequence[str]) -> frozenset[str]:
        """Return those of some Genie conversations that belong to other questions than this one."""
        return await self._others(lease, {each: self._keys.conversation(each) for each in conversations})

    async def others_runs(self, lease: QuestionLease, ids: Sequence[str]) -> frozenset[str]:
        """Return those of some responses and messages that belong to other questions than this one."""
        return await self._others(lease, {each: self._keys.message(each) for each in ids if each})

    async def keep_run(self, lease: QuestionLease, message_id: str) -> None:
        """Keep a run from other questions by its message, too: Genie's lists may have no other id of it."""
        await self._redis.set(self._keys.message(message_id), _asked_by(lease), px=QUESTION_LIFETIME)

    async def _others(self, lease: QuestionLease, keys: Mapping[str, Key]) -> frozenset[str]:
        owners = await self._redis.mget([*keys.values()]) if keys else ()
        pairs = zip(keys, owners, strict=True)
        return frozenset(each for each, owner in pairs if owner not in {None, _asked_by(lease)})

    async def shown(self, place: Place, thread: str) -> ShownThread:
        """Return how answers are shown in a thread."""
        fields = ["chart", "asked_in", "replies"]
        found = await self._redis.hmget(self._keys.thread(place, thread), fields)
        return ShownThread(*(str(each or "") for each in found))

    async def is_alone(self, place: Place, question_id: str) -> bool:
        """Tell whether a thread has no question beside one and its edits, but those that were withdrawn."""
        stored = await self._redis.hgetall(self._keys.thread(place, place.thread or ""))
        origins = {str(name).removeprefix("question:"): str(origin) for name, origin in _questions(stored)}
        origin = origins.get(question_id) or question_id
        async with self._redis.pipeline(transaction=False) as pipe:
            for other, edited_from in origins.items():
                if origin not in {other, edited_from}:
                    pipe.hexists(self._keys.question(other), "withdrawn")
            return all(await pipe.execute())

    async def is_answering(self, place: Place) -> bool:
        """Tell whether something in a thread is still to be answered, or shown."""
        return bool(await self._redis.exists(self._keys.thread_line(place, place.thread or "")))

    async def is_new(self, place: Place) -> bool:
        """Tell whether a thread has had one question only, and nothing that was forgotten or begun anew.

        Questions that went on in direct messages count, too.
        """
        stored = await self._redis.hgetall(self._keys.thread(place, place.thread or ""))
        asked = sum(not edited_from for _, edited_from in _questions(stored))
        moved = any(str(name).startswith("private:") for name in stored)
        return "epoch" not in stored and not moved and asked == 1

    async def leave(self, lease: QuestionLease) -> None:
        """Take a question whose asker is not answered out of its thread, which then knows nothing of it."""
        place, question = lease.question.place, lease.question
        if not lease.thread:
            return
        await threads.leave_thread(
            self._redis,
            thread_key=self._keys.thread(place, lease.thread),
            latest_key=self._keys.latest(place.team, place.channel, question.asker),
            thread=lease.thread,
            question_id=question.id,
            asker=question.queue_name,
        )

    async def move(
        self, lease: QuestionLease, channel: str, settle: float = SETTLE_SECONDS
    ) -> QuestionLease | None:
        """Take a question of a channel into its asker's direct messages, which are `channel`.

        It has no thread there yet, or joins that of the asker's earlier questions; None while that is opened.
        One that is there already and has no thread yet does the same.
        """
        place, keys = lease.question.asked_at, self._keys
        private, is_there = Place(place.team, channel, None), bool(lease.question.asked_in)
        line = Line.of(keys, lease.question.bucket, lease.question.queue_name)
        # That of a slash command, too, whose first message may have been posted in the channel.
        asked_thread = place.thread or lease.thread
        moved = replace(lease.question, place=private, asked_in=place.channel, asked_thread=asked_thread)
        is_moved, joined = await threads.move_question(
            self._redis,
            question_key=keys.question(moved.id),
            due_key=keys.due,
            line_key=line.line,
            own_key=line.own,
            asked_thread_key=keys.thread(place, moved.asked_thread),
            asked_line_key=keys.thread_line(place, moved.asked_thread),
            private_thread_prefix=keys.thread(private, ""),
            latest_key=keys.latest(place.team, channel, moved.asker),
            latest_there_key=keys.latest(place.team, place.channel, moved.asker),
            asked_key=keys.asked(place.team, channel, moved.asker),
            question_prefix=keys.question(""),
            question_id=moved.id,
            owner=lease.owner,
            question=moved.to_json(),
            asker=moved.queue_name,
            written_at=moved.written_at,
            edited_from=moved.revises,
            asked_thread=moved.asked_thread,
            channel=channel,
            is_there=is_there,
            settle_ms=round(settle * 1000),
        )
        if not is_moved:
            return None
        attempts = lease.progress.attempts if is_there else 0
        progress = replace(lease.progress, attempts=attempts, thread=joined or None, joined=int(bool(joined)))
        return replace(lease, question=moved, progress=progress)

    async def has_private(self, question: Question) -> bool:
        """Tell whether questions of an asker have moved from a thread into direct messages."""
        key = self._keys.thread(question.place, question.place.thread or "")
        return bool(await self._redis.hexists(key, f"private:{question.queue_name}"))

    async def retire(self, place: Place) -> None:
        """Have no more questions of a channel join a private thread, as its first message is gone."""
        await self._redis.hdel(self._keys.thread(place, place.thread or ""), "asked_in")

    async def adopt(
        self, lease: JobLease, asked: Question, answered: Progress, private: Place, *, may_move: bool
    ) -> None:
        """Let the question of a job to publish show an answer that was given in the thread `private`.

        The conversation `may_move` with it, unless more was asked in private.
        """
        job, keys, thread = lease.job, self._keys, asked.place.thread or ""
        await threads.adopt_thread(
            self._redis,
            job_key=keys.question(job.id),
            due_key=keys.due,
            thread_key=keys.thread(asked.place, thread),
            latest_key=keys.latest(asked.place.team, asked.place.channel, asked.asker),
            private_thread_key=keys.thread(private, private.thread or ""),
            thread_line_key=keys.thread_line(asked.place, thread),
            job_id=job.id,
            owner=lease.owner,
            question=asked.to_json(),
            thread=thread,
            asker=asked.queue_name,
            text=answered.text,
            space=answered.space,
            conversation=answered.conversation,
            message=answered.message,
            asked_as=answered.asked_as,
            into=answered.into,
            after=answered.after,
            response=answered.response,
            content=answered.content,
            status=answered.status,
            research=asked.research,
            may_move=may_move,
        )

    async def has_conversation(self, place: Place) -> bool:
        """Tell whether something was asked in a thread that later questions there build on."""
        key = self._keys.thread(place, place.thread or "")
        return any(await self._redis.hmget(key, ["conversation", "reused"]))

    async def before_research(self, lease: QuestionLease, space: str) -> str:
        """Return the question in chat mode from which research goes on that is to begin a conversation."""
        fresh = lease.question.fresh or lease.progress.fresh
        if not fresh and await self.current(lease, space):
            return ""
        chat = replace(lease, question=replace(lease.question, research=False))
        key = self._keys.thread(lease.question.place, lease.thread)
        if conversation := await self.current(chat, space):
            return str(await self._redis.get(self._keys.conversation(conversation)) or "")
        return str(await self._redis.hget(key, "reused") or "")

    async def current(self, lease: QuestionLease, space: str) -> str:
        """Return the conversation in which the thread's next question of a space would be asked, if any."""
        key, question = self._keys.thread(lease.question.place, lease.thread), lease.question
        fields = ["space", f"beside:{space}", f"research:{space}", "conversation"]
        own, beside, research, conversation = await self._redis.hmget(key, fields)
        if question.research:
            return str(research or "")
        return str((conversation if own in {None, space} else beside) or "")


def _asked_by(lease: QuestionLease) -> str:
    """Return the question that Genie was asked, which one that is shared is not."""
    return lease.question.published_from or lease.question.id


def _questions(stored: Mapping[bytes | str, bytes | str]) -> Iterator[tuple[bytes | str, bytes | str]]:
    """Yield the fields of a thread's questions, with that which each was edited from."""
    return ((name, origin) for name, origin in stored.items() if str(name).startswith("question:"))
