"""Databricks' unified authentication by its own SDK: loaded late, set up once, never waited for too long."""

import asyncio
import subprocess
import sys
import threading

import pytest

from genie.errors import SignInFailed, Unavailable
from genie.http.auth_sdk import SdkAuth
from tests.unit.genie.genie_server import GenieServer


async def test_unified_authentication_says_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the extra the operator is told what to install."""
    monkeypatch.setitem(sys.modules, "databricks.sdk.core", None)
    with pytest.raises(SignInFailed, match="databricks extra"):
        await SdkAuth(host="https://x.example").token()


async def test_unified_authentication_gives_the_sdks_token() -> None:
    """The real SDK, with a token that it takes from its options; the loop runs on meanwhile."""
    async with GenieServer() as server:
        auth = SdkAuth(host=server.url, token="dapi-1", auth_type="pat")
        beats = 0

        async def beat() -> None:
            nonlocal beats
            while True:
                await asyncio.sleep(0)
                beats += 1

        beating = asyncio.create_task(beat())
        assert await auth.token() == "dapi-1"
        beating.cancel()
        assert beats > 1  # a blocked loop would have had no beat in between


async def test_unified_authentication_without_an_identity_is_the_operators(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What the SDK says goes into the detail only."""
    async with GenieServer() as server:
        with pytest.raises(SignInFailed) as raised:
            await SdkAuth(host=server.url, auth_type="no-such-method").token()
    assert raised.value.detail
    assert raised.value.detail not in str(raised.value)


async def test_the_sdk_is_set_up_once_and_with_short_timeouts(monkeypatch: pytest.MonkeyPatch) -> None:
    """By default it would retry for five minutes; a refused token sets it up anew."""
    given: list[dict[str, object]] = []

    class Config:
        def __init__(self, **options: object) -> None:
            given.append(options)

        def authenticate(self) -> dict[str, str]:
            return {"Authorization": "Bearer sdk-token"}

    monkeypatch.setattr("databricks.sdk.core.Config", Config)
    auth = SdkAuth(profile="work")
    assert await auth.token() == "sdk-token"
    assert given == [{"profile": "work", "retry_timeout_seconds": 5, "http_timeout_seconds": 10.0}]
    auth.invalidate("another")
    await auth.token()
    assert len(given) == 1
    auth.invalidate("sdk-token")
    await auth.token()
    assert len(given) == 2


async def test_an_sdk_that_hangs_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """The caller gets an error in time, and later callers start no further thread."""
    release, started = threading.Event(), []

    def hang(**_options: object) -> None:
        started.append(1)
        release.wait(10)
        raise OSError

    monkeypatch.setattr("databricks.sdk.core.Config", hang)
    monkeypatch.setattr("genie.http.auth_sdk._TIMEOUT_SECONDS", 0.1)
    auth = SdkAuth()
    for _ in range(2):
        with pytest.raises(Unavailable):
            await auth.token()
    assert len(started) == 1
    release.set()


def test_the_sdk_is_not_imported_before_it_is_needed() -> None:
    """It costs a second and 76 MB."""
    code = "import sys, genie.client, genie.http.auth_sdk; sys.exit('databricks.sdk' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0  # noqa: S603 - our own code
