"""Withdraws questions, and asks the new words of edited messages; used by the Slack listeners."""

from dataclasses import dataclass

from redis.asyncio import Redis

from bot.records.question import Place, Question
from bot.store.availability.replication import Replication
from bot.store.keys import Keys
from bot.store.limiter import Line
from bot.store.questions import Bounds, in_time, waiting_keys
from bot.store.results import Revised, Withdrawn
from bot.store.scripts import changes, research


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """What became of a user's newest question, and its id; empty if there is none."""

    result: Withdrawn
    question_id: str


class QuestionChanges:
    """Changes questions on their way, each in one Redis call. Methods raise NotStored without Redis."""

    def __init__(self, redis: "Redis", keys: Keys, bounds: Bounds | None = None) -> None:
        """Change the questions under `keys`, of which no more wait at a time than `bounds` allows."""
        self._redis, self._keys, self._bounds = redis, keys, bounds or Bounds()
        self._replication = Replication(redis, keys)

    async def revise(self, question: Question, edited_at: int, bot_user: str) -> Revised:
        """Ask `question` in place of the one that its message said before the edit of that time.

        It says the same if only the mention of `bot_user` was added or removed.
        """
        return await in_time(self._revise(question, edited_at, bot_user))

    async def _revise(self, question: Question, edited_at: int, bot_user: str) -> Revised:
        place, keys, bounds = question.place, self._keys, self._bounds
        thread, line = place.thread or "", Line.of(keys, question.bucket)
        by_person, in_channel = waiting_keys(keys, question)
        rate = bounds.rates[question.bucket]
        result = await changes.revise_question(
            self._redis,
            origin_key=keys.question(question.origin),
            question_key=keys.question(question.id),
            due_key=keys.due,
            thread_key=keys.thread(place, thread),
            thread_line_key=keys.thread_line(place, thread),
            latest_key=keys.latest(place.team, place.channel, question.asker),
            asked_key=keys.asked(place.team, place.channel, question.asker),
            recent_key=keys.recent(question.queue_name),
            by_person_key=by_person,
            in_channel_key=in_channel,
            grants_key=line.grants,
            closed_key=line.closed,
            question_prefix=keys.question(""),
            origin_id=question.origin,
            question_id=question.id,
            question=question.to_json(),
            bot_user=bot_user,
            thread=thread,
            for_genie=question.for_genie,
            asker=question.queue_name,
            written_at=question.written_at,
            edited_at=edited_at,
            most_by_person=bounds.by_person,
            most_in_channel=bounds.in_channel,
            capacity=rate.capacity,
            window_ms=rate.window_ms,
        )
        await self._replication.wait()
        return result

    async def take_offer(self, origin: str) -> None:
        """Note that an offer to ask an edited message was taken: the next edit brings another one."""
        await in_time(self._redis.hdel(self._keys.question(origin), "offered_at"))

    async def withdraw(
        self, origin: str, user: str = "", *, changed_at: int = 0, unasked: bool = False
    ) -> Withdrawn:
        """Withdraw a question, whatever its message says by now, if `user` asked it; without one in any case.

        `changed_at`: since its message was changed then. `unasked`: if it is not known yet, it is not taken
        when its event comes.
        """
        return await in_time(
            changes.withdraw_question(
                self._redis,
                origin_key=self._keys.question(origin),
                due_key=self._keys.due,
                question_prefix=self._keys.question(""),
                origin_id=origin,
                asker=user,
                changed_at=changed_at,
                unasked=unasked,
            )
        )

    async def stop(self, question_id: str, user: str) -> Withdrawn:
        """Stop research that `user` asked for: WAITING if it is withdrawn, RUNNING if Genie is to stop."""
        return await in_time(
            research.stop_research(
                self._redis,
                question_key=self._keys.question(question_id),
                due_key=self._keys.due,
                question_prefix=self._keys.question(""),
                question_id=question_id,
                asker=user,
            )
        )

    async def withdraw_latest(self, wish: str, place: Place, user: str) -> Withdrawal:
        """Withdraw a user's newest question that has not ended, in a thread or, without one, in a channel.

        `wish` is the id of the message or command that says so; heard again, it does nothing.
        """
        result, question_id = await in_time(
            changes.withdraw_latest(
                self._redis,
                wish_key=self._keys.question(f"{wish}.stop"),  # an edit may make a question of the message
                asked_key=self._keys.asked(place.team, place.channel, user),
                due_key=self._keys.due,
                question_prefix=self._keys.question(""),
                thread=place.thread or "",
            )
        )
        return Withdrawal(Withdrawn(result), question_id)
