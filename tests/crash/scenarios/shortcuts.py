"""What people ask with a shortcut."""

from collections.abc import AsyncIterator

from tests.crash.scenario import scenario
from tests.crash.stage import Stage
from tests.stories.asking.shortcuts.menu import ALERT, filled, open_on
from tests.stories.world import SALES


@scenario()
async def asking_about_a_message(stage: Stage) -> AsyncIterator[None]:
    """Ask in the thread of another app's alert."""
    alert = await stage.world.slack.app_says(SALES, "", ALERT)
    view = await open_on(stage.world, alert)
    yield
    await stage.submit(view, filled(view, "revenue by region last year"))


@scenario()
async def asking_about_a_message_where_the_bot_has_left(stage: Stage) -> AsyncIterator[None]:
    """Ask there when the bot is no member any more: the answer is private, and says why."""
    alert = await stage.world.slack.app_says(SALES, "", ALERT)
    view = await open_on(stage.world, alert)
    stage.world.slack.workspace.channels[SALES].members.discard(stage.world.slack.workspace.bot_user_id)
    yield
    await stage.submit(view, filled(view, "revenue by region last year"))
