"""Texts about whose rights an answer has, where people ask as themselves."""

ASK_AS_MYSELF = "Ask as Myself"


def served_only(mention: str) -> str:
    """Say whom the buttons of an answer serve; `mention` is safe mrkdwn."""
    whose = mention or "the person who asked"
    return f"This answer was asked with the rights of {whose}, so its buttons serve {whose} only."
