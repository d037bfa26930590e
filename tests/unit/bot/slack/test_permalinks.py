"""Addresses of messages, put together without asking Slack."""

import pytest

from bot.slack.permalinks import message_link

URL = "https://example.slack.com/"


@pytest.mark.parametrize(
    ("channel", "thread", "ts", "link"),
    [
        ("C1H9RESGA", "1358546517.000023", "1358546517.000023", "archives/C1H9RESGA/p1358546517000023"),
        (
            "C1H9RESGA",
            "1358546517.000023",
            "1358546518.000100",
            "archives/C1H9RESGA/p1358546518000100?thread_ts=1358546517.000023&cid=C1H9RESGA",
        ),
        ("D1H9RESGA", "1358546517.000023", "", "archives/D1H9RESGA/p1358546517000023"),
        ("C1H9RESGA", "", "1358546518.000100", "archives/C1H9RESGA/p1358546518000100"),
    ],
)
def test_an_address_is_as_slack_makes_it(channel: str, thread: str, ts: str, link: str) -> None:
    """https://docs.slack.dev/reference/methods/chat.getPermalink."""
    assert message_link(URL, channel, thread, ts) == f"{URL}{link}"


@pytest.mark.parametrize(
    ("url", "channel", "ts"),
    [
        ("", "C1", "1358546518.000100"),
        ("javascript:alert(1)", "C1", "1358546518.000100"),
        ("https://x|y>", "C1", "1358546518.000100"),
        (URL, "", "1358546518.000100"),
        (URL, "../x", "1358546518.000100"),
        (URL, "C1", ""),
        (URL, "C1", "now"),
    ],
)
def test_what_is_not_known_is_no_address(url: str, channel: str, ts: str) -> None:
    """Nor is what Slack would not have said."""
    assert message_link(url, channel, "", ts) == ""
