"""Texts of research: Genie's agent mode, which looks into a question with several queries.

As in `render.words`: short, plain, and ending with what to do next.
"""

import re

from render.text.escape import literal, literal_clipped, one_line
from render.text.locales import ANYWHERE, Locale
from render.words.progress import about

DIG_DEEPER = "Dig Deeper"
STOP = "Stop"
WORD = "research"
"""Before a colon it has a question researched: `research: why did revenue fall?`."""

# While Genie works

WORKING = "*Genie researches this.* It takes some minutes; the report comes here."
STOPPING = "*Stopping…* Genie ends at its next step. What it has found by then comes here."
CANNOT_STOP = "*This cannot be stopped:* Genie does not end it. It works on, and the report comes here."
NO_QUERY_YET = "No query yet"
NO_TITLE = "A query"
STATUS = {"in_progress": "running…", "error": "did not work"}
"""What is said of a query in the place of its rows, by Slack's word for its state."""

# How it ended

INCOMPLETE = "Genie ended before it was done. This is what it had found by then:"
FAILED_WITH = "This is what Genie had found by then:"
OVERDUE_WITH = "This is what Genie has found so far:"
NOTHING_FOUND = "Genie had found nothing yet. Ask again to have it researched anew."
NO_REPORT = "Genie finished without a report. Ask again in other words, or name the figures you are after."
WITHOUT = "Research is switched off in this Databricks workspace, so this was asked without it."
"""Stands above an answer, where no markup is read."""

# The report

BELOW = "*Results, each below in this thread:*"
NOT_BELOW = "Not shown here, open the conversation in Databricks for them:"
SOURCES = "Sources"
REPORT_FILE = "The whole report"
REST_IN_THREAD = "The report and its results are in the thread. AI-generated, check before you decide."

# Asking

EXPLAINED = (
    "Type your question after `/genie research:`, as in `/genie research: why did revenue fall in March?`: "
    "Genie looks into it with several queries and writes a report, which takes some minutes."
)
FORM = "research: …"
HELP = "has Genie look into a question with several queries, and write a report"
IN_FORM = "Research it"
IN_FORM_MEANS = "Several queries and a report, which takes some minutes"
FORM_LABEL = "How deep"

# Clicks

ALREADY = "That has been dug into already. Look for it in this thread."
NOT_YOURS = "Only the person who asked this can stop it."
ENDED = "There is nothing left to stop: this has ended."
WITHDRAWN = "Withdrawn: I tell Genie to end this research, and no report comes."


LOOK_BEHIND = (
    "Explain what is behind the figures: what drives them, how they came to be, and what stands out."
)
"""What Genie is told besides."""
_QUESTION_WIRE = 300


def so_far(done: int, running: int) -> str:
    """Count the queries of a run that is going on."""
    if not done + running:
        return NO_QUERY_YET
    counted = _queries(done + running)
    return f"{counted}, {running:,} running" if running else f"{counted} so far"


def step(title: str, rows: str) -> str:
    """Name a query, and what came of it."""
    return f"{title or NO_TITLE} · {rows}" if rows else title or NO_TITLE


def rows(count: int, *, more: bool, locale: Locale = ANYWHERE) -> str:
    """Count the rows of a query, of which there may be more."""
    if more:
        return f"{locale.whole(count)} rows or more"
    return "1 row" if count == 1 else f"{locale.whole(count)} rows"


def first_rows(shown: int, total: int | None, locale: Locale = ANYWHERE) -> str:
    """Say that a table goes on; None where nobody knows how far."""
    if total is None:
        first = "The first row" if shown == 1 else f"The first {locale.whole(shown)} rows"
        return f"{first}; there may be more."
    first = "The first row" if shown == 1 else f"The first {locale.whole(shown)}"
    return f"{first} of {locale.whole(total)} rows."


def earlier_steps(count: int) -> str:
    """Say that a list begins later."""
    return f"{count:,} earlier {'query is' if count == 1 else 'queries are'} not listed."


def stopped(queries: int) -> str:
    """Say that a run was stopped, and that what follows is not all."""
    return f"Stopped after {_queries(queries)}." if queries else "Stopped before the first query."


def provenance(queries: int, seconds: float, origin: str) -> str:
    """Say what a run took, before where its report comes from; `origin` is safe mrkdwn."""
    took = f"{_queries(queries)} in {about(seconds)}" if queries and seconds else ""
    return f"{took} · {origin}" if took else origin


def results_below(count: int) -> str:
    """Count the answers that follow a report, for a notification."""
    return "1 result follows." if count == 1 else f"{count:,} results follow."


def result(number: int, title: str, rows: str) -> str:
    """Name a result that follows; the title is escaped here."""
    named = literal(title or NO_TITLE)
    return f"{number}. {named} · {rows}" if rows else f"{number}. {named}"


def source(title: str, host: str) -> str:
    """Name where a link leads, so that its title cannot promise another place."""
    return f"{title} ({host})" if title and not _names(title, host) else title or host


def and_more(count: int) -> str:
    """Say that a list goes on."""
    return f"and {count:,} more"


def deeper(question: str) -> str:
    """Ask for what is behind an answer, as it stands in the thread; the question is as it is stored."""
    return f"{DIG_DEEPER.capitalize()}: {question}"


def deeper_into(question: str, before: str, reading: str) -> str:
    """Tell Genie what a question goes deeper into, as it does not know the conversation so far."""
    said = [question]
    if before and not question.endswith(before):
        said.append(f"It goes deeper into an answer to this question: {before}")
    if reading:
        said.append(f"That answer was made like this: {reading}")
    return "\n".join([*said, LOOK_BEHIND])


def withdrawn(question: str) -> str:
    """Name the question that was withdrawn when Genie had begun; it is escaped here."""
    shown = literal_clipped(one_line(question), _QUESTION_WIRE)
    return f"{WITHDRAWN} The question was: {shown}"


def _names(title: str, host: str) -> bool:
    """Tell whether a title names a host itself: `bank.com` and `ybank.co` have `bank.co` within another."""
    return bool(re.search(rf"(?<![\w.@-])(?<![^/]/){re.escape(host)}(?![\w-]|\.\w)", title))


def _queries(count: int) -> str:
    return "1 query" if count == 1 else f"{count:,} queries"
