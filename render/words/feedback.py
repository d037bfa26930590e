"""Texts about ratings.

As in `render.words`: short, plain, and ending with what to do next.
"""

GOOD = "Good Answer"
GOOD_LABEL = "This answer helps"
BAD = "Bad Answer"
BAD_LABEL = "This answer does not help"
TAKE_BACK = "Take Back"
SAY_WHY = "Say Why"

GOOD_TAKEN = "Thank you. The authors of this Genie space see that this answer helped. You can take that back."
BAD_TAKEN = (
    "Thank you. The authors of this Genie space see that this answer did not help. You can take that back."
)
GOOD_ALREADY = "You rated this answer as good before, so nothing changed. You can take that back."
BAD_ALREADY = "You rated this answer as bad before, so nothing changed. You can take that back."
BAD_REACTION_TAKEN = (
    "Thank you. The authors of this Genie space see that this answer did not help. If you like, say why."
)
TAKEN_BACK = "Your rating is taken back. Press a thumb below the answer to rate it again."
NOTHING_TO_TAKE_BACK = "You have taken your rating back already. Press a thumb below the answer to rate it."
TOO_OLD = "I remember an answer for seven days, and this one is older or forgotten. Ask again to rate it."
NOT_KEPT = "My database is down, so I could not keep your rating. Press again in a minute."

TITLE = "What was wrong?"
EXPLAINED = "Your rating is kept. If you like, say what was wrong: it helps to put it right."
SEEN_BY_AUTHORS = "Goes to the authors of this Genie space, without your name."
SEEN_BY_REVIEWERS = (
    "Goes to the authors of this Genie space and, with your name and the question, to reviewers."
)
REASONS_LABEL = "Reasons"
REASONS = {
    "figures": "The figures are wrong",
    "question": "It answers another question",
    "data": "Data is missing or too old",
    "unclear": "It is hard to understand",
    "shown": "The table or chart does not fit",
}
"""By what a submitted modal calls them."""
WORDS_LABEL = "In your own words"
SEND = "Send"
SKIP = "Skip"
CLOSE = "Close"
THANKS = "Thank you. What you wrote is on its way. You can close this now."

OPEN_THREAD = "Open Thread"
SOMEBODY = "Somebody"


def reason(chosen: list[str], words: str) -> str:
    """Put reasons into words for who reads them; `words` are the person's own."""
    known = "; ".join(REASONS[each] for each in chosen if each in REASONS)
    return "\n".join(filter(None, (f"{known}." if known else "", words.strip())))


def rated_bad(name: str) -> str:
    """Say in the review channel who rated; the name is data, shown where Slack parses nothing."""
    return f"{name or SOMEBODY} rated an answer as bad"
