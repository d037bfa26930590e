"""Slack listeners: the table of all, and thin functions that parse, store and acknowledge.

In the order in which a request passes

    middleware   what holds for every listener: who may click, and what the user is told without Redis
    events       mentions, messages, their edits and deletions, reactions, accounts, channels, Home, Stop
    commands     `/genie`; `commands.subcommands` has the table of its subcommands
    actions      clicks and submitted modals; `actions.jobs` has the table of clicks that start a job
    ephemeral    replies and modals that only one user sees
    owners       whom buttons, menus and modals serve where people ask as themselves
    shortcuts    asking about a message or from anywhere, and the modal for it
    cancel       `/genie cancel`, "stop" alone, and Stop of an agent
    written      what a message says in Slack now
    payloads     Slack's JSON as our data; nothing else reads a payload
    services     the stores, the worker and the settings that listeners work with
"""

import re
from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncBoltContext

from bot.store.questions import one_deadline
from handlers.actions import (
    as_myself,
    changes,
    experts,
    explain,
    feedback,
    follow_ups,
    home,
    listening,
    publish,
    redraw_chart,
    research,
    schedules,
    sign_in,
    spaces,
    threads,
    watches,
)
from handlers.actions.start_job import JOBS, handle_job
from handlers.commands.asking import handle_starter
from handlers.commands.genie import handle_genie_command
from handlers.ephemeral import reply_privately
from handlers.events.changes import handle_change
from handlers.events.channels import handle_channel_change
from handlers.events.home import handle_home
from handlers.events.messages import handle_message
from handlers.events.outage import OutageNotices
from handlers.events.reactions import handle_reaction
from handlers.events.sessions import handle_stop
from handlers.events.users import handle_user_change
from handlers.middleware import (
    RESULT_MODALS,
    accept_click,
    accept_submission,
    answer_error,
    note_kind,
    respond_in_thread,
)
from handlers.owners import refused_click, refused_submission
from handlers.payloads.actions import clicked
from handlers.payloads.changes import CHANGED, DELETED
from handlers.services import Services
from handlers.shortcuts import ask
from render.answer import actions as answer_actions
from render.answer.chart_menu import CHART
from render.answer.confirmed import SIMILAR
from render.answer.space_menu import OTHER_SPACE
from render.blockkit import buttons
from render.expert import card as expert_card
from render.expert import listing as expert_listing
from render.home import settings_modal
from render.home import view as home_view
from render.notices import as_myself as as_myself_notices
from render.notices import ask_modal, forget_thread, message_above, share_modal
from render.notices import feedback as feedback_modal
from render.notices import listening as listening_notices
from render.notices import sign_in as sign_in_notices
from render.notices import spaces as space_notices
from render.notices.help import STARTER
from render.research.progress import STOP
from render.watch import message, schedule_modal
from render.watch import modal as watch_modal

ANYTHING = re.compile("")
ACTIONS = {
    buttons.SUGGESTION: follow_ups.handle_suggestion,
    buttons.ASK_AGAIN: follow_ups.handle_ask_again,
    buttons.START_FRESH: follow_ups.handle_start_fresh,
    message_above.ASK_WITH_ABOVE: follow_ups.handle_ask_with_above,
    message_above.ASK_WITHOUT: follow_ups.handle_ask_again,
    buttons.CHECK_AGAIN: follow_ups.handle_check_again,
    buttons.ASK_EDITED: changes.handle_ask_edited,
    buttons.WITHDRAW: changes.handle_withdraw,
    STARTER: handle_starter,
    SIMILAR: follow_ups.handle_confirmed,
    buttons.ASK_ANEW: follow_ups.handle_start_fresh,
    answer_actions.EXPLAIN: explain.handle_explain,
    **dict.fromkeys(experts.PRESSED, experts.handle_decide),
    expert_card.CORRECT: experts.handle_correct,
    expert_card.CANNOT_ANSWER: experts.handle_cannot_answer,
    expert_listing.DELETE: experts.handle_delete,
    space_notices.CHOOSE: spaces.handle_choose_space,
    space_notices.CHOOSE_OTHER: spaces.handle_choose_space,
    OTHER_SPACE: spaces.handle_other_space,
    CHART: redraw_chart.handle_redraw_chart,
    answer_actions.RESEARCH: research.handle_dig_deeper,
    STOP: research.handle_stop,
    **dict.fromkeys(JOBS, handle_job),
    answer_actions.PUBLISH: publish.handle_publish,
    buttons.FEEDBACK: feedback.handle_feedback,
    buttons.WHY: feedback.handle_feedback_why,
    buttons.TAKE_BACK: feedback.handle_feedback_take_back,
    answer_actions.FRESH: threads.handle_fresh,
    answer_actions.FORGET: threads.handle_forget,
    listening_notices.QUIET: listening.handle_quiet,
    listening_notices.LISTEN: listening.handle_listen,
    listening_notices.ASK_REPLY: listening.handle_ask_reply,
    listening_notices.ONLY_MENTIONS: listening.handle_only_mentions,
    as_myself_notices.ASK_AS_MYSELF: as_myself.handle_ask_as_myself,
    sign_in_notices.SIGN_IN: sign_in.handle_sign_in,
    sign_in_notices.NEW_LINK: sign_in.handle_new_link,
    sign_in_notices.SIGN_OUT: sign_in.handle_sign_out,
    home_view.STARTER: home.handle_starter,
    home_view.WITHDRAW: home.handle_withdraw,
    home_view.SETTINGS: home.handle_settings,
    answer_actions.WATCH: watches.handle_watch,
    **dict.fromkeys((message.PAUSE, message.RESUME, message.STOP), watches.handle_change),
    message.TABLE: watches.handle_table,
}
"""By action: a button's action id, up to a colon, or an option of the menu below an answer."""
VIEWS = {
    forget_thread.CALLBACK: threads.handle_forget_confirmed,
    feedback_modal.CALLBACK: feedback.handle_feedback_reason,
    share_modal.CALLBACK: publish.handle_publish_confirmed,
    settings_modal.CALLBACK: home.handle_settings_saved,
    ask_modal.CALLBACK: ask.handle_submitted,
    **dict.fromkeys(experts.RESULTS, experts.handle_submitted),
    watch_modal.CALLBACK: watches.handle_watch_submitted,
    schedule_modal.CALLBACK: schedules.handle_space_chosen,
}
"""By callback id of a submitted modal."""
FORM = (ask_modal.STARTER, ask_modal.SPACE)
"""Actions that change the modal in which they are."""


def register(app: AsyncApp, services: Services) -> None:
    """Attach every listener; the first that matches gets the request."""
    app.use(partial(note_kind, services))
    app.use(respond_in_thread)
    app.error(answer_error)

    notices = OutageNotices(services.listening.replies)
    hear = partial(handle_message, services, notices)
    app.event("app_mention")(hear)
    for subtype in (CHANGED, DELETED):
        app.event({"type": "message", "subtype": subtype})(partial(handle_change, services, notices))
    app.event("message")(hear)
    app.event("reaction_added")(partial(handle_reaction, services))
    app.event("reaction_removed")(partial(handle_reaction, services))
    app.event("app_home_opened")(partial(handle_home, services))
    app.event("member_joined_channel")(partial(handle_channel_change, services))
    app.event("channel_shared")(partial(handle_channel_change, services))
    app.event("agent_session_stopped")(partial(handle_stop, services))
    app.event("user_change")(partial(handle_user_change, services))

    app.command("/genie")(partial(handle_genie_command, services))

    clicks = re.compile(rf"^({'|'.join([*ACTIONS, buttons.OVERFLOW_MENU])})(:|$)")
    app.action(clicks, middleware=[partial(accept_click, services)])(partial(_handle_click, services))
    open_form = partial(ask.handle_shortcut, services)
    app.shortcut("ask_about_message")(open_form)
    app.shortcut("ask_anywhere")(open_form)
    filling, change_form = re.compile(rf"^({'|'.join(FORM)})(:|$)"), partial(ask.handle_form_change, services)
    app.action(filling, middleware=[partial(accept_click, services)])(change_form)
    for callback, listener in VIEWS.items():
        submitted = partial(_handle_submission, services, listener)
        app.view(callback, middleware=[partial(accept_submission, services)])(submitted)

    # The rest is taken in silence, such as a click on a link: what nobody takes Slack sends again.
    for surface in (app.event, app.command, app.action, app.shortcut, app.view, app.view_closed):
        surface(ANYTHING)(_nothing_to_do)


async def _handle_click(services: Services, context: AsyncBoltContext) -> None:
    """Hand a click to its listener; an option of a menu of another version has none."""
    click = clicked(context)
    listener = ACTIONS.get(click.action)
    if not listener:
        return
    with one_deadline(context["since"]):
        refused = await refused_click(services, click)
        await (reply_privately(context, refused) if refused else listener(services, context))


async def _handle_submission(
    services: Services,
    listener: Callable[[Services, Mapping[str, Any], AsyncAck], Awaitable[None]],
    body: Mapping[str, Any],
    ack: AsyncAck,
    context: AsyncBoltContext,
) -> None:
    """Hand a submitted modal to its listener, if it is the owner's of what it is about."""
    with one_deadline(context["since"]):
        if refused := await refused_submission(services, body):
            view = RESULT_MODALS[body["view"]["callback_id"]](refused)
            await ack(response_action="update", view=view)
        else:
            await listener(services, body, ack)


async def _nothing_to_do(ack: AsyncAck) -> None:
    await ack()
