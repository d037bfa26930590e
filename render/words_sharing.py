"""What people read about questions that nobody typed, and about who gets to see an answer.

As in `render.words`: short, plain, and ending with what to do next.
"""

STARTERS = "Or begin with one of these:"
ALREADY_ASKED_HERE = (
    "You have asked that already. Look for it in this channel, or type `/genie` and a question."
)


def asked_by(mention: str, question: str) -> str:
    """Say who clicked and what that asked, when nobody typed it in the thread."""
    return f"Asked by {mention}: {question}" if question else f"Asked by {mention}"
