"""The sandbox's page in a real browser, on the sandbox's own server."""

from collections.abc import AsyncIterator
from functools import partial
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Dialog, Page, expect
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.slack.server import Slack
from tests import hostile
from tests.chromium import open_page

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

ADA, BEN, SALES = "U0ADA00001", "U0BEN00002", "C0SALES001"


@pytest_asyncio.fixture(loop_scope="session")
async def slack() -> AsyncIterator[Slack]:
    """Run a Slack with nothing in it."""
    async with Slack() as server:
        yield server


@pytest_asyncio.fixture(loop_scope="session")
async def page(slack: Slack, browser: Browser) -> AsyncIterator[Page]:
    """Open the page as Ada, in #sales; fail the test when a script on it failed."""
    async with open_page(browser) as opened:
        await opened.goto(f"{slack.url}/#user={ADA}&channel={SALES}")
        await expect(opened.locator(".composer-field").first).to_be_focused()
        yield opened


async def post(slack: Slack, *blocks: dict[str, Any], text: str = "An answer") -> None:
    """Let the bot say something in #sales."""
    client = AsyncWebClient(token=slack.bot_token, base_url=slack.api_url)
    await client.chat_postMessage(channel=SALES, text=text, blocks=list(blocks))


def printable(text: str) -> bool:
    """Whether a text has something to see, can travel between processes, and leaves room for the others."""
    return (
        bool(text.strip())
        and len(text) < 100
        and not any("\ud800" <= sign <= "\udfff" or sign < " " for sign in text)
    )


async def test_data_stays_text(slack: Slack, page: Page) -> None:
    """Whatever a piece of data says, it is shown letter by letter: no link, no mention, no picture."""
    data = [text for text in hostile.TEXTS if printable(text)]
    parts = [{"type": "rich_text_section", "elements": [{"type": "text", "text": text}]} for text in data]
    await post(slack, {"type": "rich_text", "elements": parts})
    shown = page.locator(".rt-section")
    await expect(shown).to_have_count(len(data))
    assert await shown.evaluate_all("nodes => nodes.map(node => node.textContent)") == data
    assert await page.locator(".rt-section *").count() == 0


async def test_escaped_text_is_not_a_mention(slack: Slack, page: Page) -> None:
    """In mrkdwn the three escapes become letters, and only real tokens become pills and links."""
    escaped = f"&lt;!channel&gt; &amp;amp; <@{BEN}> <https://example.com|here> <javascript:alert(1)|no>"
    await post(slack, {"type": "section", "text": {"type": "mrkdwn", "text": escaped}})
    section = page.locator(".section .text")
    await expect(section).to_have_text("<!channel> &amp; @Ben Lindqvist here <javascript:alert(1)|no>")
    await expect(section.locator("a")).to_have_count(1)
    await expect(section.locator(".pill")).to_have_text("@Ben Lindqvist")


async def test_what_is_typed_arrives_as_slack_sends_it(slack: Slack, page: Page) -> None:
    """`@` completes to the bot, its name becomes a mention, and the three characters are escaped."""
    field = page.get_by_label("Message #sales")
    await field.press_sequentially("@ge")
    await field.press("Enter")
    await field.press_sequentially("a < b & c")
    await field.press("Enter")
    await slack.until(lambda: slack.workspace.roots(SALES))
    assert [message.text for message in slack.workspace.roots(SALES)] == ["<@U0GENIEBOT> a &lt; b &amp; c"]
    await expect(page.locator(".message .text")).to_have_text("@Genie a < b & c")


async def test_a_data_table_sorts_by_number_and_turns_pages(slack: Slack, page: Page) -> None:
    """A click on a column's name sorts its numbers as numbers; five rows make a page."""
    numbers = [9, 100, 20, 3, 1000, 7]
    rows = [[{"type": "raw_number", "value": n, "text": f"{n:,}"}] for n in numbers]
    head = [{"type": "raw_text", "text": "Orders"}]
    await post(slack, {"type": "data_table", "caption": "Orders", "rows": [head, *rows]})
    table = page.locator(".data-table")
    await expect(table.locator("tbody tr")).to_have_text(["9", "100", "20", "3", "1,000"])
    await table.get_by_role("button", name="Orders").click()
    await expect(table.locator("tbody tr")).to_have_text(["3", "7", "9", "20", "100"])
    await table.get_by_role("button", name="Next page").click()
    await expect(table.locator("tbody tr")).to_have_text(["1,000"])


async def test_the_end_stays_in_view(slack: Slack, page: Page) -> None:
    """Whoever is at the end of a channel stays there while it grows; whoever scrolled up is left alone."""
    tall = {"type": "section", "text": {"type": "mrkdwn", "text": "line\n" * 100}}
    client = AsyncWebClient(token=slack.bot_token, base_url=slack.api_url)
    said = await client.chat_postMessage(channel=SALES, text="Working on it")
    await page.get_by_text("Working on it").wait_for()
    await client.chat_update(channel=SALES, ts=said["ts"], text="Done", blocks=[tall, {"type": "divider"}])
    await expect(page.locator("hr.divider")).to_be_in_viewport()
    await page.locator(".messages").first.hover()
    await page.mouse.wheel(0, -600)
    await expect(page.locator("hr.divider")).not_to_be_in_viewport()
    await post(slack, text="One more")
    await page.get_by_text("One more").wait_for()
    await expect(page.get_by_text("One more")).not_to_be_in_viewport()


async def test_an_unknown_block_is_visible(slack: Slack, page: Page) -> None:
    """A block that the page cannot draw says so, and the rest of the message is shown."""
    video = {
        "type": "video",
        "title": {"type": "plain_text", "text": "Tour"},
        "video_url": "https://example.com/v",
        "thumbnail_url": "https://example.com/t.png",
        "alt_text": "Tour",
    }
    message = {
        "user": "U0GENIEBOT",
        "ts": "1700000000.000100",
        "text": "",
        "blocks": [video, {"type": "divider"}],
    }
    await page.route("**/messages", lambda route: route.fulfill(json={"messages": [message]}))
    await page.reload()
    await expect(page.locator(".unsupported")).to_have_text("unsupported block: video")
    await expect(page.locator("hr.divider")).to_have_count(1)


async def test_ones_own_message_can_be_edited_and_deleted(slack: Slack, page: Page) -> None:
    """The menu of a message asks for the new words, as they were typed, and for a second thought."""
    ts = await slack.say(ADA, SALES, "&lt;hello&gt; <@U0GENIEBOT>")
    others = await slack.say(BEN, SALES, "hi")
    asked = list[tuple[str, str]]()

    async def answer(dialog: Dialog) -> None:
        asked.append((dialog.type, dialog.default_value))
        await dialog.accept("@Genie & all")

    page.on("dialog", answer)
    shown = page.locator(f'[data-ts="{others}"]')
    await shown.hover()
    await shown.get_by_label("More actions").click()
    await expect(page.get_by_role("menuitem")).to_have_text(["Ask Genie about thisGenie"])
    await page.keyboard.press("Escape")
    more = page.locator(f'[data-ts="{ts}"]').get_by_label("More actions")
    for choice in ("Edit message", "Delete message"):
        await page.locator(f'[data-ts="{ts}"]').hover()
        await more.click()
        await page.get_by_role("menuitem", name=choice).click()
        if choice == "Edit message":
            await slack.until(lambda: slack.workspace.message(SALES, ts).text == "<@U0GENIEBOT> &amp; all")
    await slack.until(lambda: ts not in slack.workspace.messages[SALES])
    assert asked == [("prompt", "<hello> @Genie"), ("confirm", "")]


async def test_a_link_button_opens_a_new_tab(slack: Slack, page: Page) -> None:
    """A button with an address opens it beside the page, as Slack does in a browser, and the app is told."""
    text = {"type": "plain_text", "text": "Sign in"}
    button = {"type": "button", "text": text, "action_id": "sign_in", "url": f"{slack.url}/#elsewhere"}
    await post(slack, {"type": "actions", "elements": [button]})
    async with page.expect_popup() as opened:
        await page.get_by_role("button", name="Sign in").click()
    assert (await opened.value).url.startswith(f"{slack.url}/")
    await slack.until(lambda: [each for each in slack.deliveries if each.kind == "interactive"])


async def test_people_are_told_apart(page: Page) -> None:
    """The list of people says who is a guest, of another company or deactivated; guests see few channels."""
    await page.get_by_role("button", name="Switch person").click()
    people = page.get_by_role("menu", name="Act as")
    await expect(people.get_by_role("menuitem", name="Gina Rossi")).to_contain_text("guest")
    await expect(people.get_by_role("menuitem", name="Xenia Petrou")).to_contain_text("another company")
    await expect(people.get_by_role("menuitem", name="Zoe Lambert")).to_contain_text("deactivated")
    await people.get_by_role("menuitem", name="Gina Rossi").click()
    await expect(page.locator("[data-channel]")).to_have_text(["agency", "Genie"])


def _have_come(slack: Slack, events: int) -> bool:
    return len(slack.deliveries) == events


async def test_an_account_can_be_changed(slack: Slack, page: Page) -> None:
    """Whoever looks at the page can be the admin who gives an account another address, or closes it."""
    page.on("dialog", lambda dialog: dialog.accept("new@example.com"))
    entries = ("Change the address of Ada Okafor", "Make this account a guest", "Deactivate this account")
    for done, entry in enumerate(entries):
        await page.get_by_role("button", name="Switch person").click()
        await page.get_by_role("menuitem", name=entry).click()
        await slack.until(partial(_have_come, slack, done + 1))
    ada = slack.workspace.users[ADA]
    assert (ada.email, ada.is_restricted, ada.deleted) == ("new@example.com", True, True)
