"""What several steps or jobs share."""

import os
import socket
from collections.abc import Callable
from dataclasses import dataclass, replace

from bot.config.settings import Settings
from bot.identity.identities import no_sign_in
from bot.identity.model import SlackUser
from bot.offload.executor import Executor
from bot.offload.scratch import ScratchDir
from bot.records.audit import Audit
from bot.replies.chart_image import ChartImages
from bot.replies.compose import AnswerComposer
from bot.replies.confirmations import Confirmations
from bot.replies.load_answer import AnswerLoader
from bot.replies.query_reader import QueryReader
from bot.replies.responder import Responder
from bot.slack.direct_messages import DirectMessages
from bot.slack.ephemeral import EphemeralReplies
from bot.slack.files import Files
from bot.slack.messages import Messages
from bot.slack.status import STATUSES, StatusLine
from bot.startup.clients import Clients
from bot.startup.scopes import AGENT
from bot.store.experts import ConfirmedStore, ReviewStore
from bot.store.feedback import FeedbackStore
from bot.store.jobs import JobStore
from bot.store.keys import Keys
from bot.store.limiter import QUESTIONS, RESEARCH, Bucket
from bot.store.listening import ListeningStore, ThreadReplies
from bot.store.people import PeopleStore
from bot.store.questions import QuestionStore
from bot.store.queue import Queue
from bot.store.reuse import ReuseStore
from bot.store.spaces import SpaceStore
from bot.store.threads import ThreadStore
from bot.wiring.audience import answer_privacy, asker_guard


@dataclass(frozen=True, slots=True, kw_only=True)
class Offload:
    """Where work runs that must not run on the event loop."""

    render: Executor
    """Draws charts and composes messages."""
    files: Executor
    """Writes files."""
    scratch: ScratchDir


class Parts:
    """Collaborators that several steps or jobs share."""

    def __init__(
        self,
        settings: Settings,
        clients: Clients,
        keys: Keys,
        questions: QuestionStore,
        offload: Offload,
        changed: Callable[[SlackUser], None],
    ) -> None:
        self.settings, self.clients, self.offload, self.keys = settings, clients, offload, keys
        self.genie_of = clients.genie_of
        self.signed_in = clients.user_identities.signed_in if clients.user_identities else no_sign_in
        redis, slack = clients.redis, clients.slack
        rate, research_rate = questions.bounds.rate, questions.bounds.research_rate
        self.question_bucket = Bucket(redis, keys, QUESTIONS, rate)
        self.research_bucket = Bucket(redis, keys, RESEARCH, research_rate)
        self.queue = Queue(redis, keys, rate, _name(), changed=changed, research_rate=research_rate)
        as_users = settings.identity == "user"
        self.questions, self.jobs = questions, JobStore(redis, keys, as_users=as_users)
        self.threads = ThreadStore(redis, keys, as_users=as_users)
        self.reuse = ReuseStore(redis, keys, minutes=settings.reuse_minutes, as_users=as_users)
        self.feedback, self.spaces = FeedbackStore(redis, keys), SpaceStore(redis, keys)
        self.listening = ListeningStore(redis, keys, ThreadReplies(settings.thread_replies))
        self.reviews = ReviewStore(redis, keys)
        self.users, self.people = clients.users, PeopleStore(redis, keys)
        self.messages, self.files = Messages(slack, redis, keys), Files(slack, clients.http)
        self.status = StatusLine(
            slack, Bucket(redis, keys, "slack:status", STATUSES), is_agent=AGENT in clients.identity.scopes
        )
        self.ephemeral_replies = EphemeralReplies(slack, clients.http)
        self.confirmations = self._confirmations()
        self.responder = Responder(
            queue=self.queue,
            catalog=clients.catalog,
            messages=self.messages,
            status=self.status,
            ephemeral_replies=self.ephemeral_replies,
            as_users=as_users,
            confirmations=self.confirmations,
            audit=Audit(days=settings.audit_days, content=settings.audit_content, as_users=as_users),
            observe=clients.observe,
        )
        self.direct_messages = DirectMessages(slack, self.files, clients.identity.bot_user)
        self.guard, self.privacy = asker_guard(settings, clients), answer_privacy(settings, clients, keys)
        self.query_reader = QueryReader(offload.render)
        self.rows_loader = AnswerLoader(questions=self.questions, genie_of=self.genie_of, as_users=as_users)
        self.loader = replace(self.rows_loader, query_reader=self.query_reader)
        self.composer = self._composer()
        self.chart_images = ChartImages(genie_of=self.genie_of, executor=offload.render, files=self.files)

    def _composer(self) -> AnswerComposer:
        return AnswerComposer(
            executor=self.offload.render,
            scratch=self.offload.scratch,
            users=self.users,
            people=self.people,
            threads=self.threads,
            reuse=self.reuse,
            listening=self.listening,
            query_reader=self.query_reader,
            catalog=self.clients.catalog,
            spaces=self.spaces,
            has_model=bool(self.settings.serving_endpoint_name),
            charts=self.settings.charts,
            as_users=self.responder.as_users,
            confirmations=self.confirmations,
            observe=self.clients.observe,
        )

    def _confirmations(self) -> Confirmations | None:
        if self.settings.experts is None:
            return None
        redis = self.clients.redis
        return Confirmations(
            reviews=self.reviews,
            confirmed=ConfirmedStore(redis, self.keys),
            users=self.users,
            executor=self.offload.render,
        )


def _name() -> str:
    """Return a name that no other process has."""
    return f"{socket.gethostname()}:{os.getpid()}:{os.urandom(4).hex()}"
