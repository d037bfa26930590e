"""A job about an answer runs for its owner alone, whoever got it past the buttons."""

import asyncio
from typing import cast

import pytest
from aiohttp import ClientSession
from pydantic import SecretStr
from redis.asyncio import Redis
from slack_sdk.web.async_client import AsyncWebClient

from bot.config.settings import Settings
from bot.identity.model import SlackUser
from bot.offload.executor import Executor
from bot.offload.scratch import ScratchDir
from bot.records.job import Job, JobKind, Stage
from bot.records.progress import State
from bot.records.question import Place
from bot.replies.explain_modal import ExplainTasks
from bot.replies.load_answer import AnswerLoader
from bot.slack.channels import ChannelAudience, Channels, to_json
from bot.slack.members import MemberCounts
from bot.slack.user_groups import UserGroups
from bot.slack.users import Users
from bot.spaces.catalog import Catalog
from bot.startup.checks import Identity
from bot.startup.clients import Clients
from bot.startup.space_checks import SpaceChecks
from bot.store.keys import CHANNEL_LIFETIME
from bot.store.people import nobody_looks
from bot.wiring.build import build_worker
from bot.wiring.parts import Offload
from genie.client import Genie
from genie.errors import NotFound
from genie.model import MessageRef
from render import words
from render.blockkit.reply import ModalReply
from sandbox.slack.server import Slack
from tests.redis.queue_moves import KEYS, Bot, question

pytestmark = pytest.mark.redis

ANA, BEN = "U1", "U2"
PLACE = Place("T1", "C1", "1")
OTHERS = {
    JobKind.PRIVATE: "asks as the person who pressed",
    JobKind.FRESH: "Redis keeps it from others: test_owners",
    JobKind.FORGET: "Redis keeps it from others: test_owners",
    JobKind.TELL_WRITER: "says something to the person alone",
    JobKind.REVIEW: "reads the answer as its asker, for its asker alone: redis/experts",
    JobKind.FORGET_PERSON: "forgets the person who asked for it",
    JobKind.WATCH: "runs as the person whose watch it is",
    JobKind.DIGEST: "counts for experts, and nobody presses it",
    JobKind.WATCH_SET: "says that something is watched, and shows no row",
}
"""Jobs about no answer, and what they do."""


class Asked:
    """Whose rights a call to Databricks would have had; it finds nothing."""

    def __init__(self) -> None:
        self.users: list[SlackUser] = []

    def __call__(self, user: SlackUser) -> Genie:
        """Return the client of a person."""
        self.users.append(user)
        return cast("Genie", self)

    def __getattr__(self, name: str) -> object:
        async def call(*_args: object, **_named: object) -> None:
            raise NotFound

        return call


@pytest.fixture
async def bot(redis: "Redis") -> Bot:
    """Have one answer, of a question of Ana's."""
    bot = Bot(redis)
    await bot.questions.accept(question("1", ANA))
    await bot.announce()
    [lease] = await bot.granted()
    await bot.queue.asked(lease, MessageRef("s", "c", "m"), poll_in=0)
    [lease] = await bot.claim(10)
    await bot.queue.finish(lease, State.DELIVERED)
    return bot


async def run(redis: "Redis", bot: Bot, job: Job, asked: Asked, *, identity: str) -> str:
    """Run a job to its end in a worker as the bot builds it; return its stage."""
    token = SecretStr("xoxb-1")
    settings = Settings.model_construct(
        identity=identity, genie_space="s", feedback_channel="C9", slack_bot_token=token
    )
    async with ClientSession() as http:
        slack = AsyncWebClient(base_url="http://127.0.0.1:9/", session=http)
        us, checks = Identity("T1", "UBOT", "B", ""), cast("SpaceChecks", asked)
        users = Users(slack, redis, KEYS)
        channels = Channels(slack, redis, KEYS, MemberCounts(slack, redis, KEYS, users))
        catalog, groups = Catalog(settings.spaces), UserGroups(slack, redis, KEYS)
        clients = Clients(redis, slack, asked, http, us, catalog, checks, users, channels, groups)
        nothing = Offload(
            render=cast("Executor", asked), files=cast("Executor", asked), scratch=cast("ScratchDir", asked)
        )
        worker = build_worker(settings, clients, KEYS, bot.questions, nothing, None, nobody_looks)
        # Slack said lately that nobody from outside reads the channel.
        await redis.set(KEYS.channel("T1", "C1"), to_json(ChannelAudience()), px=CHANNEL_LIFETIME)
        await redis.hset(KEYS.question(job.id), mapping={"job": job.to_json(), "stage": Stage.QUEUED})
        await redis.pexpire(KEYS.question(job.id), 60_000)
        await redis.zadd(KEYS.due, {job.id: 0})
        working = asyncio.create_task(worker.run())
        async with asyncio.timeout(10):
            while await redis.hget(KEYS.question(job.id), "stage") == Stage.QUEUED and not asked.users:  # noqa: ASYNC110 - Redis tells nobody
                await asyncio.sleep(0.01)
        worker.stop()
        await working
    return str(await redis.hget(KEYS.question(job.id), "stage"))


@pytest.mark.parametrize("kind", sorted(JobKind, key=str))
async def test_no_job_serves_an_answer_to_somebody_else(redis: "Redis", bot: Bot, kind: JobKind) -> None:
    """It ends in words before anything is asked of Databricks; a job of another kind is about no answer."""
    if kind in OTHERS:
        return
    asked, job = Asked(), Job(f"T1.C1.1.{kind}", kind, PLACE, BEN, about="T1.C1.1")
    assert await run(redis, bot, job, asked, identity="user") == Stage.REFUSED
    assert asked.users == []


@pytest.mark.parametrize("user", [ANA, BEN])
async def test_the_bot_serves_everybody_where_it_asks_itself(redis: "Redis", bot: Bot, user: str) -> None:
    """As before there were owners."""
    asked, job = Asked(), Job("T1.C1.1.csv", JobKind.EXPORT, PLACE, user, about="T1.C1.1", payload="csv")
    await run(redis, bot, job, asked, identity="app")
    assert asked.users


async def test_the_owner_is_served_with_the_own_rights(redis: "Redis", bot: Bot) -> None:
    """Databricks is asked as the person who pressed."""
    await redis.hset(KEYS.question("T1.C1.1"), "asked_as", f"T1.{ANA}")
    asked, job = Asked(), Job("T1.C1.1.csv", JobKind.EXPORT, PLACE, ANA, about="T1.C1.1", payload="csv")
    await run(redis, bot, job, asked, identity="user")
    assert {*asked.users} == {SlackUser("T1", ANA)}


async def test_nobody_else_is_told_how_an_answer_came_about(bot: Bot) -> None:
    """The modal says whose it is, and Databricks is not asked."""
    asked = Asked()
    loader = AnswerLoader(questions=bot.questions, genie_of=asked, as_users=True)
    async with Slack() as slack, ClientSession() as http:
        client = AsyncWebClient(token=slack.bot_token, base_url=slack.api_url, session=http)
        tasks = ExplainTasks(client, loader, asked, cast("Executor", None))
        shown = await tasks._found_in_time("T1.C1.1", SlackUser("T1", BEN))
    assert isinstance(shown, ModalReply)
    assert words.owners.served_only(f"<@{ANA}>") in str(shown.views[0])
    assert asked.users == []


@pytest.mark.parametrize(("identity", "asked_as"), [("user", ""), ("app", f"T1.{ANA}")])
async def test_an_answer_is_served_with_the_rights_with_which_it_was_asked(
    redis: "Redis", bot: Bot, identity: str, asked_as: str
) -> None:
    """After a change of IDENTITY those would be others, before everybody who reads the old answer."""
    await redis.hset(KEYS.question("T1.C1.1"), "asked_as", asked_as)
    asked, job = Asked(), Job("T1.C1.1.csv", JobKind.EXPORT, PLACE, ANA, about="T1.C1.1", payload="csv")
    assert await run(redis, bot, job, asked, identity=identity) == Stage.REFUSED
    loader = AnswerLoader(questions=bot.questions, genie_of=asked, as_users=identity == "user")
    tasks = ExplainTasks(cast("AsyncWebClient", None), loader, asked, cast("Executor", None))
    shown = await tasks._found_in_time("T1.C1.1", SlackUser("T1", ANA))
    assert isinstance(shown, ModalReply)
    assert (words.explain.TOO_OLD in str(shown.views[0]), asked.users) == (True, [])
