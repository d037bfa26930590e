"""How a thread began: what another app wrote in whichever form, and whether we had a part in it."""

from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.api import SlackRefused
from bot.slack.app_text import app_text
from bot.slack.openings import Opening, Openings
from bot.slack.users import question_text
from sandbox.slack import Limits, Settings, Slack

ADA, SALES, BOT = "U0ADA00001", "C0SALES001", "U0GENIEBOT"


def openings(slack: Slack) -> Openings:
    """Read as the bot."""
    return Openings(AsyncWebClient(token=slack.bot_token, base_url=slack.api_url), BOT)


@pytest.mark.parametrize(
    ("text", "attachments", "said"),
    [
        ("CPU is high", (), "CPU is high"),
        ("", ({"fallback": "CPU is high"},), "CPU is high"),
        ("", ({"fallback": "other", "text": "CPU &lt; 5 <https://ex.com|here>"},), "CPU < 5 here"),
        ("Alert", ({"text": "Alert"}, {"title": "Disk", "fields": [{"value": "9"}]}), "Alert\nDisk\n9"),
        ("", ({"pretext": "P", "text": "T", "fields": [{"title": "a", "value": "b"}]},), "P\nT\na: b"),
        ("", ({"image_url": "https://ex.com/a.png"},), ""),
        ("x" * 4_000, (), "x" * 3_000),
    ],
)
async def test_what_an_app_wrote_is_read_as_people_see_it(
    text: str, attachments: tuple[dict[str, Any], ...], said: str
) -> None:
    """Its text, and of each attachment what is shown, or else what stands for that."""
    async with Slack(Settings(limits=Limits.none())) as slack:
        root = await slack.app_says(SALES, text, attachments)
        assert await openings(slack).read(SALES, root) == Opening(app_text=said)


@pytest.mark.parametrize(
    ("block", "said"),
    [
        ({"type": "header", "text": {"type": "plain_text", "text": "Alert"}}, "Alert"),
        (
            {
                "type": "section",
                "text": {"type": "mrkdwn", "text": "CPU &lt; 5"},
                "fields": [{"type": "mrkdwn", "text": "*Host*"}],
                "accessory": {"type": "button", "text": {"type": "plain_text", "text": "Open"}},
            },
            "CPU < 5\n*Host*",
        ),
        ({"type": "context", "elements": [{"type": "plain_text", "text": "since 9"}]}, "since 9"),
        ({"type": "markdown", "text": "**CPU** is high"}, "**CPU** is high"),
        ({"type": "actions", "elements": [{"type": "button", "text": {"type": "plain_text"}}]}, ""),
        ({"type": "divider"}, ""),
        (
            {
                "type": "rich_text",
                "elements": [
                    {
                        "type": "rich_text_section",
                        "elements": [
                            {"type": "text", "text": "CPU < 5 "},
                            {"type": "emoji", "name": "fire"},
                            {"type": "link", "url": "https://ex.com", "text": " here"},
                        ],
                    },
                    {
                        "type": "rich_text_list",
                        "elements": [
                            {"type": "rich_text_section", "elements": [{"type": "text", "text": each}]}
                            for each in ("one", "two")
                        ],
                    },
                ],
            },
            "CPU < 5 :fire: here\none\ntwo",
        ),
    ],
)
@pytest.mark.parametrize("around", ["message", "attachment"])
def test_blocks_are_read_as_people_see_them(block: dict[str, Any], said: str, around: str) -> None:
    """Without what can be pressed; in an attachment, or in the message, whose text is a notification then."""
    blocks = {"blocks": [block]}
    message = {"attachments": [blocks]} if around == "attachment" else blocks | {"text": "Alert"}
    assert question_text(app_text(message), BOT, {}) == (said or {"message": "Alert"}.get(around, ""))


async def test_what_a_person_wrote_is_not_taken() -> None:
    """Only whether we wrote in the thread is told; a thread that is gone began somehow."""
    async with Slack(Settings(limits=Limits.none())) as slack:
        root = await slack.say(ADA, SALES, "hi")
        assert await openings(slack).read(SALES, root) == Opening()
        client = AsyncWebClient(token=slack.bot_token, base_url=slack.api_url)
        await client.chat_postMessage(channel=SALES, thread_ts=root, text="hello")
        assert await openings(slack).read(SALES, root) == Opening(ours=True)
        assert await openings(slack).glance(SALES, "1.000001") == Opening()
        with pytest.raises(SlackRefused):
            await openings(slack).read(SALES, "1.000001")
