"""What a question asks for, as data: the middle between the words and the SQL."""

from dataclasses import dataclass

from sandbox.databricks.language.periods import Period


@dataclass(frozen=True, slots=True)
class Filter:
    """Only (or, when `without`, not) the orders whose column has one of these values."""

    column: str
    values: tuple[str, ...]
    without: bool = False


@dataclass(frozen=True, slots=True)
class Threshold:
    """Only what is above (`>`) or below (`<`) an amount."""

    sign: str
    amount: float


@dataclass(frozen=True, slots=True)
class Top:
    """Only the first rows: the highest, the lowest or the newest; `of` says of which dimension."""

    count: int
    lowest: bool = False
    newest: bool = False
    of: str = ""


@dataclass(frozen=True, slots=True)
class Intent:
    """A question, understood. Metrics and dimensions are keys of the vocabulary."""

    metrics: tuple[str, ...] = ()
    dimensions: tuple[str, ...] = ()
    filters: tuple[Filter, ...] = ()
    period: Period | None = None
    baseline: Period | None = None
    """The period to compare with."""
    top: Top | None = None
    share: bool = False
    listing: bool = False
    """Orders one by one instead of figures."""
    wide: bool = False
    """A listing with every column."""
    threshold: Threshold | None = None
    official: bool = False
    """Answered by the one query that the authors of the space have verified."""


@dataclass(frozen=True, slots=True)
class Clarification:
    """Genie asks back; `pending` is what is understood so far."""

    question: str
    pending: Intent | None = None


@dataclass(frozen=True, slots=True)
class Remark:
    """An answer in words alone."""

    text: str
