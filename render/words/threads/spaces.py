"""Texts about which Genie space a question is asked in."""

WHICH = "Which Genie space shall I ask? This thread then stays with it."
NOT_CHOSEN = "Nobody chose a Genie space within an hour, so I did not ask. Ask again if you want to know."
CHOSEN_ALREADY = "A space is chosen already."
NO_SPACE = "I do not ask this Genie space any more. Choose another one, or ask again."
ASKED_THERE = "That has been asked there already. Look for its thread in this channel."
ANOTHER = "Another space"
ELSEWHERE = "Ask in another space"
LISTED = "You can ask in these Genie spaces:"


def listed(alias: str, title: str, description: str) -> str:
    """Describe a space on one line of a list; `title` and `description` are safe mrkdwn."""
    about = f" – {description}" if description else ""
    return f"*{title}* (`{alias}: your question`){about}"


def only(title: str, description: str) -> str:
    """Describe the only space; `title` and `description` are safe mrkdwn."""
    return f"I ask the Genie space *{title}*." + (f" {description}" if description else "")


def asked_in(title: str) -> str:
    """Say that a question is asked in another space; `title` is safe mrkdwn."""
    return f"I ask *{title}* in a thread of its own."
