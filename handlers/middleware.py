"""Where private words about a click appear: in the thread of the click.

Slack puts what comes by a response_url into the channel unless it names a thread.
https://docs.slack.dev/interactivity/handling-user-interaction#message_responses
"""

from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from typing import Any

from slack_bolt.async_app import AsyncBoltContext


async def in_its_thread(
    body: Mapping[str, Any], context: AsyncBoltContext, next_: Callable[[], Awaitable[None]]
) -> None:
    """Let every listener respond in the thread in which somebody clicked, if it was in one."""
    clicked_in: Mapping[str, Any] = body.get("message") or body.get("container") or {}
    if context.respond and (thread := clicked_in.get("thread_ts")):
        context["respond"] = partial(context.respond, thread_ts=thread)
    await next_()
