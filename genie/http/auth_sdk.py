"""Databricks' unified authentication (profiles, Azure, federation, ...) through the optional databricks-sdk.

The SDK takes a second to import and blocks on network and files, so it is imported on first use and only ever
runs in a thread of its own, with a limit on the time that we wait for it.
Vendor's page: https://docs.databricks.com/aws/en/dev-tools/auth/unified-auth
"""

import asyncio
import contextlib
import threading
from collections.abc import Callable
from typing import Any, TypeVar

from genie.errors import SignInFailed, Unavailable
from genie.http.auth import mark_seen

T = TypeVar("T")
A = TypeVar("A")

_TIMEOUT_SECONDS = 10.0
_RETRY_TIMEOUT_SECONDS = 5


class SdkAuth:
    """A token from the SDK, which reads the environment, `~/.databrickscfg` and the cloud's own identity.

    `options` are the SDK's own (`host`, `profile`, `auth_type`, ...); what is not given it finds itself.
    """

    def __init__(self, **options: str) -> None:
        self._options = options
        self._config: Any = None
        self._last = ""
        self._call: asyncio.Future[str] | None = None

    async def token(self) -> str:
        """Return a token; SignInFailed when the SDK is not installed or finds no identity."""
        if self._call is None or self._call.done():
            self._call = _in_thread(self._authenticate)
            self._call.add_done_callback(mark_seen)
        try:
            async with asyncio.timeout(_TIMEOUT_SECONDS):
                # Shielded: a caller that gives up leaves the call to those who still wait for it.
                return await asyncio.shield(self._call)
        except TimeoutError:
            raise Unavailable("Databricks' unified authentication did not answer in time") from None

    def invalidate(self, token: str) -> None:
        """Start from nothing next time, unless that was done already: the SDK cannot replace one token."""
        if token == self._last:
            self._config = None

    def _authenticate(self) -> str:
        """Run in the thread."""
        try:
            from databricks.sdk.core import Config  # noqa: PLC0415 - optional, and a second to import
        except ImportError:
            raise SignInFailed(
                "this way to sign in needs the databricks extra: pip install databricks-sdk"
            ) from None
        try:
            config = self._config or Config(
                **self._options,
                retry_timeout_seconds=_RETRY_TIMEOUT_SECONDS,
                http_timeout_seconds=_TIMEOUT_SECONDS,
            )
            headers = config.authenticate()
        except Exception as error:  # noqa: BLE001 - the SDK documents no set of errors
            raise SignInFailed(
                f"Databricks' unified authentication failed ({type(error).__name__})", detail=str(error)
            ) from None
        self._config, self._last = config, str(headers.get("Authorization", "")).removeprefix("Bearer ")
        return self._last


def _in_thread(call: Callable[[], T]) -> asyncio.Future[T]:
    """Run a call in a daemon thread: unlike the loop's pool, one that hangs cannot hold up the exit."""
    loop = asyncio.get_running_loop()
    future: asyncio.Future[T] = loop.create_future()

    def run() -> None:
        try:
            result = call()
        except Exception as error:  # noqa: BLE001 - handed to those who wait
            _tell(loop, future.set_exception, error)
        else:
            _tell(loop, future.set_result, result)

    threading.Thread(target=run, name="databricks-auth", daemon=True).start()
    return future


def _tell(loop: asyncio.AbstractEventLoop, report: Callable[[A], None], value: A) -> None:
    with contextlib.suppress(RuntimeError):  # the loop is closed: nobody waits any more
        loop.call_soon_threadsafe(report, value)
