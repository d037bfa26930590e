"""Words of the operator's command about what experts have confirmed."""

CONFIRMED = "Print the questions and the SQL that experts have confirmed, or delete one of them."
DELETE = "delete the one with this id, which is printed with each"
NOT_THERE = "Nothing is confirmed under this id: print the list to see those that there are."


def deleted(confirmed_id: str) -> str:
    """Say that a confirmation is gone."""
    return f"Deleted {confirmed_id}: answers that say so in Slack stay as they are."
