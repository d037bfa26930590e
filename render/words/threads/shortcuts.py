"""Texts of the modal in which people ask about a message, or from anywhere.

As in `render.words`: short, plain, and ending with what to do next.
"""

TITLE = "Ask Genie"
ASK = "Ask"
CANCEL = "Cancel"
CLOSE = "Close"

QUESTION = "Question"
QUESTION_HINT = "Genie gets what stands here. Say in plain words what you want to know."
CUT_HINT = "The message is longer, this is its beginning. Say in plain words what you want to know."
NO_QUESTION = "Write a question first."
STARTERS = "Or begin with one of these:"

SPACE = "Genie space"
BY_WORDS = "Found by the words of the question"

ANSWER = "Where the answer goes"
IN_THREAD = "Into the thread of the message"
IN_THREAD_READERS = "Everybody there reads your question and the answer"
ONLY_ME = "To me alone"
ONLY_ME_WHERE = "In your direct messages with me"
CHANNEL = "Channel"
NO_CHANNEL = "None, answer me alone"
CHANNEL_HINT = "Leave it empty to get the answer in your direct messages, where only you see it."
NOT_FOR_ALL = (
    "The answer comes in your direct messages, where only you see it. "
    "*Share to Channel* there posts it in this thread."
)

NOT_STORED = "My database is down, so I could not take that. Press Ask again in a minute."
NOT_OPENED_STORED = "My database is down, so I could not begin. Choose the shortcut again in a minute."
NO_DIRECT_MESSAGE = "Slack did not let me write to you directly. Choose a channel, or tell the bot's admin."
NOT_SEEN_THERE = (
    "I do not see you in the channel that you chose. "
    "Choose one that we are both in, or none: then only you get the answer."
)

WAS_NOT_A_MEMBER = (
    "I am not in the channel where you asked this, so only you get the answer. "
    "To get answers there, type /invite @Genie in it."
)
WAS_CLOSED = (
    "I may not post where you asked this: the channel or thread is closed to me, or the message is gone. "
    "So only you get the answer."
)
"""Both stand above the answer, where no markup is read."""
NOT_MINE = (
    "These direct messages are not with me, so the answer comes in those with me, where only you see it."
)


def not_a_member(channel: str) -> str:
    """Say before the question why its answer is private; `channel` is safe mrkdwn, if it is one."""
    if not channel:
        return NOT_MINE
    return (
        f"I am not in {channel}, so the answer comes in your direct messages, where only you see it. "
        "To get answers in its threads, type `/invite @Genie` there first."
    )
