"""Uploads to the local Slack, with the real SDK: three steps, and an end that comes later."""

import time
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.slack import Limits, Settings, Slack

ADA = "U0ADA00001"
SALES = "C0SALES001"


@pytest.fixture
async def slack() -> AsyncIterator[Slack]:
    async with Slack(Settings(limits=Limits.none(), file_delay=0.1)) as slack:
        yield slack


@pytest.fixture
def client(slack: Slack) -> AsyncWebClient:
    return AsyncWebClient(token=slack.bot_token, base_url=slack.api_url)


async def error_of(call: Any) -> str:
    with pytest.raises(SlackApiError) as refused:
        await call
    return str(refused.value.response["error"])


async def test_a_file_shared_in_a_thread(slack: Slack, client: AsyncWebClient) -> None:
    """The upload is answered at once without type and shares; the message comes a moment later."""
    root = await slack.say(ADA, SALES, "csv please")
    done = await client.files_upload_v2(
        content=b"a,b\n", filename="rows.csv", title="Rows", channel=SALES, thread_ts=root
    )
    file_id = done["file"]["id"]
    early = (await client.files_info(file=file_id))["file"]
    assert (early["mimetype"], "shares" in early) == ("", False)
    assert len(slack.thread(SALES, root)) == 1
    message = await slack.until(lambda: slack.thread(SALES, root)[1:])
    assert (message[0].subtype, message[0].files) == ("file_share", (file_id,))
    late = (await client.files_info(file=file_id))["file"]
    assert (late["mimetype"], late["shares"]["public"][SALES][0]["ts"]) == ("text/csv", message[0].ts)
    async with aiohttp.ClientSession() as session, session.get(late["url_private"]) as response:
        assert await response.read() == b"a,b\n"


async def test_an_image_block_waits_for_its_file(slack: Slack, client: AsyncWebClient) -> None:
    """A block with a file that is not ready is invalid_blocks; afterwards it is taken."""
    done = await client.files_upload_v2(content=b"\x89PNG", filename="chart.png", alt_txt="A chart")
    file_id = done["file"]["id"]
    block: dict[str, Any] = {"type": "image", "slack_file": {"id": file_id}, "alt_text": "A chart"}
    post: dict[str, Any] = {"channel": SALES, "text": "a chart", "blocks": [block]}
    assert await error_of(client.chat_postMessage(**post)) == "invalid_blocks"
    await slack.until(lambda: slack.workspace.files[file_id].ready)
    await client.chat_postMessage(**post)
    by_url = (await client.files_info(file=file_id))["file"]["url_private"]
    block["slack_file"] = {"url": by_url}
    await client.chat_postMessage(**post)


async def test_the_delay_is_a_setting() -> None:
    """Slack takes as long over a file as the settings say."""
    async with Slack(Settings(file_delay=0.3)) as slack:
        client = AsyncWebClient(token=slack.bot_token, base_url=slack.api_url)
        began = time.monotonic()
        done = await client.files_upload_v2(content=b"a", filename="a.png")
        await slack.until(lambda: slack.workspace.files[done["file"]["id"]].ready)
        assert time.monotonic() - began >= 0.3


async def test_refused_uploads(slack: Slack, client: AsyncWebClient) -> None:
    """Bytes must be as announced, files known, and the bot in the channel."""
    step = await client.files_getUploadURLExternal(filename="a.csv", length=3)
    listed = [{"id": step["file_id"], "title": "a"}]
    assert await error_of(client.files_completeUploadExternal(files=listed)) == "file_not_found"
    async with aiohttp.ClientSession() as session:
        async with session.post(step["upload_url"], data=b"too long") as response:
            assert response.status == 400
        async with session.post(step["upload_url"], data=b"abc") as response:
            assert (response.status, await response.text()) == (200, "OK - 3")
    outside = client.files_completeUploadExternal(files=listed, channel_id="C0RANDOM03")
    assert await error_of(outside) == "not_in_channel"
    nowhere = client.files_completeUploadExternal(files=listed, channel_id="#sales")
    assert await error_of(nowhere) == "channel_not_found"
    lost = client.files_completeUploadExternal(files=listed, channel_id=SALES, thread_ts="1.1")
    assert await error_of(lost) == "message_not_found"
    assert await error_of(client.files_info(file="F0NOTHING")) == "file_not_found"
    assert await error_of(client.files_getUploadURLExternal(filename="a", length=0)) == "invalid_limit"
    long_words = client.files_getUploadURLExternal(filename="a", length=1, alt_txt="x" * 1_001)
    assert await error_of(long_words) == "alt_txt_too_large"


async def test_deleting_a_file(slack: Slack, client: AsyncWebClient) -> None:
    """A deleted file is gone, and its message no longer holds it."""
    done = await client.files_upload_v2(content=b"a", filename="a.csv", channel=SALES)
    file_id = done["file"]["id"]
    await slack.until(lambda: slack.workspace.files[file_id].shares)
    await client.files_delete(file=file_id)
    assert all(not message.files for message in slack.workspace.messages[SALES].values())
    assert await error_of(client.files_info(file=file_id)) == "file_not_found"
