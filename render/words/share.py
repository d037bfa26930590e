"""Texts about sharing, private answers and starter questions.

As in `render.words`: short, plain, and ending with what to do next.
"""

from render.text.escape import literal

STARTERS = "Or begin with one of these:"
ALREADY_ASKED_HERE = (
    "You have asked that already. Look for it in this channel, or type `/genie` and a question."
)

SHARE = "Share to Channel"
REST_IN_THREAD = (
    "The table, the SQL and what to ask next are in the thread. AI-generated, check before you decide."
)
ANSWER_FORGOTTEN = "I do not remember this answer any more. Ask the question again."
NOT_SHARED = (
    "Slack did not let me share this here. Ask an admin of this workspace who may post in this channel."
)

DISMISS = "Dismiss"
ALREADY_ASKED_PRIVATELY = (
    "You have asked that already. Look for it in your direct messages with me, or type another question."
)
PRIVATE_EXPLAINED = (
    "Type your question after `/genie private`: I answer in your direct messages, where only you see it."
)
PUBLISHED_ALREADY = "This answer has been posted in the channel already. Look for it there."
NO_DIRECT_MESSAGE = (
    "Slack did not let me write to you directly. Ask without `private`, or tell the bot's admin."
)
NO_DIRECT_MESSAGE_FROM_HERE = (
    "What is asked here I answer in direct messages, and Slack did not let me write to you. "
    "Tell the bot's admin."
)
CONVERSATION_APART = (
    "This is a new conversation, apart from the one in the channel's thread. "
    "Say again what it should build on."
)


def private_received(bot: str) -> str:
    """Say where the answer to a private question comes; `bot` is a mention, which leads there."""
    return f"Got it. Only you see the answer: it comes in your direct messages with {bot or 'me'}."


def replied_privately(link: str) -> str:
    """Say where a private question was asked that its reply is there; `link` leads to it, if it is known."""
    where = f"<{link}|Open it>" if link else "Look for it"
    return f"I have replied to your private question. {where} in your direct messages with me."


def not_there(channel: str) -> str:
    """Say why an answer cannot be posted yet; `channel` is safe mrkdwn."""
    return (
        f"I am not in {channel or 'that channel'} yet. Type `/invite @Genie` there, then press {SHARE} again."
    )


def closed(channel: str) -> str:
    """Say why an answer cannot be posted; `channel` is safe mrkdwn."""
    return (
        f"I may not post in {channel or 'that channel'}: it is archived or restricted. Copy what others need."
    )


def asked_privately(channel: str, question: str) -> str:
    """Repeat a private question where its answer comes; the question is escaped here."""
    where = f" in {channel}" if channel else ""
    return f"You asked privately{where}: {literal(question)}"


def asked_in_channel(channel: str, question: str) -> str:
    """Repeat a question where its answer comes, which is not where it was asked; escaped as above."""
    where = f" in {channel}" if channel else ""
    return f"You asked{where}: {literal(question)}"


def answered_privately(name: str) -> str:
    """Tell a channel that a question was answered, and nothing of it; `name` is safe mrkdwn."""
    return f"{name} got a private answer."


def shared(mention: str, question: str) -> str:
    """Say who shared the answer to which question; the question is safe mrkdwn."""
    return f"{mention or 'Somebody'} shared the answer to: {question}"


def shared_already(link: str) -> str:
    """Say that an answer is in the channel; `link` leads to it, if it is known."""
    where = f"<{link}|Open it there.>" if link else "Look for it there."
    return f"This answer has been shared with the channel already. {where}"


def asked_by(mention: str, question: str) -> str:
    """Say who clicked and what that asked, when nobody typed it in the thread."""
    return f"Asked by {mention}: {question}" if question else f"Asked by {mention}"
