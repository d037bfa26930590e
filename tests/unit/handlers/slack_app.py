"""What Slack sends, and the bot's listeners behind a real Bolt app that takes it."""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import replace
from typing import Any

from aiohttp import web
from redis.asyncio import Redis
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient

import handlers
from bot.home.content import HomeContents
from bot.home.tab import HomeTab
from bot.replies.access import Access
from bot.replies.answer_privacy import AnswerPrivacy
from bot.replies.asker_guard import AskerGuard
from bot.replies.watching.view import watch_views
from bot.slack.channels import ChannelAudience, ChannelKind, Channels
from bot.slack.members import MemberCounts
from bot.slack.modal import ModalRequest
from bot.slack.user_groups import UserGroups
from bot.slack.users import Person, Users
from bot.spaces.catalog import Catalog
from bot.spaces.model import Space
from bot.store.changes import QuestionChanges
from bot.store.experts import ConfirmedStore, ReviewStore
from bot.store.feedback import FeedbackStore
from bot.store.jobs import JobStore
from bot.store.keys import Keys
from bot.store.limiter import Rate
from bot.store.listening import ListeningStore
from bot.store.oversight.figures import FigureStore
from bot.store.oversight.heard import HeardStore
from bot.store.people import HomeTurns, PeopleStore
from bot.store.questions import QuestionStore
from bot.store.spaces import SpaceStore
from bot.store.watches import WatchStore
from handlers.services import Services
from render.blockkit.buttons import OVERFLOW_MENU

TEAM, CHANNEL, ADA, GUEST, BOT = "T1", "C1", "U0ADA", "U0GUEST", "U0BOT"
TS = "1700000000.000100"
KEYS = Keys("test")


class Listeners:
    """The listeners, over `redis`; `wakes` counts how often a worker was woken."""

    def __init__(
        self,
        redis: "Redis",
        *,
        allowed_bots: Collection[str] = (),
        as_users: bool = False,
        in_threads: bool = False,
        allow_guests: bool = False,
        named: Mapping[str, tuple[str, ...]] | None = None,
        catalog: Catalog | None = None,
        works: Callable[[], Awaitable[Mapping[str, bool]]] | None = None,
        expert_channel: str = "",
    ) -> None:
        """Answer whom `named` names: `channels`, `users`, `admins`."""
        self.wakes = 0
        self.modal_requests: list[tuple[ModalRequest, str]] = []
        self.has_room = True
        common = services(redis, self._wake, self._explain)
        common = replace(common, watch_form=lambda request, about, _: self._explain(request, about))
        access = Access(groups=common.access.groups, **named or {})
        self.services = replace(
            common,
            catalog=catalog or common.catalog,
            works=works or common.works,
            access=access,
            guard=AskerGuard(users=common.users, access=access, allow_guests=allow_guests),
            allowed_bots=allowed_bots,
            as_users=as_users,
            expert_channel=expert_channel,
            jobs=JobStore(redis, KEYS, as_users=as_users),
            listening=ListeningStore(redis, KEYS, as_users=as_users, in_threads=in_threads),
        )
        self.questions = self.services.questions
        self.app = AsyncApp(
            client=AsyncWebClient(), authorize=authorize, signing_secret="", process_before_response=True
        )
        handlers.register(self.app, self.services)

    async def take(self, body: dict[str, Any]) -> BoltResponse:
        """Give a payload to the listeners, as Socket Mode does."""
        return await self.app.async_dispatch(AsyncBoltRequest(mode="socket_mode", body=body))

    def _wake(self) -> None:
        self.wakes += 1

    def _explain(self, request: ModalRequest, question_id: str) -> bool:
        self.modal_requests.append((request, question_id))
        return self.has_room


def services(
    redis: "Redis",
    wake: Callable[[], None] = lambda: None,
    explain: Callable[[ModalRequest, str], bool] = lambda *_: True,
) -> Services:
    """Return what listeners work with, over `redis`."""
    slack = AsyncWebClient()
    users = Colleagues(slack, redis, KEYS)
    counts = MemberCounts(slack, redis, KEYS, users)
    access = Access(groups=UserGroups(slack, redis, KEYS))
    return Services(
        questions=QuestionStore(redis, KEYS),
        changes=QuestionChanges(redis, KEYS),
        catalog=Catalog((Space("", "01ef"),)),
        spaces=SpaceStore(redis, KEYS),
        jobs=JobStore(redis, KEYS),
        feedback=FeedbackStore(redis, KEYS),
        reviews=ReviewStore(redis, KEYS),
        confirmed=ConfirmedStore(redis, KEYS),
        listening=ListeningStore(redis, KEYS),
        heard=Unheard(redis, KEYS),
        users=users,
        guard=AskerGuard(users=users, access=access),
        access=access,
        privacy=AnswerPrivacy(
            channels=OurChannels(slack, redis, KEYS, counts), people=PeopleStore(redis, KEYS)
        ),
        home=home_tab(redis, AskerGuard(users=users, access=access)),
        people=PeopleStore(redis, KEYS),
        sign_in=None,
        explain=explain,
        watches=WatchStore(redis, KEYS),
        watch_form=lambda *_: True,
        works=all_works,
        wake=wake,
    )


async def all_works() -> dict[str, bool]:
    """Have nothing broken."""
    return {"slack": True, "databricks": True, "redis": True}


class Unheard(HeardStore):
    """Keeps the kinds of requests here, so that a request that does nothing leaves Redis as it was."""

    def note(self, kind: str) -> None:
        """Keep a kind."""
        self._noted[kind] = 0.0


def home_tab(redis: "Redis", guard: AskerGuard) -> HomeTab:
    """Return a Home tab that Slack does not take."""

    async def nobody(_team: str, _user: str) -> bool:
        return False

    contents = HomeContents(
        people=PeopleStore(redis, KEYS),
        figures=FigureStore(redis, KEYS, Rate(20, 60)),
        watches=WatchStore(redis, KEYS),
        view_of=watch_views("https://example.slack.com/", BOT, Catalog((Space("", "01ef"),))),
        spaces=lambda: (),
        is_admin=nobody,
        sign_in=None,
        always_private=False,
        never_charts=False,
        workspace_url="https://example.slack.com/",
        bot_user=BOT,
    )
    return HomeTab(
        slack=AsyncWebClient(base_url="http://127.0.0.1:9/"),
        turns=HomeTurns(redis, KEYS),
        contents=contents,
        users=guard.users,
        guard=guard,
    )


class Colleagues(Users):
    """Knows everybody, as a person of our workspace, and one guest."""

    async def person(self, team: str, user: str) -> Person:  # noqa: ARG002 - it asks nobody
        """Return what there is to know."""
        return Person("Gina", guest=True) if user == GUEST else Person("Ada")


class OurChannels(Channels):
    """Knows every channel, as one of our people alone."""

    async def read(self, team: str, channel: str) -> ChannelAudience:  # noqa: ARG002 - it asks nobody
        """Return what there is to know."""
        return ChannelAudience(ChannelKind.PUBLIC, companies=0, guests=0)


async def authorize() -> AuthorizeResult:
    """Be the bot of the one workspace."""
    return AuthorizeResult(
        enterprise_id=None, team_id=TEAM, bot_token="xoxb-1", bot_user_id=BOT, bot_id="B0BOT"
    )


class ResponseUrl:
    """A `response_url` with what was sent to it; it may refuse, or not answer for a long time."""

    def __init__(self) -> None:
        self.url = ""
        self.bodies: list[dict[str, Any]] = []
        self.status = 200
        self.hangs = False

    @property
    def texts(self) -> list[str]:
        """Return the texts that were sent."""
        return [body["text"] for body in self.bodies]

    async def take(self, request: web.Request) -> web.Response:
        """Take a reply."""
        self.bodies.append(await request.json())
        if self.hangs:
            await asyncio.sleep(30)
        return web.Response(status=self.status, text="ok")


def event(kind: str, **fields: Any) -> dict[str, Any]:
    """Wrap an event; fields of the wrapper begin with `_`."""
    outer = {name[1:]: value for name, value in fields.items() if name.startswith("_")}
    inner = {name: value for name, value in fields.items() if not name.startswith("_")}
    return {
        "type": "event_callback",
        "team_id": TEAM,
        "event": {"type": kind, "channel": CHANNEL, "user": ADA, "ts": TS, **inner},
        **outer,
    }


def mention(**fields: Any) -> dict[str, Any]:
    """Write to the bot in a channel."""
    return event("app_mention", **{"text": f"<@{BOT}> revenue?"} | fields)


def command(text: str) -> dict[str, Any]:
    """Use /genie."""
    return {
        "command": "/genie",
        "text": text,
        "team_id": TEAM,
        "channel_id": CHANNEL,
        "user_id": ADA,
        "trigger_id": "1.2.3",
        "response_url": "https://hooks.example/1",
    }


def press(action_id: str, value: str, **fields: Any) -> dict[str, Any]:
    """Press a button in a thread."""
    return {
        "type": "block_actions",
        "team": {"id": TEAM},
        "user": {"id": ADA, "team_id": TEAM},
        "channel": {"id": CHANNEL},
        "message": {"ts": "1700000001.000100", "thread_ts": TS, "team": TEAM},
        "actions": [{"action_id": action_id, "block_id": "b", "type": "button", "value": value}],
        **fields,
    }


def choose(choice: str, menu: str = OVERFLOW_MENU, **fields: Any) -> dict[str, Any]:
    """Choose from a menu below an answer."""
    body = press(menu, "", trigger_id="1.2.3", **fields)
    option = {"type": "overflow", "value": None, "selected_option": {"value": choice}}
    return body | {"actions": [body["actions"][0] | option]}


def submit(callback: str, metadata: str, **view: Any) -> dict[str, Any]:
    """Submit a modal."""
    return {
        "type": "view_submission",
        "team": {"id": TEAM},
        "user": {"id": ADA, "team_id": TEAM},
        "view": {"id": "V1", "type": "modal", "callback_id": callback, "private_metadata": metadata, **view},
    }
