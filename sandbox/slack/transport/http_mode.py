"""Slack's side of HTTP mode: signed requests to the app's request URL.

https://docs.slack.dev/authentication/verifying-requests-from-slack
"""

import hashlib
import hmac
import json
import secrets
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from aiohttp import ClientError, ClientSession, ClientTimeout

from sandbox.slack.transport.outbox import NotAcknowledgedError, Payload, Retry

_JSON = "application/json"
_FORM = "application/x-www-form-urlencoded"
_GOOD = 200


class HttpMode:
    """Posts to the request URL; a session is opened on first use."""

    def __init__(
        self, request_url: Callable[[], str | None], signing_secret: str, ack_timeout: float
    ) -> None:
        self._request_url = request_url
        self._signing_secret = signing_secret
        self._ack_timeout = ack_timeout
        self._session: ClientSession | None = None

    async def send(self, kind: str, payload: Payload, retry: Retry | None) -> Any:
        """Post once; give the body of the answer, or raise `NotAcknowledgedError`."""
        if kind == "events_api":
            return await self._post(json.dumps(payload), _JSON, retry)
        form = payload if kind == "slash_commands" else {"payload": json.dumps(payload)}
        return await self._post(urlencode(form), _FORM, None)

    async def verify(self) -> bool:
        """Send the challenge with which Slack checks a new request URL; whether it came back."""
        challenge = secrets.token_hex(20)
        payload = {"type": "url_verification", "token": "deprecated", "challenge": challenge}
        try:
            answer = await self._post(json.dumps(payload), _JSON, None)
        except NotAcknowledgedError:
            return False
        return answer == challenge or (isinstance(answer, dict) and answer.get("challenge") == challenge)

    async def close(self) -> None:
        """Close the session."""
        if self._session is not None:
            await self._session.close()

    async def _post(self, body: str, content_type: str, retry: Retry | None) -> Any:
        url = self._request_url()
        if url is None:
            raise NotAcknowledgedError("connection_failed")
        if self._session is None:
            self._session = ClientSession(timeout=ClientTimeout(total=self._ack_timeout))
        headers = self._signed(body) | {"Content-Type": content_type, "User-Agent": "Slackbot 1.0"}
        if retry is not None:
            headers |= {"X-Slack-Retry-Num": str(retry.attempt), "X-Slack-Retry-Reason": retry.reason}
        try:
            async with self._session.post(url, data=body.encode(), headers=headers) as response:
                text = await response.text()
        except TimeoutError:
            raise NotAcknowledgedError("http_timeout") from None
        except ClientError:
            raise NotAcknowledgedError("connection_failed") from None
        if response.status != _GOOD:
            stop = response.headers.get("X-Slack-No-Retry") == "1"
            raise NotAcknowledgedError("http_error", retry=not stop)
        return _parsed(text, response.content_type)

    def _signed(self, body: str) -> dict[str, str]:
        now = str(int(time.time()))
        digest = hmac.new(self._signing_secret.encode(), f"v0:{now}:{body}".encode(), hashlib.sha256)
        return {"X-Slack-Request-Timestamp": now, "X-Slack-Signature": f"v0={digest.hexdigest()}"}


def _parsed(text: str, content_type: str) -> Any:
    if content_type == _JSON and text:
        return json.loads(text)
    return text or None
