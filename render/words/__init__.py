"""Every sentence that a person can read, one module a feature."""

from render.words import (
    charts,
    explain,
    export,
    feedback,
    general,
    insights,
    operator,
    share,
    stats,
    threads,
    values,
)

__all__ = [
    "charts",
    "explain",
    "export",
    "feedback",
    "general",
    "insights",
    "operator",
    "share",
    "stats",
    "threads",
    "values",
]
