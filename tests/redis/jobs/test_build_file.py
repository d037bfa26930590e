"""The rows of an answer as a file in Slack, from a real local Genie, also where the disk has no room."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import pytest
from redis.asyncio import Redis
from slack_sdk.web.async_client import AsyncWebClient

from bot.identity.identities import shared_identity
from bot.jobs.export.build_file import FileBuilder, UploadedFile
from bot.offload.executor import Executor
from bot.offload.scratch import ScratchDir
from bot.records.progress import Progress, State
from bot.records.question import Place, Question, Surface
from bot.replies.load_answer import LoadedAnswer
from bot.slack.files import Files
from bot.slack.users import Users
from bot.store.keys import Keys
from bot.store.people import PeopleStore
from genie.client import Genie
from genie.model import Answer, MessageRef, Query
from render import words
from sandbox.databricks.api.exports import Exports
from sandbox.databricks.genie.timing import Turn
from sandbox.databricks.server import Databricks
from sandbox.slack import Slack
from tests.unit.bot.test_download import asked

pytestmark = pytest.mark.redis

Asked = tuple[Genie, MessageRef, Query, Databricks]
SQL = "SELECT id, repeat('x', 2000) AS text FROM range(6000) AS t(id)"
QUESTION = Question("k", "all", Place("T", "C", "1.0"), "U", Surface.BUTTON)


class Full(ScratchDir):
    """A scratch whose n-th folder is on a full disk for the files that begin with these letters."""

    def __init__(self, own: Path, number: int, name: str) -> None:
        super().__init__(own)
        self._left, self._name = number, name

    @asynccontextmanager
    async def folder(self) -> AsyncIterator[Path]:
        async with super().folder() as made:
            self._left -= 1
            if self._left == 0:
                (made / self._name).symlink_to("/dev/full")
            yield made


async def written(
    redis: "Redis", asked: Asked, scratch: ScratchDir, slack: Slack
) -> tuple[UploadedFile, bytes]:
    """Write the answer as CSV; return what was uploaded."""
    genie, ref, query, _ = asked
    table = await genie.rows(ref, query)
    progress = Progress(
        State.DELIVERED, space=ref.space_id, conversation=ref.conversation_id, message=ref.message_id
    )
    loaded = LoadedAnswer(QUESTION, progress, Answer(ref, query=query, table=table), QUESTION.identity)

    async def notify(_sentence: str) -> None:
        return

    async with aiohttp.ClientSession() as http, Executor(60.0) as executor:
        client = AsyncWebClient(token=slack.bot_token, base_url=slack.api_url, session=http)
        builder = FileBuilder(
            genie_of=shared_identity(genie),
            files=Files(client, http),
            executor=executor,
            scratch=scratch,
            users=Users(client, redis, Keys("test")),
            people=PeopleStore(redis, Keys("test")),
        )
        uploaded = await builder.build(loaded, table, "csv", notify, last=False)
    return uploaded, slack.workspace.files[uploaded.file_id].content or b""


@pytest.mark.parametrize(
    ("number", "note", "rows"), [(9, "", 6_000), (2, words.export.UNMADE, 5_000)], ids=["room", "no room"]
)
async def test_a_disk_without_room_for_the_whole_has_some_for_the_rows_at_hand(
    redis: "Redis", tmp_path: Path, number: int, note: str, rows: int
) -> None:
    """What filled it is gone before they are written; the file and a note say what it has."""
    async with (
        Slack() as slack,
        asked(Exports(chunk_rows=2_500), Turn(sql=SQL)) as answer,
    ):
        uploaded, content = await written(redis, answer, Full(tmp_path, number, "1.part"), slack)
    assert (uploaded.note, content.count(b"\n")) == (note, rows + 1)
    assert list(tmp_path.iterdir()) == []


async def test_a_disk_without_any_room_is_an_error(redis: "Redis", tmp_path: Path) -> None:
    """Nothing is uploaded, and nothing is left behind."""
    async with Slack() as slack, asked(Exports(), Turn(sql=SQL)) as answer:
        with pytest.raises(OSError, match="No such file"):
            await written(redis, answer, ScratchDir(tmp_path / "gone"), slack)
        assert slack.workspace.files == {}
