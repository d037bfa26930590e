"""What Slack sends us: the table of all listeners, and thin listeners that parse, store and acknowledge.

In the order in which a request passes

    middleware   what holds for every listener
    events       mentions, messages and reactions
    commands     `/genie`
    actions      clicks and submitted modals, one module a feature
    payloads     Slack's JSON as our data; nothing else reads a payload
"""

import re
from collections.abc import Callable, Sequence

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.store.feedback import Ratings
from bot.store.jobs import Orders
from bot.store.questions import Intake
from handlers.actions.explain import Details, Explain
from handlers.actions.export import Files
from handlers.actions.feedback import Thumbs
from handlers.actions.follow_ups import Actions
from handlers.actions.insights import Insights
from handlers.actions.overflow_menu import Menu
from handlers.actions.redraw_chart import Charts
from handlers.actions.share import Sharing
from handlers.actions.threads import Threads
from handlers.commands.genie import Commands
from handlers.events.messages import Messages
from handlers.events.reactions import Reactions
from handlers.middleware import in_its_thread
from handlers.payloads.actions import for_one_person
from render.answer.chart_menu import CHART
from render.blockkit.buttons import (
    ASK_AGAIN,
    CHECK_AGAIN,
    CSV_FILE,
    DISMISS,
    EXCEL,
    FEEDBACK,
    FORGET,
    FRESH,
    HOW,
    INSIGHTS,
    MORE,
    PUBLISH,
    SHARE,
    START_FRESH,
    SUGGESTION,
    TAKE_BACK,
    WHY,
)
from render.notices.feedback import CALLBACK as REASON
from render.notices.forget_thread import CALLBACK
from render.notices.help import STARTER

ANYTHING = re.compile("")


def register(
    app: AsyncApp,
    intake: Intake,
    orders: Orders,
    ratings: Ratings,
    explain: Explain,
    poke: Callable[[], None],
    starters: Sequence[str] = (),
    *,
    reviewed: bool = False,
    private: bool = False,
) -> None:
    """Attach every listener; the first that matches gets the request."""
    app.use(in_its_thread)
    messages, commands = Messages(intake, poke), Commands(intake, orders, poke, starters, private=private)
    actions, threads = Actions(intake, poke), Threads(orders, poke)
    thumbs, reactions = Thumbs(ratings, poke, reviewed=reviewed), Reactions(ratings, poke)

    app.event("app_mention")(messages.mentioned)
    app.event("message")(messages.written)

    app.event("reaction_added")(reactions.changed)
    app.event("reaction_removed")(reactions.changed)

    app.command("/genie")(commands.genie)
    app.action(re.compile(rf"^{STARTER}:\d+$"), [for_one_person])(commands.starter)

    app.action(re.compile(rf"^({SUGGESTION}|{STARTER}):\d+$"))(actions.suggestion)
    app.action(ASK_AGAIN)(actions.ask_again)
    app.action(CHECK_AGAIN)(actions.check_again)
    app.action(START_FRESH)(actions.start_fresh)
    _offers(app, intake, orders, threads, Details(explain), poke)

    app.action(FEEDBACK)(thumbs.rate)
    app.action(WHY)(thumbs.ask_why)
    app.action(TAKE_BACK)(thumbs.take_back)

    app.view(CALLBACK)(threads.forget)
    app.view(REASON)(thumbs.explain)

    # The rest is taken in silence, such as a click on a link: what nobody takes Slack sends again.
    for surface in (app.event, app.command, app.action, app.shortcut, app.view, app.view_closed):
        surface(ANYTHING)(_nothing_to_do)


def _offers(
    app: AsyncApp,
    intake: Intake,
    orders: Orders,
    threads: Threads,
    details: Details,
    poke: Callable[[], None],
) -> None:
    """Attach what can be ordered about an answer."""
    sharing, files = Sharing(intake, orders, poke), Files(orders, poke)
    choices = {
        CSV_FILE: files.text, EXCEL: files.excel, HOW: details.chosen,
        SHARE: sharing.share, FRESH: threads.start_fresh, FORGET: threads.confirm,
    }  # fmt: skip
    app.action(MORE)(Menu(choices).more)
    app.action(HOW)(details.how)
    app.action(CSV_FILE)(files.csv)
    app.action(re.compile(rf"^{CHART}:"))(Charts(orders, poke).choose)
    app.action(PUBLISH)(sharing.publish)
    app.action(DISMISS)(sharing.dismiss)
    app.action(INSIGHTS)(Insights(intake, orders, poke).wanted)


async def _nothing_to_do(ack: AsyncAck) -> None:
    await ack()
