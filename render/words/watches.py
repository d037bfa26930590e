"""Texts about watches: answers that are looked at again, and questions that are asked again, by the clock.

As in `render.words`: short, plain, and ending with what to do next.
"""

# The menu and the modal

WATCH = "Watch This Answer"
TITLE = "Watch This Answer"
SUBMIT, CANCEL, CLOSE = "Watch", "Cancel", "Close"
OPENING = "One moment: I look at this answer."
HOW_OFTEN, WHAT = "How often", "Tell me"
EACH_TIME, CHANGED = "Each time", "When the rows change"
CROSSES, ASKS = "When a column crosses a value", "Ask the question again"
EACH_TIME_MORE = "What the query gives now, and what changed since the last time"
CHANGED_MORE = "Nothing while they stay the same"
CROSSES_MORE = "Once, and again only after it went back"
ASKS_MORE = "For answers in words: a new answer each time, which costs a question"
LIMIT_TITLE = "For when a column crosses a value:"
COLUMN, SIDE, VALUE = "Column", "Is", "Value"
CHOOSE_COLUMN = "Choose a column"
ABOVE, BELOW = "Above", "Below"
VALUE_HINT = "As the column shows it: 25 for 25%."
NO_COLUMN = "Choose the column that is to cross a value."
NO_VALUE = "Write the value that it is to cross, such as 1000000."
TOO_MANY_OPENING = "Many people look at answers just now. Choose this again in a moment."
TOO_SLOW = "This takes too long just now. Close this, and choose it again in a moment."
STOPPED_OPENING = "I am just restarting. Close this, and choose it again in a moment."
NOT_STORED = "My database is down, so I could not take that. Try it again in a minute."
GOES_ON = (
    "This question goes on from what was said before it: its words alone would be another one. Type "
    "`/genie schedule each morning:` and all of the question."
)
FORGOTTEN = "I do not remember this answer any more. Ask the question again, and watch the new answer."

# Messages

SHOW_TABLE, PAUSE, RESUME, STOP, OPEN = "Show Table", "Pause", "Resume", "Stop", "Open"
LISTED = "*What you watch*, which only you see here:"
HOME_TITLE = "What you watch"
NOTHING_WATCHED = (
    "You watch nothing. Choose Watch This Answer in the menu below an answer, or type "
    "`/genie schedule each morning:` and a question."
)
PAUSED_NOW = "Paused: I tell nothing until you press Resume, here or in `/genie watches`."
STOPPED_NOW = "Stopped: I tell nothing more of it."
NOT_YOURS = (
    "Only the person who set this watch may do that. Choose Watch This Answer to have one of your own."
)
GONE = "This watch has been stopped already. Type `/genie watches` to see what there is."

# Schedules

SCHEDULE_FORM = "schedule each morning: …"
SCHEDULE = "asks a question again by itself: each hour, each morning or each Monday"
WATCHES = "lists what you watch and what is asked by itself, to pause or stop it"
SCHEDULE_EXPLAINED = (
    "Type how often and the question, such as `/genie schedule each morning: revenue yesterday`. "
    "Instead of each morning it may be each hour or each Monday."
)
SCHEDULE_TITLE, SCHEDULE_SUBMIT = "Ask by the Clock", "Schedule"
WHICH_SPACE = "Genie space"
CHOOSE_SPACE = "Choose a Genie space"
WHICH_SPACE_HINT = "Its words do not say which one is meant. I ask it there each time."
NAME_SPACE = (
    "The words do not say which Genie space is meant. Type it before the question, as in "
    "`/genie schedule each morning: finance: revenue yesterday`: `/genie spaces` lists them."
)
RHYTHMS = {"each hour": "hourly", "each morning": "mornings", "each monday": "mondays"}
"""What people type, with the values of rhythms."""
OTHER_RHYTHMS = {
    "hourly": "hourly",
    "every hour": "hourly",
    "daily": "mornings",
    "each day": "mornings",
    "every day": "mornings",
    "every morning": "mornings",
    "weekly": "mondays",
    "mondays": "mondays",
    "each week": "mondays",
    "every week": "mondays",
    "every monday": "mondays",
}

# Quiet hours

QUIET = "Quiet hours"
QUIET_FROM, QUIET_TO = "Quiet from", "Quiet until"
NO_QUIET = "None"
QUIET_HINT = "In these hours nothing that you watch is told. The same hour twice: no quiet hours."

_CLOCK = "{hour}:00"


def too_many(most: int) -> str:
    """Say that a person has as many watches as may be."""
    return (
        f"You have {most} watches, which is all you may have. Stop one in `/genie watches`, then try again."
    )


def resumed(next_: str) -> str:
    """Say that a watch goes on; a moment is safe mrkdwn."""
    return f"It goes on: next {next_}."


def clock(hour: int) -> str:
    """Write an hour of the day."""
    return _CLOCK.format(hour=hour)


def rhythm(value: str, hour: int) -> str:
    """Say how often, by the value of a rhythm."""
    return {
        "hourly": "each hour",
        "mornings": f"each morning at {clock(hour)}",
        "mondays": f"each Monday at {clock(hour)}",
    }.get(value, value)


def choice(value: str, hour: int) -> str:
    """Offer a rhythm."""
    said = rhythm(value, hour)
    return said[0].upper() + said[1:]


def quiet_hours(begins: int, ends: int) -> str:
    """Sum quiet hours up."""
    return NO_QUIET if begins == ends else f"{clock(begins)} to {clock(ends)}"


def where_told(channel: str, zone: str, quiet: str) -> str:
    """Say who is told, where, and by which clock; `channel` is safe mrkdwn, empty in direct messages."""
    place = (
        f"I tell you in this thread, which everybody in {channel} can read."
        if channel
        else "I tell you here, in your direct messages."
    )
    clock_of = f" Times are yours ({zone})." if zone else ""
    silence = (
        "You have no quiet hours" if quiet == NO_QUIET else f"Nothing comes in your quiet hours, {quiet}"
    )
    return f"{place}{clock_of} {silence}: your settings on my Home tab change that."


def tells(column: str, value: str, *, changed: bool, above: bool) -> str:
    """Say when a watch tells; nothing where it does each time. Column and value are safe mrkdwn."""
    if column:
        return f"when {column} gets {'above' if above else 'below'} {value}"
    return "when the rows change" if changed else ""


def described(question: str, often: str, when: str, zone: str, *rest: str) -> str:
    """Describe a watch in a list; the question, and how and where it is in `rest`, are safe mrkdwn."""
    told = ", ".join(part for part in (f"{often}{f' ({zone})' if zone else ''}", when) if part)
    return f"*{question}*\n{' · '.join(part for part in (told[0].upper() + told[1:], *rest) if part)}"


def in_channel(channel: str) -> str:
    """Say where a watch tells; `channel` is safe mrkdwn."""
    return f"in {channel}"


def in_space(name: str) -> str:
    """Say which Genie space a watch reads or asks; `name` is safe mrkdwn."""
    return f"Genie space {name}"


def next_at(moment: str) -> str:
    """Say when a watch is due; a moment is safe mrkdwn."""
    return f"next {moment}"


PAUSED, PAUSED_FAILED = "*paused*", "*paused, as it failed*"


STOPPED = "This watch was stopped."


def started(owner: str, often: str, when: str, zone: str, since: str, *, asks: bool) -> str:
    """Say in a thread what is watched there, paused without `since`; owner and moment are safe mrkdwn."""
    what = "I ask this question again" if asks else "I look at this answer again"
    told = f" and tell {when}" if when else ""
    clock_of = f" ({zone})" if zone else ""
    state = f", from {since} on." if since else f": {PAUSED}."
    return f"{what} {often}{clock_of}{told}, for {owner}{state}"


def asked(owner: str, question: str) -> str:
    """Show a question that a schedule asks; the owner is a mention, and the question safe mrkdwn."""
    return f"By the clock, for {owner}: {question}"


def about(question: str, often: str, owner: str) -> str:
    """Say below a message of a watch which one it is; all of it is safe mrkdwn."""
    return f"Watched {often} for {owner}: {question}. AI-generated SQL, check before you decide."


def paused_as_failed(question: str, cause: str) -> str:
    """Say that a watch failed three times and rests; all of it is safe mrkdwn."""
    return f"*{question}* failed three times in a row, so I paused it. {cause}"


SIGNED_OUT = "You are not signed in to Databricks any more. Type `/genie sign-in`, then press Resume."
OTHER_RIGHTS = (
    "Meanwhile it was changed with whose rights I ask Databricks. Press Stop, ask the question again, and "
    "watch the new answer."
)
SPACE_REMOVED = (
    "I do not ask its Genie space any more. Press Stop, and schedule the question in another one: "
    "`/genie spaces` lists them."
)
LEFT_CHANNEL = "You are no longer in its channel. Press Resume when you are back, or Stop."


def rests(question: str, why: str) -> str:
    """Say that a watch rests, though it did not fail."""
    return f"I paused *{question}*. {why}"


def scheduled(often: str, zone: str, next_: str, space: str, channel: str) -> str:
    """Confirm a question that is asked by itself; space and channel are safe mrkdwn, or empty."""
    clock_of, of = f" ({zone})" if zone else "", f" of *{space}*" if space else ""
    where = in_channel(channel or "your direct messages")
    first = f"I ask this{of} {often}{clock_of} {where}, for the first time {next_}."
    return f"{first} Type `/genie watches` to pause or stop it."


def rows(shown: str, total: str, *, is_part: bool) -> str:
    """Count the rows that are shown."""
    if not is_part:
        return f"{total} {'row' if total == '1' else 'rows'}."
    return f"Showing the first {shown} of {total} rows. The CSV below the answer that is watched has more."


def more_on_list(number: int) -> str:
    """Count the watches that the Home tab has no room for."""
    return f"There {'is 1 more' if number == 1 else f'are {number} more'}: type `/genie watches`."


def more_watches(number: int) -> str:
    """Count the watches that the list has no room for."""
    return f"There {'is 1 more' if number == 1 else f'are {number} more'}, on my Home tab."
