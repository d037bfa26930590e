"""Files in a real local Slack: in a thread, in a message, or refused."""

import asyncio
import json
import math
from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from slack_sdk.web.async_client import AsyncWebClient

from bot.failures.retry import MAX_ATTEMPTS
from bot.offload.spill import with_large_files_at
from bot.slack.api import SlackRefused, SlackUnreachable
from bot.slack.direct_messages import DirectMessages
from bot.slack.files import FROM_MEMORY, Files
from render.blockkit.reply import File, Reply
from sandbox.faults import Fault
from sandbox.slack import Settings, Slack

SALES, ADA = "C0SALES001", "U0ADA00001"
PICTURE = File("chart.png", b"\x89PNG\r\n\x1a\n", "Revenue", "A chart")


@pytest.fixture
async def slack() -> AsyncIterator[Slack]:
    async with Slack(Settings(file_delay=0.5)) as slack:
        yield slack


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as http:
        yield http


@pytest.fixture
def client(slack: Slack, http: aiohttp.ClientSession) -> AsyncWebClient:
    return AsyncWebClient(token=slack.bot_token, base_url=slack.api_url, session=http, retry_handlers=[])


@pytest.fixture
def files(client: AsyncWebClient, http: aiohttp.ClientSession) -> Files:
    return Files(client, http)


async def test_a_file_is_shared_in_a_thread_and_known_to_be(slack: Slack, files: Files) -> None:
    """Who takes over can see that a file stands there already."""
    root = await slack.say(ADA, SALES, "hello")
    file_id = await files.send(PICTURE)
    assert not await files.shared(file_id, SALES, root)
    await files.share(file_id, "Revenue", SALES, root)
    await slack.until(lambda: len(slack.thread(SALES, root)) == 2)
    assert await files.shared(file_id, SALES, root)


def test_a_storage_that_hangs_holds_an_answer_up_for_a_minute_at_most() -> None:
    """All attempts and the pauses between them: until then the answer has no end, and its thread waits."""
    pauses = sum(2.0**attempt for attempt in range(1, MAX_ATTEMPTS))
    assert MAX_ATTEMPTS * (FROM_MEMORY.total or math.inf) + pauses <= 60


async def test_a_picture_is_kept_until_slack_has_looked_at_it(slack: Slack, files: Files) -> None:
    """An image block may show it only then, which takes Slack a while."""
    assert await files.keep(await files.send(PICTURE), "Revenue")
    assert len([call for call in slack.request_log if call.method == "files.info"]) >= 2


async def test_a_picture_that_slack_is_slow_with_is_given_up(
    files: Files, slack: Slack, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Then it goes into the thread as a file."""
    monkeypatch.setattr("bot.slack.files.READY_WAITS", (0.01, 0.01))
    assert not await files.keep(await files.send(PICTURE), "Revenue")


@pytest.mark.parametrize("method", ["files.getUploadURLExternal", "files.completeUploadExternal"])
async def test_a_workspace_without_uploads_is_a_refusal(method: str, slack: Slack, files: Files) -> None:
    """The caller then delivers the answer without."""
    refusal = '{"ok": false, "error": "file_uploads_disabled"}'
    slack.faults.add(Fault(path=f"/api/{method}", status=200, body=refusal))
    with pytest.raises(SlackRefused, match="file_uploads_disabled"):
        await files.keep(await files.send(PICTURE), "Revenue")


@pytest.mark.parametrize("fault", [Fault(path="/upload/*", status=500), Fault(path="/upload/*", drop=True)])
async def test_bytes_that_do_not_arrive_are_unreachable(fault: Fault, slack: Slack, files: Files) -> None:
    """Another try may succeed."""
    slack.faults.add(fault)
    with pytest.raises(SlackUnreachable):
        await files.send(PICTURE)


async def test_without_the_right_to_look_a_picture_goes_into_the_thread() -> None:
    """An app that may not read files cannot know when an image block may show one."""
    scopes = Settings().scopes - {"files:read"}
    async with Slack(Settings(scopes=scopes)) as slack, aiohttp.ClientSession() as http:
        client = AsyncWebClient(
            token=slack.bot_token, base_url=slack.api_url, session=http, retry_handlers=[]
        )
        files = Files(client, http)
        assert not await files.keep(await files.send(PICTURE), "Revenue")


async def test_a_file_is_sent_from_the_disk(slack: Slack, files: Files, tmp_path: Path) -> None:
    """Under its own name, and complete."""
    path = tmp_path / "rows.csv"
    path.write_bytes(b"a,b\r\n" * 300_000)
    file_id = await files.send_from(path)
    sent = slack.workspace.files[file_id]
    assert (sent.name, sent.content) == ("rows.csv", path.read_bytes())


async def test_where_a_file_stands_is_known_as_long_as_it_does(slack: Slack, files: Files) -> None:
    """Sent is not yet there, and deleted is there no more."""
    root = await slack.say(ADA, SALES, "hello")
    file_id = await files.send(PICTURE)
    assert await files.link(file_id, SALES, root) is None
    await files.share(file_id, "Revenue", SALES, root)
    assert (await files.link(file_id, SALES, root) or "").startswith("http")  # once Slack is done with it
    nowhere = Fault(path="/api/files.info", status=200, body='{"ok": true, "file": {}}')
    slack.faults.add(nowhere)
    assert await files.link(file_id, SALES, root) == ""  # it stands in the thread
    del slack.workspace.files[file_id]
    assert await files.link(file_id, SALES, root) is None


async def test_a_file_without_address_and_share_is_not_there(
    slack: Slack, files: Files, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Slack knows an upload that it never finished, and says neither where it is nor that it is gone."""
    monkeypatch.setattr("bot.slack.files.READY_WAITS", (0.01, 0.01))
    root = await slack.say(ADA, SALES, "hello")
    known = '{"ok": true, "file": {"id": "F1", "mode": "hosted"}}'
    slack.faults.add(Fault(path="/api/files.info", status=200, body=known, times=None))
    assert await files.link("F1", SALES, root) is None


PAGE = "<!doctype html><html><body>Sign in</body></html>"


@pytest.mark.parametrize("reply", [PAGE, "", "OK", "OK - 3", "OK - many", "OK - 14 " + "x" * 5_000])
async def test_what_the_storage_replies_is_read(
    reply: str, slack: Slack, files: Files, tmp_path: Path
) -> None:
    """Bytes that it does not say it has are sent once more, from memory and from the disk alike."""
    path = tmp_path / "rows.csv"
    path.write_bytes(PICTURE.content)
    for send in (partial(files.send, PICTURE), partial(files.send_from, path)):
        slack.faults.add(Fault(path="/upload/*", status=200, body=reply, content_type="text/html"))
        file_id = await send()
        assert slack.workspace.files[file_id].content == PICTURE.content
        slack.faults.add(Fault(path="/upload/*", status=200, body=reply, content_type="text/html", times=2))
        with pytest.raises(SlackRefused, match="upload_not_stored"):
            await send()
    assert not slack.faults.waiting


async def test_a_reply_of_the_storage_may_come_in_pieces(slack: Slack, files: Files) -> None:
    """A proxy in between forwards what it has."""

    async def take(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        for piece in (b"OK - ", str(len(await request.read())).encode()):
            await response.write(piece)
            await asyncio.sleep(0.02)
        return response

    app = web.Application()
    app.add_routes([web.post("/", take)])
    async with TestServer(app) as storage:
        slot = json.dumps({"ok": True, "file_id": "F1", "upload_url": str(storage.make_url("/"))})
        slack.faults.add(Fault(path="/api/files.getUploadURLExternal", status=200, body=slot))
        assert await files.send(PICTURE) == "F1"


async def test_a_file_for_one_person_goes_into_their_direct_messages(
    slack: Slack, files: Files, client: AsyncWebClient
) -> None:
    """A conversation that only they and the bot see."""
    channel = await DirectMessages(client, files, "U0GENIE").open(ADA)
    assert slack.workspace.channels[channel].is_im
    thread = str((await client.chat_postMessage(channel=channel, text="Revenue"))["ts"])
    await files.share(await files.send(PICTURE), "Revenue", channel, thread)
    await slack.until(lambda: [each for each in slack.workspace.messages[channel].values() if each.files])


async def test_a_large_file_of_a_reply_comes_from_the_disk(
    slack: Slack, files: Files, tmp_path: Path
) -> None:
    """It carries its name with it, and its place goes with the reply."""
    whole, small = b"a,b\r\n" * 300_000, b"SELECT 1"
    both = (File("rows.csv", whole, "Rows"), File("query.sql", small, "SQL"))
    reply = with_large_files_at(tmp_path / "place", partial(Reply, "", (), both))
    assert [bool(file.spill_file) for file in reply.files] == [True, False]
    for file, content in zip(reply.files, (whole, small), strict=True):
        sent = slack.workspace.files[await files.send(file)]
        assert (sent.name, sent.content) == (file.name, content)
        if file.spill_file:
            file.spill_file.delete_when_unused()
    del reply, file
    assert list(tmp_path.iterdir()) == []
