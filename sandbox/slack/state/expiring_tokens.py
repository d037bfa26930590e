"""Tokens that expire: trigger ids and response URLs."""

import secrets
import time
from dataclasses import dataclass

from sandbox.slack.errors import SlackError
from sandbox.slack.state.records import Message

RESPONSE_USES = 5
RESPONSE_LIFE = 1_800.0


@dataclass(slots=True)
class ResponseUrl:
    """What a `response_url` may answer to: where, whom, and which message is the original."""

    channel: str
    user: str
    original: Message | None
    expires: float
    uses: int = 0


class TriggerIds:
    """Trigger ids: each opens one view within a few seconds."""

    def __init__(self, life: float) -> None:
        self._life = life
        self._issued: dict[str, tuple[str, float]] = {}
        self._used: set[str] = set()

    def issue(self, user: str) -> str:
        """Give a trigger id for what this person just did."""
        trigger = f"{time.time_ns()}.{secrets.token_hex(8)}"
        self._issued[trigger] = (user, time.monotonic() + self._life)
        return trigger

    def use(self, trigger: str) -> str:
        """Use a trigger id up; give its person."""
        if trigger in self._used:
            raise SlackError("exchanged_trigger_id")
        if trigger not in self._issued:
            raise SlackError("invalid_trigger_id")
        user, expires = self._issued[trigger]
        if time.monotonic() > expires:
            raise SlackError("expired_trigger_id")
        self._used.add(trigger)
        return user


class ResponseUrls:
    """The `response_url`s that were handed out: five uses within thirty minutes each."""

    def __init__(self, life: float = RESPONSE_LIFE) -> None:
        self._life = life
        self._issued: dict[str, ResponseUrl] = {}

    def issue(self, channel: str, user: str, original: Message | None = None) -> str:
        """Give the path of a new response address."""
        token = secrets.token_hex(12)
        expires = time.monotonic() + self._life
        self._issued[token] = ResponseUrl(channel, user, original, expires)
        return token

    def use(self, token: str) -> ResponseUrl:
        """Use a response address once; `expired_url` or `used_url` when it has worn off."""
        found = self._issued.get(token)
        if found is None or time.monotonic() > found.expires:
            raise SlackError("expired_url")
        if found.uses >= RESPONSE_USES:
            raise SlackError("used_url")
        found.uses += 1
        return found
