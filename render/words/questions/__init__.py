"""Texts about asking: by mention, by `/genie`, by a button; and help."""

from render.text.escape import literal

HELP = (
    "Ask me about your data in plain words, and Genie answers with a table, a chart and the SQL.\n"
    "• Mention me in a channel, or write to me directly: I answer in the thread of your message.\n"
    "• Reply in that thread to go on: “and by month?”, “only EMEA”. Thanks, emoji and words to somebody else "
    "are no questions; while people talk to each other, I ask the writer first.\n"
    "• Begin with “research:” to have Genie run several queries and write a report.\n"
    "• Changed your mind? Edit or delete your message.\n"
    "• Type `/genie` and your question to ask from anywhere. `/genie help` says what else it does."
)
ASK_NOW = "Now ask something, for example: “total sales by region last quarter”."
COMMAND_RECEIVED = "Got it. I post your question here and answer in its thread."
NOT_IN_CHANNEL = "I am not in this channel yet. Type `/invite @Genie`, then ask again."
PLACE_CLOSED = (
    "I may not post here: the channel is archived or restricted, or the thread is locked. Ask me elsewhere."
)
EXTERNAL_PERSON = (
    "I answer people of this workspace only. Ask a colleague who works here to put the question."
)
GUEST = "I do not answer guests of this workspace. Ask a colleague who works here to put the question."
ABOVE_NOT_READ = "I read your words only, not the message above. Shall I take it along?"
ABOVE_GONE = "I can no longer read the message above. Ask again, with what matters in your own words."
ASK_WITH_ABOVE = "Ask with the Message"
ASK_WITHOUT = "Ask Without It"
YOU_ARE_WELCOME = "You are welcome. Reply here with your next question."
NO_FILES = "I read no files. Write your question in words, and I will ask it."
BUTTON_TOO_OLD = "This button is too old to use. Type the question again and I will ask it."
ALREADY_ASKED = "That has been asked already. Look for the answer in this thread."
NOT_STORED = "My database is down, so I could not take that. If nothing happens, try it again in a minute."
MESSAGE_NOT_STORED = (
    "My database is down, so I could not take that yet. "
    "I keep trying for five minutes; ask again if nothing comes."
)


def asked(mention: str, question: str) -> str:
    """Show a question from `/genie` or a button in the channel; the question is escaped here."""
    return f"{mention or 'Somebody'} asked: {literal(question)}"


def about_above(question: str, above: str) -> str:
    """Put what stands above into a question to Genie."""
    return f"{question}\nThis is about the following message:\n{above}"


def too_many_by_person(limit: int) -> str:
    """Refuse a question of a person who has as many waiting as may."""
    return (
        f"{limit:,} of your questions wait already, which is the most. Ask this again after the next answer."
    )


def too_many_in_channel(limit: int) -> str:
    """Refuse a question in a channel that has as many waiting as may."""
    return f"{limit:,} questions of this channel wait already, which is the most. Ask this again in a while."


def question_too_long(limit: int) -> str:
    """Refuse a question that exceeds what we send to Genie."""
    return f"This question is longer than {limit:,} characters. Shorten it and ask again."
