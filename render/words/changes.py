"""Texts for people who change their mind: a question withdrawn, its message edited or deleted."""

from render.text.escape import literal_clipped, one_line

WITHDRAW = "Withdraw"

BEHIND_OLD_WORDS = (
    "One question at a time here: what you changed your question to comes next, "
    "after the question that Genie works on."
)
NOT_YOURS = "Only the person who asked this can withdraw it."
ENDED = "There is nothing left to withdraw: this question has ended. Ask another one."
LOST = "I have lost this question, so no answer comes. Please ask it again."
NOTHING = "None of your questions here is waiting for an answer. Ask one whenever you like."
WITHDRAWN = "Withdrawn: Genie is not asked."
STOPPED = "Genie cannot be stopped, but I no longer wait for its answer."
EDITED_AFTERWARDS = (
    "You changed a question that has ended already. Press the button to ask what it says now, as a new one."
)
NOT_READ = "I could not read your message in Slack just now: press again, or send it once more."
ASKED_AGAIN = "Asked: the answer comes in this thread."

_QUESTION_WIRE = 300


def withdrawn(question: str) -> str:
    """Name the question that was withdrawn; it is escaped here."""
    return f"{WITHDRAWN} The question was: {_shown(question)}"


def stopped(question: str) -> str:
    """Name the question whose answer is not waited for any more; it is escaped here."""
    return f"{STOPPED} The question was: {_shown(question)}"


def _shown(question: str) -> str:
    return literal_clipped(one_line(question), _QUESTION_WIRE)
