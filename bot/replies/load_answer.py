"""Loads answers from Genie: of a finished message, or of an earlier question for a job."""

import logging
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.failures import causes
from bot.identity.model import GenieOf, NotTheOwner, SlackUser
from bot.records.progress import Progress
from bot.records.question import Question
from bot.replies.query_reader import QueryReader
from bot.store.questions import QuestionStore
from genie import errors
from genie.agent_model import Prose
from genie.model import QUERY_RESULT_EXPIRED, Answer, Message
from genie.protocol.answer import select_answer
from render import words
from render.research.read import SYSTEM

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class LoadedAnswer:
    """An earlier answer, fetched again from Genie (rows are not stored)."""

    question: Question
    progress: Progress
    answer: Answer
    identity: SlackUser
    """As whom it was read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerLoader:
    """Read what Genie found; each method raises GenieError, unless it says otherwise.

    About an earlier question also NotStored, and NotTheOwner for anybody but its asker.
    """

    questions: QuestionStore
    genie_of: GenieOf
    as_users: bool = False
    """People ask as themselves, and earlier answers are for their askers alone."""
    query_reader: QueryReader | None = None
    """Reads a query while its rows are fetched; None where nobody shows what they mean."""

    async def read(self, message: Message, identity: SlackUser, attachment: str = "") -> Answer:
        """Choose the answer of a finished message and read its rows; expired ones are run again.

        Of a result of research `attachment` names its query.
        """
        answer = select_answer(message, attachment=attachment)
        if not answer.query:
            return answer
        expired = message.status == QUERY_RESULT_EXPIRED
        if self.query_reader and (answer.query.row_count is None or answer.query.row_count > 1):
            self.query_reader.begin(answer.query.sql)
        table = await self.genie_of(identity).rows(message.ref, answer.query, expired=expired)
        old = None if table.run_again else answer.read_at
        return replace(answer, table=table, read_at=old or time.time())

    async def read_or_explain(
        self, message: Message, identity: SlackUser, attachment: str = "", *, last: bool
    ) -> tuple[Answer, str]:
        """Read an answer, on the last try also without its rows; then with a sentence that says why."""
        try:
            return await self.read(message, identity, attachment), ""
        except errors.GenieError as error:
            if error.retryable and not last:
                raise
            log.warning("answer.rows_unavailable", extra={"error": str(error)})
            failed = isinstance(error, errors.StatementFailed) and error.state == "FAILED"
            note = (
                causes.of_error(error).told(as_users=self.as_users)
                if failed
                else words.answer.ROWS_UNREADABLE
            )
            return select_answer(message, attachment=attachment), note

    async def find(self, question_id: str, identity: SlackUser) -> tuple[Question, Progress] | None:
        """Return what is stored of an answered question; None once it is forgotten, or of other rights."""
        question = await self.asked(question_id, identity)
        progress = await self.questions.progress(question_id)
        if not (question and progress and self.has_same_rights(question, progress)):
            return None
        if not (progress.message or progress.response):  # a report may be shown before its message is there
            return None
        return question, progress

    def has_same_rights(self, question: Question, progress: Progress) -> bool:
        """Tell whether an answer is read now with the rights with which it was asked: IDENTITY may change."""
        return progress.asked_as == (question.queue_name if self.as_users else "")

    async def asked(self, question_id: str, identity: SlackUser) -> Question | None:
        """Return an earlier question; None once it is forgotten."""
        question = await self.questions.find(question_id)
        if self.as_users and question and question.identity != identity:
            raise NotTheOwner(question.identity)
        return question

    async def load_answer(self, question_id: str, identity: SlackUser) -> LoadedAnswer | None:
        """Read the answer to an earlier question again; None once it is forgotten."""
        found = await self.find(question_id, identity)
        if found is None:
            return None
        question, progress = found
        answer = await self._report(progress, identity) if question.research else None
        if answer is None and progress.message:
            message = await self.genie_of(identity).message(progress.ref)
            answer = await self.read(message, identity, question.attachment)
        return LoadedAnswer(question, progress, answer, identity) if answer else None

    async def _report(self, progress: Progress, identity: SlackUser) -> Answer | None:
        """Read the words of a report, whose results are answers of their own; None where Genie lists none."""
        asked, own = progress.content or progress.text, {progress.response, progress.message}

        async def others(runs: Sequence[str]) -> set[str]:  # they are named by their responses or messages
            return set(runs) - own if own & set(runs) else set()

        try:
            state = await self.genie_of(identity).response_items(progress.response_ref, asked, others)
        except errors.NotFound:
            return None
        said = [each.text for each in state.items if isinstance(each, Prose) and each.role != SYSTEM]
        return Answer(progress.ref, texts=tuple(said)) if said else None
