"""Texts about experts: the button that asks them, their card, what they said, and what they confirmed.

As in `render.words`: short, plain, and ending with what to do next. Names and moments must be safe mrkdwn.
"""

ASK = "Ask an Expert"
ASK_TITLE = "Ask an expert?"
ASK_PRIVATE = (
    "Your question, how it was read and its SQL go to the experts of this bot, with your name; no rows do. "
    "If they confirm it, who asks the same in the same words sees the SQL, and not who asked."
)
SEND = "Send"
CANCEL = "Cancel"
SENT = "The experts have your question. What they say comes into this thread."
ALREADY_SENT = "The experts have this question already. What they say comes into this thread."
NOT_SENT = "Slack did not let me write to the experts. Tell the bot's admin, who can invite me there."
NO_CHANNEL = "This bot has no channel of experts any more. Ask the bot's admin whom to ask."
OTHERS_THERE = (
    "Guests or people of other companies may read along with the experts, so your private question stays "
    "here. Ask it in a public channel to send it to them."
)

TAKE = "Take"
CONFIRM = "Confirm"
CORRECT = "Correct"
CANNOT_ANSWER = "Cannot Answer"
READING = "How Genie read it: "
SQL_TITLE = "SQL of Genie"
CORRECTED_SQL = "Confirmed SQL"
PRIVATE = "asked privately"
NO_SQL = "There is no SQL."
CUT = "Shortened here."
SQL_CUT = "Shortened here: the bot's admins can export all of it."
OPEN = "Nobody has taken it yet."
SOMEBODY = "Somebody"
AN_EXPERT = "An expert"

CORRECT_TITLE = "Correct this answer"
CORRECT_SQL_LABEL = "SQL that answers it"
CORRECT_SQL_HINT = "Shown to who asked this and, with your name, to who asks it again. It is not run."
CORRECT_WORDS_LABEL = "In your own words"
CORRECT_WORDS_HINT = "Shown to who asked this."
CORRECT_NOTHING = "Write SQL, words, or both."
CORRECT_SAME = "This is the SQL of Genie: press Confirm below the question, or change it."
CANNOT_TITLE = "Cannot answer"
CANNOT_LABEL = "Why not"
CANNOT_HINT = "Shown to who asked this: what is missing, or whom to ask instead."
SUBMIT = "Send"
CLOSE = "Close"

NOT_AN_EXPERT = (
    "Only members of this channel decide here, and Slack did not name you among them. Join it, or press "
    "again in a minute."
)
OTHER_CHANNEL = "Experts of this bot are asked in another channel now. Look for the question there."
OWN = "You asked this yourself, so another expert decides."
FORGOTTEN = "I do not remember this question any more. Answer it in its thread, if you like."
KEPT = "Thank you. Whoever asked this is told."
NOT_KEPT = "My database is down, so I could not keep this. Press again in a minute."
NO_MODAL = "Slack did not open the form. Press again."

CONFIRMED_COMMAND = "lists what experts have confirmed, to delete what is out of date"
ADMINS_ONLY = "Only those who set me up may see and delete what experts have confirmed. Ask one of them."
LISTED = "*What experts have confirmed*, the newest first:"
NOTHING_CONFIRMED = "Experts have confirmed nothing so far. They do so below a question that is sent to them."
DELETE = "Delete"
DELETE_TITLE = "Delete this confirmation?"
DELETE_EXPLAINED = (
    "Who asks this question then no longer reads it. Answers that say so already stay as they are."
)
DELETED = "It is deleted. Type `/genie confirmed` to see the others."
DELETED_ALREADY = "It is deleted already. Type `/genie confirmed` to see the others."

SIMILAR = "An expert confirmed a question like this:"


def asks(name: str) -> str:
    """Say who asks the experts; the name is data, shown where Slack parses nothing."""
    return f"{name or SOMEBODY} asks an expert"


def no_answer(cause: str) -> str:
    """Say that Genie gave no answer; `cause` is a name of ours, as the log has it."""
    return f"Genie gave no answer ({cause}). The log calls it so, too."


DAY = "{date_short}"
MOMENT = f"{DAY} at {{time}}"
"""Slack puts its own words for them into the braces; never "today", as the message stays."""
DONE = {
    "taken": "Taken by {} on {}",
    "confirmed": "Confirmed by {} on {}",
    "corrected": "Corrected by {} on {}",
    "unanswered": "Could not be answered, said {} on {}",
}
"""By state; the braces are the expert and the moment."""


def state(done: str, name: str, moment: str) -> str:
    """Say who did what, and when; `done` is the name of the state."""
    return DONE[done].format(name or AN_EXPERT, moment)


def taken(name: str) -> str:
    """Tell who asked that an expert looks at it."""
    return f"{name or AN_EXPERT} is looking at this question. You read here what comes of it."


def confirmed(name: str) -> str:
    """Tell who asked that the answer is right."""
    return f"{name or AN_EXPERT} confirmed this answer."


def corrected(name: str) -> str:
    """Tell who asked that there is a correction, which follows."""
    return f"{name or AN_EXPERT} corrected this answer:"


def answered(name: str) -> str:
    """Tell who got no answer that there is one, which follows."""
    return f"{name or AN_EXPERT} answered this question:"


def unanswered(name: str) -> str:
    """Tell who asked that an expert cannot answer; why follows."""
    return f"{name or AN_EXPERT} could not answer this question:"


def held(name: str, moment: str) -> str:
    """Tell an expert who has a question."""
    return f"{name or AN_EXPERT} took this question on {moment}, and has a day for it. Take it after that."


HELD_BY_YOU = "You have taken this question already. Press Confirm, Correct or Cannot Answer when you know."


def already(done: str, name: str, moment: str) -> str:
    """Tell an expert that a question is decided."""
    return f"{state(done, name, moment)}: this question is decided. Ask it again if that has changed."


def confirmed_entry(question: str, space: str, name: str, day: str) -> str:
    """Describe a confirmed question; all of it is safe mrkdwn."""
    return f"*{question}*\n{f'{space} · ' if space else ''}{name or AN_EXPERT} on {day}"


def and_more(count: int) -> str:
    """Say how the others are had."""
    return f"And {count} more: `python -m bot confirmed` prints all of them, with their SQL."


def same_sql(name: str, day: str) -> str:
    """Say below an answer that an expert stands for its SQL."""
    return f"Confirmed by {name or AN_EXPERT} on {day}: this is the confirmed SQL."


def other_sql(name: str, day: str) -> str:
    """Say below an answer that an expert stands for other SQL, which follows."""
    return (
        f"Confirmed by {name or AN_EXPERT} on {day}: other SQL than this answer has. "
        "Compare both before you decide."
    )


def some_sql(name: str, day: str) -> str:
    """Say the same where both cannot be compared."""
    return f"Confirmed by {name or AN_EXPERT} on {day}: the SQL below."


def in_place_of_answer(name: str, day: str) -> str:
    """Say below why there is no answer that an expert stands for SQL, which follows."""
    return f"{name or AN_EXPERT} confirmed SQL for this question on {day}. Run it in Databricks meanwhile:"
