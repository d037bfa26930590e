"""What Slack sends, and the bot's listeners behind a real Bolt app that takes it."""

from typing import Any

from redis.asyncio import Redis
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient

import handlers
from bot.slack.modal import ModalRequest
from bot.store.feedback import Ratings
from bot.store.jobs import Orders
from bot.store.keys import Keys
from bot.store.questions import Intake

TEAM, CHANNEL, ADA, BOT = "T1", "C1", "U0ADA", "U0BOT"
TS = "1700000000.000100"
KEYS = Keys("test")


class Listeners:
    """The listeners, over `redis`; `pokes` counts how often a worker was woken."""

    def __init__(self, redis: "Redis") -> None:
        self.pokes = 0
        self.modal_requests: list[tuple[ModalRequest, str]] = []
        self.has_room = True
        self.intake = Intake(redis, KEYS)
        self.app = AsyncApp(
            client=AsyncWebClient(), authorize=authorize, signing_secret="", process_before_response=True
        )
        self.app.error(_failed)
        orders, ratings = Orders(redis, KEYS), Ratings(redis, KEYS)
        handlers.register(self.app, self.intake, orders, ratings, self._explain, self._poke, reviewed=False)

    async def take(self, body: dict[str, Any]) -> BoltResponse:
        """Give a payload to the listeners, as Socket Mode does."""
        return await self.app.async_dispatch(AsyncBoltRequest(mode="socket_mode", body=body))

    def _poke(self) -> None:
        self.pokes += 1

    def _explain(self, request: ModalRequest, question_id: str) -> bool:
        self.modal_requests.append((request, question_id))
        return self.has_room


async def authorize() -> AuthorizeResult:
    """Be the bot of the one workspace."""
    return AuthorizeResult(
        enterprise_id=None, team_id=TEAM, bot_token="xoxb-1", bot_user_id=BOT, bot_id="B0BOT"
    )


async def _failed() -> BoltResponse:
    return BoltResponse(status=503)


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
