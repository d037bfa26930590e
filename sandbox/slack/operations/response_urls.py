"""What the app sends to a `response_url`, and what it answers to a command or a click.

https://docs.slack.dev/interactivity/handling-user-interaction#message_responses
"""

from dataclasses import replace
from typing import Any

from sandbox.slack.blocks.check import check_message
from sandbox.slack.errors import SlackError
from sandbox.slack.operations.messages import (
    delete_ephemeral,
    edit,
    from_bot,
    post,
    remove,
    show_ephemeral,
    with_ids,
)
from sandbox.slack.platform import Platform
from sandbox.slack.state.expiring_tokens import ResponseUrl
from sandbox.slack.state.records import Message


def respond(platform: Platform, address: ResponseUrl, body: dict[str, Any]) -> None:
    """Carry out one response: a new message, or a change of the one the response is about."""
    original = _current(platform, address.original)
    if body.get("delete_original"):
        _delete(platform, original)
        return
    text, blocks = _content(platform, body)
    if body.get("replace_original"):
        if original is None:
            raise SlackError("message_not_found")
        _replace(platform, original, text, blocks)
        return
    # Without a thread of its own it goes into the channel, wherever the click was.
    message = from_bot(platform, address.channel, text, blocks=blocks, thread_ts=body.get("thread_ts"))
    if body.get("response_type") == "in_channel":
        post(platform, message)
    else:
        show_ephemeral(platform, replace(message, for_user=address.user))


def answer_command(platform: Platform, user: str, channel: str, answer: Any) -> None:
    """Show what the app gave back when it acknowledged a command; nothing when it gave nothing."""
    if isinstance(answer, str):
        answer = {"text": answer}
    if isinstance(answer, dict) and (answer.get("text") or answer.get("blocks")):
        respond(platform, ResponseUrl(channel, user, None, 0.0), answer)


def _content(platform: Platform, body: dict[str, Any]) -> tuple[str, tuple[dict[str, Any], ...]]:
    blocks = body.get("blocks")
    check_message(blocks, body.get("attachments"), platform.block_rules)
    text = str(body.get("text") or "")
    if not text.strip() and not blocks:
        raise SlackError("no_text")
    return text, tuple(blocks or ())


def _current(platform: Platform, original: Message | None) -> Message | None:
    if original is None:
        return None
    if original.for_user is None:
        return platform.workspace.messages[original.channel].get(original.ts)
    found = [each for each in platform.workspace.ephemerals if each.ts == original.ts]
    return found[0] if found else None


def _replace(platform: Platform, original: Message, text: str, blocks: tuple[dict[str, Any], ...]) -> None:
    if original.for_user is None:
        edit(platform, original, text=text, blocks=with_ids(blocks))
    else:
        show_ephemeral(platform, replace(original, text=text, blocks=with_ids(blocks)))


def _delete(platform: Platform, original: Message | None) -> None:
    if original is None:
        raise SlackError("message_not_found")
    if original.for_user is None:
        remove(platform, original)
    else:
        delete_ephemeral(platform, original)
