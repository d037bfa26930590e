"""What only some people see on the Home tab: the figures of admins; the sign-in, where people have one."""

import pytest

from render import words
from render.blockkit.buttons import FEEDBACK
from render.notices.sign_in import SIGN_OUT
from tests.stories.home.at_home import elements, home, open_home, press, said, shows
from tests.stories.identity.people import ANA, asking_as_themselves, browser, sign_in_when_offered
from tests.stories.world import ADA, BEN, GENIE, OWN_CHARTS, SALES, company

pytestmark = pytest.mark.redis

QUESTION = "revenue by region"


async def test_admins_see_how_the_bot_fares(redis_url: str) -> None:
    """How many questions ended how, the limit, the ratings; nobody else sees it, nor they a question."""
    async with company(redis_url, databricks=OWN_CHARTS, ADMINS=ADA) as world:
        await world.start_bot()
        await open_home(world, words.home.ADMIN_TITLE)
        answer = await world.answer(await world.ask(f"{GENIE} {QUESTION}", BEN))
        [thumbs] = [
            each
            for block in answer.blocks
            for each in block.get("elements", ())
            if each.get("action_id") == FEEDBACK
        ]
        await world.slack.click(BEN, SALES, answer.ts, FEEDBACK, value=thumbs["positive_button"]["value"])
        await world.slack.until(lambda: world.slack.ephemerals)
        await world.until(lambda: any("question.ended" in line for line in world.bots[0].log))
        text = await open_home(world, words.home.rated(7, 1, 0))
        assert "1 answered, 0 withdrawn, 0 without an answer" in text
        assert "1 of 20 questions" in text
        assert QUESTION not in text
        assert words.home.ADMIN_TITLE not in await open_home(world, QUESTION, BEN)


async def test_people_sign_in_and_out_on_the_tab(redis_url: str) -> None:
    """It says as whom Databricks is asked as soon as that has changed, and that answers are private."""
    async with asking_as_themselves(redis_url) as world:
        await world.start_bot()
        text = await open_home(world, words.sign_in.HOME_SIGNED_OUT, ANA)
        assert words.home.ALWAYS_PRIVATE in text
        [link] = [each["url"] for each in elements(home(world, ANA)) if "url" in each]
        async with browser() as own:
            await own.sign_in(link, "ana@example.com")
        await shows(world, words.sign_in.home_signed_in("ana@example.com"), ANA)
        await press(world, SIGN_OUT, ANA)
        await shows(world, words.sign_in.HOME_SIGNED_OUT, ANA)


async def test_a_question_waits_for_its_sign_in_on_the_tab(redis_url: str) -> None:
    """And is there with its private answer once its person has signed in; for that person alone."""
    async with asking_as_themselves(redis_url) as world:
        await world.start_bot()
        await world.ask(f"{GENIE} {QUESTION}", ANA)
        await open_home(world, words.home.SIGNS_IN, ANA)
        await sign_in_when_offered(world, ANA)
        text = await shows(world, words.home.ANSWERED, ANA)
        assert words.home.PRIVATE_TITLE in text
        assert QUESTION in text
        await open_home(world, words.home.NOTHING_ASKED, BEN)
        assert QUESTION not in said(world, BEN)
