"""The error of the warehouse."""


class StatementError(Exception):
    """The warehouse refused or could not run a statement; the text is for the statement's status."""
