"""Ids that follow from others, so that what is wanted twice is done once."""

from bot.question import Place


def job_id(place: Place, name: str, mark: str) -> str:
    """Return the id of a job of a thread, which `mark` tells from others."""
    return f"{place.team}.{place.channel}.{place.thread}.{name}.{mark}"


def privately(job_id: str) -> str:
    """Return the id of the question that a job asks privately."""
    return f"{job_id}.private"


def published(question_id: str) -> str:
    """Return the id of the job that publishes a private answer, and then of the question that shows it."""
    return f"{question_id}.publish"
