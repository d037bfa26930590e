"""Texts about whose rights an answer has, where people ask as themselves."""

ASK_AS_MYSELF = "Ask as Myself"
ANOTHERS_THREAD = "Somebody else began this thread, and its answers have the rights of that person."
ASK_INSTEAD = (
    f"Press *{ASK_AS_MYSELF}* to ask with your own rights: only you see the answer, in your direct "
    "messages with me."
)


def served_only(mention: str) -> str:
    """Say whom the buttons of an answer serve; `mention` is safe mrkdwn."""
    whose = mention or "the person who asked"
    return f"This was asked with the rights of {whose}, so it serves {whose} only."
