"""Every sentence that a person can read, one module a feature: short, plain, ending with what to do next.

Arguments must be safe mrkdwn already (`render.text.escape`), unless a function says that it does that itself.
"""

from render.words import (
    answer,
    changes,
    experts,
    explain,
    export,
    failures,
    feedback,
    insights,
    listening,
    operator,
    progress,
    questions,
    research,
    share,
    small_talk,
    threads,
    watches,
)
from render.words.identity import access, home, own_rights, owners, readers, sign_in
from render.words.questions import commands, reuse
from render.words.results import caveats, changed, charts, stats, values
from render.words.threads import shortcuts, spaces

__all__ = [
    "access",
    "answer",
    "caveats",
    "changed",
    "changes",
    "charts",
    "commands",
    "experts",
    "explain",
    "export",
    "failures",
    "feedback",
    "home",
    "insights",
    "listening",
    "operator",
    "own_rights",
    "owners",
    "progress",
    "questions",
    "readers",
    "research",
    "reuse",
    "share",
    "shortcuts",
    "sign_in",
    "small_talk",
    "spaces",
    "stats",
    "threads",
    "values",
    "watches",
]
