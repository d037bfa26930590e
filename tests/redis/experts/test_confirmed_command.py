"""What admins list, export and delete of what experts have confirmed."""

import csv
import io
import json
from functools import partial
from pathlib import Path

import pytest
from redis.asyncio import Redis

from bot.config.settings import Settings
from bot.store.experts import ReviewStore
from bot.wiring import confirmed_command
from bot.wiring.confirmed_command import parse
from render.expert.model import ReviewState
from render.words.operator import confirmed as words
from tests.redis.experts.test_reviews import ASKED, says
from tests.redis.queue_moves import KEYS

pytestmark = pytest.mark.redis

SETTINGS = Settings.model_construct(redis_prefix=KEYS.prefix)


class Opened:
    """The store as the command opens it, which stays open."""

    def __init__(self, redis: "Redis") -> None:
        """Lend `redis`."""
        self._redis = redis

    def __call__(self, *_about: object) -> "Opened":
        """Open it."""
        return self

    async def __aenter__(self) -> "Redis":
        return self._redis

    async def __aexit__(self, *_error: object) -> None:
        pass


async def printed(redis: "Redis", monkeypatch: pytest.MonkeyPatch, folder: Path, *arguments: str) -> str:
    """Run the command; return what stands on standard output then."""
    with monkeypatch.context() as patch, (folder / "out").open("w") as out:
        patch.setattr(confirmed_command, "open_store", Opened(redis))
        patch.setattr("sys.stdout", out)
        await parse(arguments)(SETTINGS)
    return (folder / "out").read_text("utf-8-sig")


async def test_it_is_listed_exported_and_deleted(
    redis: "Redis", monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """As CSV that runs in no spreadsheet, or as JSON; one by one by its id."""
    command = partial(printed, redis, monkeypatch, tmp_path)
    await ReviewStore(redis, KEYS).open(ASKED)
    await says(redis, ReviewState.CORRECTED, sql="=1+1")
    [row] = csv.DictReader(io.StringIO(await command()))
    assert (row["question"], row["confirmed_by"], row["sql"]) == (ASKED.question, "UBEN", "'=1+1")
    found = json.loads(await command("--json"))
    assert (found["id"], found["sql"]) == (row["id"], "=1+1")
    assert words.deleted(row["id"]) in await command("--delete", row["id"])
    await command("--delete", row["id"])
    assert words.NOT_THERE in capsys.readouterr().err
    assert await command("--json") == ""
