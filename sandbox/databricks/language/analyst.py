"""The sandbox's Genie as one object: a question and its conversation in, a worked-out answer out."""

from dataclasses import dataclass
from datetime import date

from sandbox.databricks.language import angles, sql, suggestions, summary, wording
from sandbox.databricks.language.intent import Clarification, Intent, Remark
from sandbox.databricks.language.resolve_intent import Resolution, resolve_intent
from sandbox.databricks.language.sql import Parameter, bound
from sandbox.databricks.warehouse.warehouse import Result


@dataclass(frozen=True, slots=True)
class Context:
    """What a conversation remembers: the last answered intent and what a question back left open."""

    answered: Intent | None = None
    pending: Intent | None = None

    def after(self, resolution: Resolution) -> "Context":
        """Give the context once a question with this resolution is answered."""
        match resolution:
            case Intent():
                return Context(answered=resolution)
            case Clarification():
                return Context(self.answered, resolution.pending)
            case Remark():
                return self


@dataclass(frozen=True, slots=True)
class Draft:
    """A query before it is run: what Genie shows of it."""

    title: str
    description: str
    sql: str
    thoughts: tuple[tuple[str, str], ...] = ()
    parameters: tuple[Parameter, ...] = ()

    @property
    def statement(self) -> str:
        """The SQL with its parameters in place."""
        return bound(self.sql, self.parameters)


class Analyst:
    """Understands questions about the sample data as of `today`; holds no conversation itself."""

    starters = suggestions.STARTERS

    def __init__(self, today: date) -> None:
        self._today = today

    def resolve(self, question: str, context: Context) -> Resolution:
        """Say what a question means in its conversation."""
        return resolve_intent(question, context.answered, context.pending, self._today)

    def angles(self, intent: Intent) -> tuple[Intent, ...]:
        """Give the intents of the queries with which agent mode looks at a question."""
        return angles.angles(intent)

    def draft(self, intent: Intent) -> Draft:
        """Write the query of an intent, its title, description and thoughts."""
        return Draft(
            wording.title(intent),
            wording.description(intent),
            sql.write(intent),
            wording.thoughts(intent),
            sql.parameters(intent),
        )

    def summary(self, intent: Intent, result: Result) -> str:
        """Say in Markdown what the rows show."""
        return summary.summarise(intent, result, self._today)

    def suggestions(self, intent: Intent, result: Result) -> tuple[str, ...]:
        """Give questions that make sense next."""
        return suggestions.suggest(intent, result)
