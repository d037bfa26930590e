"""Texts about who reads an answer, before it is shared, and as whom it was asked."""

from render.text.escape import literal

TITLE = "Share to Channel"
SHARE = "Share"
CANCEL = "Cancel"
CLOSE = "Close"
UNKNOWN = ":warning: I cannot tell who is in this channel: there may be guests and people of other companies."
MAY_HAVE_GUESTS = ":warning: There may be guests of this workspace among them: I have not counted those."
OF_THE_BOT = "It was asked as Genie bot: everybody who may ask me may see its rows."
YOUR_RIGHTS = "It was asked with your rights: others then see rows that they may not see themselves."
OTHERS_READ = (
    "Guests or people of other companies may read along in this channel by now, so I post no more of this "
    "answer here. Ask the question once more: you get the answer privately."
)
NOT_STORED = "My database is down, so I could not share it. Try it again in a minute."

AS_BOT = "Asked as Genie bot"
AS_YOU = "Asked as you"


def with_rights_of(name: str) -> str:
    """Say whose rights an answer has that others read; the name is escaped here."""
    return f"Asked with the rights of {literal(name)}"


def will_see(channel: str, people: int | None, guests: int | None) -> str:
    """Say who can read an answer once it is shared; None for what is not known."""
    seen = f"Everybody in {channel} will see this answer"
    if people is None:
        return f"{seen}."
    of_them = f", {guests:,} of them {'guests' if guests > 1 else 'a guest'}" if guests else ""
    return f"{seen}: {_counted(people, 'person', 'people')}{of_them}."


def of_companies(companies: int) -> str:
    """Warn of other companies in a channel."""
    return f":warning: Among them are people of {_counted(companies, 'other company', 'other companies')}."


def _counted(number: int, one: str, many: str) -> str:
    return f"1 {one}" if number == 1 else f"{number:,} {many}"
