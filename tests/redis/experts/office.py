"""A company with experts: its Slack and Genie, and a replica with an answer of Ada's."""

from collections.abc import Sequence
from typing import Any, cast

from redis.asyncio import Redis

from bot.identity.model import NotSignedIn, SlackUser
from bot.jobs.experts import ExpertJobs
from bot.records.job import Job, JobKind
from bot.records.lease import JobLease
from bot.records.question import Place
from bot.replies.expert_cards import ExpertCards
from bot.replies.load_answer import AnswerLoader
from bot.slack.api import SlackRefused
from bot.slack.channels import ChannelAudience, ChannelKind
from bot.slack.messages import Posted
from bot.store.experts import ReviewStore
from bot.store.jobs import JobStore
from genie.model import COMPLETED, Message, MessageRef, Query
from render.blockkit.reply import Reply
from tests.redis.experts.test_reviews import ASKED, ID
from tests.redis.queue_moves import KEYS, Bot, question
from tests.redis.responses import Responses

EXPERTS, DIRECT = "C9", "D1"
QUERY = Query("a", description="Sums amount.", sql="SELECT 1")


class Company:
    """Slack and Genie; who reads along where, and with whose rights Genie was asked."""

    def __init__(self, outsiders: Sequence[str] = (), archived: Sequence[str] = ()) -> None:
        self.outsiders, self.archived, self.asked_as = outsiders, archived, list[SlackUser]()
        self.posted, self.edited = list[tuple[str, Reply]](), list[str]()
        self.card_is_gone = False

    def genie_of(self, user: SlackUser) -> Any:
        """Return what asks as a person."""
        self.asked_as.append(user)
        return self

    async def message(self, ref: MessageRef) -> Message:
        """Have an answer."""
        return Message(ref, COMPLETED, attachments=(QUERY,))

    async def rows(self, *_about: object, **_how: object) -> None:
        """Have nobody signed in."""
        raise NotSignedIn

    async def may_have_outsiders(self, place: Place) -> bool:
        """Tell who reads along."""
        return place.channel in self.outsiders

    async def readers(self, _place: Place) -> ChannelAudience:
        """Describe a private channel."""
        return ChannelAudience(ChannelKind.PRIVATE)

    async def of(self, _team: str, users: set[str]) -> dict[str, str]:
        """Know all by name."""
        return {user: f"Name of {user}" for user in users}

    async def open(self, _user: str) -> str:
        """Open direct messages."""
        return DIRECT

    async def link(self, channel: str, ts: str) -> str:
        """Know where everything stands."""
        return f"https://x.example/{channel}/{ts}"

    async def post(self, channel: str, _thread: str | None, reply: Reply, _mark: str, **_how: bool) -> Posted:
        """Take a message."""
        if channel in self.archived:
            raise SlackRefused("is_archived")
        self.posted.append((channel, reply))
        return Posted("9.0")

    async def show(self, channel: str, _ts: str, _reply: Reply) -> int:
        """Take an edit."""
        if self.card_is_gone:
            raise SlackRefused("message_not_found")
        self.edited.append(channel)
        return 0

    def about(self, _space: str) -> Any:
        """Name the space."""
        return Named()


class Named:
    """A space."""

    name = "Sales"


class Office:
    """A replica with one answer, and its jobs with experts."""

    def __init__(self, redis: "Redis", company: Company) -> None:
        self.redis, self.bot, self.jobs_store = redis, Bot(redis), JobStore(redis, KEYS)
        self.responses, self.reviews = Responses(self.bot), ReviewStore(redis, KEYS)
        slack: Any = company
        cards = ExpertCards(
            channel=EXPERTS,
            reviews=self.reviews,
            messages=slack,
            ephemeral_replies=slack,
            users=slack,
            catalog=slack,
        )
        self.jobs = ExpertJobs(
            queue=self.bot.queue,
            responder=self.responses.responder,
            loader=AnswerLoader(questions=self.bot.questions, genie_of=company.genie_of, as_users=True),
            reviews=self.reviews,
            cards=cards,
            privacy=slack,
            direct_messages=slack,
            users=slack,
            messages=slack,
            composer=slack,
            chart_images=slack,
        )

    async def open(self, channel: str = "C1") -> "Office":
        """Have an answer of Ada's."""
        asked = question("1", "UADA")
        await self.bot.questions.accept(asked)
        await self.bot.announce()
        [lease] = await self.bot.granted()
        await self.bot.queue.asked(lease, MessageRef("s", "c", "m"), poll_in=0)
        [lease] = await self.bot.claim(1)
        stored = asked.to_json().replace('"C1"', f'"{channel}"')
        known = {
            "asked_as": "T1.UADA",
            "text": ASKED.question,
            "state": "delivered",
            "question": stored,
            "ts": "2.0",
        }
        await self.redis.hset(KEYS.question(ID), mapping=cast("Any", known))
        await self.redis.delete(KEYS.due)
        return self

    async def lease(self, kind: JobKind = JobKind.ASK_EXPERT, channel: str = "C1") -> JobLease:
        """Take the next job; of the button it is made first."""
        if kind is JobKind.ASK_EXPERT:
            await self.jobs_store.enqueue(Job(f"{ID}.x", kind, Place("T1", channel, "1"), "UADA", about=ID))
        [lease] = await self.bot.claim_jobs(1)
        return lease
