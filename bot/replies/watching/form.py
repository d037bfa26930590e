"""The modal in which an answer is watched: opened at once, then filled with the columns of its result."""

import asyncio
import logging

from slack_sdk.web.async_client import AsyncWebClient

from bot.identity.model import SlackUser
from bot.offload.executor import Executor, ExecutorError
from bot.records.progress import stands_alone
from bot.replies.load_answer import AnswerLoader, LoadedAnswer
from bot.replies.modal_tasks import UNFILLED, ModalTasks, why_unfilled
from bot.replies.query_reader import QueryReader
from bot.slack.modal import Modal, ModalRequest
from bot.slack.users import Users
from bot.store.people import PeopleStore
from genie.model import Answer
from render import words
from render.blockkit.reply import ModalReply
from render.watch import modal as view
from render.watch.modal import WatchForm, limits_of
from render.watch.model import Limit, morning

log = logging.getLogger(__name__)

TIMEOUT_SECONDS = 20.0
"""For Redis, Genie and the executor together."""


class WatchForms(ModalTasks):
    """Opens one form per click; every modal ends with content."""

    def __init__(
        self,
        slack: AsyncWebClient,
        loader: AnswerLoader,
        executor: Executor,
        users: Users,
        people: PeopleStore,
    ) -> None:
        super().__init__()
        self._slack, self._loader, self._executor = slack, loader, executor
        self._query_reader, self._users, self._people = QueryReader(executor), users, people

    def start(self, request: ModalRequest, question_id: str, about: str) -> bool:
        """Open the form of one click; `about` comes back with it. False when there are too many."""
        return self.run(self._open(request, question_id, about))

    async def _open(self, request: ModalRequest, question_id: str, about: str) -> None:
        modal = Modal(self._slack, request)
        try:
            await modal.open(view.result_modal(words.watches.OPENING))
            await modal.show(await self._form_in_time(request, question_id, about))
        except asyncio.CancelledError:
            await modal.show(view.sentence(words.watches.STOPPED_OPENING))
            raise
        except Exception as error:  # noqa: BLE001 - the user looks at the modal and has to read something
            log.warning("watch.form_crashed", extra={"error": type(error).__name__})
            await modal.show(view.sentence(words.failures.CRASHED))

    async def _form_in_time(self, request: ModalRequest, question_id: str, about: str) -> ModalReply:
        """Return the form, or a sentence that says why there is none."""
        identity = SlackUser(request.place.team, request.user)
        try:
            async with asyncio.timeout(TIMEOUT_SECONDS):
                loaded = await self._loader.load_answer(question_id, identity)
                if loaded is None:
                    return view.sentence(words.watches.FORGOTTEN)
                return view.watch_modal(await self._form(loaded, about))
        except UNFILLED as error:
            sentence = why_unfilled(
                error,
                "watch.form_not_filled",
                not_stored=words.watches.NOT_STORED,
                too_slow=words.watches.TOO_SLOW,
                as_users=self._loader.as_users,
            )
            return view.sentence(sentence)

    async def _form(self, loaded: LoadedAnswer, about: str) -> WatchForm:
        asked, answer, user = loaded.question, loaded.answer, loaded.identity
        person = await self._users.person(user.team, user.id)
        preferences = await self._people.preferences(user.team, user.id)
        return WatchForm(
            about=about,
            question=loaded.progress.text,
            has_query=bool(answer.query and answer.query.sql),
            stands_alone=stands_alone(asked, loaded.progress) and not asked.above,
            limits=await self._limits(answer),
            channel="" if asked.place.is_direct else asked.place.channel,
            time_zone=person.time_zone,
            hour=morning(preferences.quiet),
            quiet=preferences.quiet,
        )

    async def _limits(self, answer: Answer) -> tuple[Limit, ...]:
        """Return the columns that may be watched for a value; none where the rows cannot be read just now."""
        if answer.table is None:
            return ()
        query = await self._query_reader.reading_of(answer)
        try:
            return await self._executor.run(limits_of, answer.table, query)
        except ExecutorError as error:
            log.warning("watch.columns_unread", extra={"error": str(error)})
            return ()
