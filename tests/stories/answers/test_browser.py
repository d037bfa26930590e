"""The same stories as people live them: in a browser, with everything real behind it."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, expect

from render import words
from tests.chromium import open_page
from tests.stories.browser import Person
from tests.stories.world import ADA, OWN_CHARTS, World, company

pytestmark = [pytest.mark.browser, pytest.mark.redis, pytest.mark.asyncio(loop_scope="session")]


@pytest_asyncio.fixture(loop_scope="session")
async def office(redis_url: str) -> AsyncIterator[World]:
    """Run Slack, Databricks and one bot."""
    async with company(redis_url, databricks=OWN_CHARTS) as opened:
        await opened.start_bot()
        yield opened


@pytest_asyncio.fixture(loop_scope="session")
async def ada(office: World, browser: Browser) -> AsyncIterator[Person]:
    """Let Ada open #sales."""
    async with open_page(browser) as page:
        person = Person(page, office, ADA)
        await person.visit()
        yield person


def conversations(office: World) -> int:
    """Count the Genie conversations in which something was asked."""
    return len({each.conversation_id for each in office.databricks.questions()})


async def test_a_question_by_region_shows_sql_table_and_bar_chart(ada: Person) -> None:
    """A mention is answered in its thread: a sentence, the SQL to unfold, a native table and a bar chart."""
    await ada.write("@Genie revenue by region last year")
    await ada.open_thread()
    await ada.picture(1, "Bar chart")
    answer = ada.answer()
    await expect(answer.locator(".data-table thead th")).to_have_text(["Region", "Revenue"])
    await expect(answer.locator(".data-table tbody tr")).to_have_count(4)
    await expect(answer.get_by_text("leads with revenue of")).to_be_visible()
    sql = answer.locator("details", has_text=words.answer.SQL_TITLE)
    await expect(sql.get_by_text("SELECT")).to_be_hidden()
    await sql.locator("summary").click()
    await expect(sql.get_by_text("SELECT")).to_be_visible()


@pytest.mark.slow
async def test_a_reply_goes_on_in_the_conversation(ada: Person, office: World) -> None:
    """The reply "and by month?" shows months and a line chart, from the same Genie conversation."""
    await ada.write("@Genie revenue by region last year")
    await ada.open_thread()
    await ada.picture(1, "Bar chart")
    await ada.reply("and by month?")
    await ada.picture(2, "Line chart")
    await expect(ada.answer(2).locator(".data-table thead th")).to_have_text(["Month", "Revenue"])
    assert conversations(office) == 1


@pytest.mark.slow
async def test_the_command_asks_from_anywhere(ada: Person) -> None:
    """/genie is confirmed to who typed it, posted for all with their name, and answered in its thread."""
    await ada.write("/genie top 5 products by margin")
    await expect(ada.page.get_by_text(words.questions.COMMAND_RECEIVED)).to_be_visible()
    await expect(ada.page.locator(".message", has_text="Ada Okafor asked").first).to_be_visible()
    await ada.open_thread()
    table = ada.answer().locator(".data-table")
    await expect(table.locator("thead th")).to_have_text(["Product", "Margin"])
    await expect(table.locator("tbody tr")).to_have_count(5)


@pytest.mark.slow
async def test_a_suggestion_is_a_click_away(ada: Person, office: World) -> None:
    """The button of a suggested question asks it in the same thread and conversation."""
    await ada.write("@Genie revenue by region last year")
    await ada.open_thread()
    await ada.picture(1, "Bar chart")
    await ada.press("And by month?")
    await ada.picture(2, "Line chart")
    assert [each.content for each in office.databricks.questions()][1] == "And by month?"
    assert conversations(office) == 1


@pytest.mark.slow
async def test_a_question_back_is_answered_by_a_reply(ada: Person, office: World) -> None:
    """When Genie asks which figure is meant, a word in the thread is enough."""
    await ada.write("@Genie how are we doing by region?")
    await ada.open_thread()
    await expect(ada.answer().get_by_text("Which figure do you mean")).to_be_visible()
    await expect(ada.answer().get_by_text(words.answer.REPLY_HERE)).to_be_visible()
    await ada.reply("revenue")
    await ada.picture(2, "Bar chart")
    assert conversations(office) == 1


async def test_a_bad_answer_is_rated_and_explained(ada: Person, office: World) -> None:
    """A thumb down asks why in a modal, Genie hears it, and the rating can be taken back from its thanks."""
    await ada.write("@Genie total revenue last year")
    await ada.open_thread()
    await expect(ada.answer()).to_be_visible()
    await ada.answer().get_by_label(words.feedback.BAD_LABEL).click()
    asking = ada.page.get_by_role("dialog", name=words.feedback.TITLE)
    await asking.get_by_label(words.feedback.REASONS["figures"]).check()
    await asking.locator("textarea").fill("I meant the fiscal year")
    await asking.get_by_role("button", name=words.feedback.SEND).click()
    await expect(asking.get_by_text(words.feedback.THANKS)).to_be_visible()
    [asked] = office.databricks.questions()
    opinion = ("NEGATIVE", "The figures are wrong.\nI meant the fiscal year")
    await office.until(
        lambda: office.databricks.feedback_on(asked.conversation_id, asked.message_id) == opinion
    )
    await asking.get_by_role("button", name=words.feedback.CLOSE).last.click()
    await ada.press(words.feedback.TAKE_BACK)
    await expect(ada.thread.get_by_text(words.feedback.TAKEN_BACK)).to_be_visible()
    await office.until(
        lambda: office.databricks.feedback_on(asked.conversation_id, asked.message_id) == ("NONE", "")
    )


@pytest.mark.parametrize("width", [390, pytest.param(1400, marks=pytest.mark.slow)])
async def test_nothing_sticks_out(ada: Person, width: int) -> None:
    """An answer with nine columns scrolls in itself, on a phone too; the page never does."""
    await ada.page.set_viewport_size({"width": width, "height": 844})
    await ada.write("@Genie list the 50 latest orders")
    await ada.open_thread()
    await expect(ada.answer().locator(".data-table")).to_be_visible()
    wider = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert await ada.page.evaluate(wider) == 0
