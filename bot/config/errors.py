"""The errors that stop the start, each with one sentence for the operator."""


class StartupError(Exception):
    """The bot cannot run; the text says which setting is wrong and what to do."""
