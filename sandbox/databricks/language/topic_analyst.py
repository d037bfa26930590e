"""The Genie of a small space: one measure of its topic, by some parts, in a time. Deterministic, no AI."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TypeVar

from sandbox.databricks.language import periods
from sandbox.databricks.language.analyst import Context, Draft
from sandbox.databricks.language.intent import Clarification, Intent, Remark
from sandbox.databricks.language.resolve_intent import Resolution
from sandbox.databricks.language.topics import Measure, Part, Topic
from sandbox.databricks.warehouse.warehouse import Result

_TIMES = frozenset({"month", "quarter", "year"})


T = TypeVar("T", Measure, Part)


class TopicAnalyst:
    """Understands questions about a topic as of `today`; holds no conversation itself."""

    def __init__(self, topic: Topic, starters: tuple[str, ...], today: date) -> None:
        self.starters = starters
        self._topic, self._today = topic, today
        self._measures = {each.key: each for each in topic.measures}
        self._parts = {each.key: each for each in topic.parts}

    def resolve(self, question: str, context: Context) -> Resolution:
        """Say what a question means in its conversation."""
        named, text = periods.find(question.lower().strip(" ?!."), self._today)
        measure = next(iter(_named(text, self._topic.measures)), None)
        parts = sorted(_named(text, self._topic.parts), key=self._topic.parts.index)
        known = context.pending or context.answered
        intent = Intent((measure.key,)) if measure else known
        if intent is None or not (measure or parts or named):
            return Remark(self._help())
        table = self._measures[intent.metrics[0]].table
        if parts:
            intent = replace(intent, dimensions=tuple(part.key for part in parts))
        strange = [key for key in intent.dimensions if table not in self._parts[key].column]
        if strange:
            left = [part.key.replace("_", " ") for part in self._topic.parts if table in part.column]
            asked = strange[0].replace("_", " ")
            return Clarification(
                f"I do not have that by {asked}. By which do you want it: {', '.join(left)}?", intent
            )
        return replace(intent, period=named[0] if named else intent.period)

    def angles(self, intent: Intent) -> tuple[Intent, ...]:
        """Give the intents of the queries with which agent mode looks at a question: by each part."""
        table = self._measures[intent.metrics[0]].table
        parts = [part.key for part in self._topic.parts if table in part.column]
        return (
            intent,
            *(replace(intent, dimensions=(key,)) for key in parts[:3]),
            *self._course(intent, parts),
        )

    def draft(self, intent: Intent) -> Draft:
        """Write the query of an intent, its title, description and thoughts."""
        measure, parts = self._read(intent)
        title = measure.label + (
            " by " + " and ".join(part.key.replace("_", " ") for part in parts) if parts else ""
        )
        title += f", {intent.period.label}" if intent.period else ""
        said = title[0].upper() + title[1:]
        return Draft(said, f"{said}, of the table {measure.table}.", self._sql(intent, measure, parts))

    def summary(self, intent: Intent, result: Result) -> str:
        """Say in Markdown what the rows show."""
        measure, parts = self._read(intent)
        figures = [row for row in result.rows if row[-1] is not None]
        if not figures:
            return f"There is nothing about {measure.label}."
        if not parts:
            return f"{measure.label[0].upper()}{measure.label[1:]}: **{_figure(figures[0][-1])}**."
        best = max(figures, key=lambda row: Decimal(row[-1] or 0))
        return f"**{best[0]}** leads with **{_figure(best[-1])}** ({measure.label})."

    def suggestions(self, intent: Intent, result: Result) -> tuple[str, ...]:
        """Give questions that make sense next."""
        measure, _ = self._read(intent)
        others = (each for each in self._topic.parts if each.key not in intent.dimensions)
        named = [
            each.words[-1] if "_" in each.key else each.key for each in others if measure.table in each.column
        ]
        return tuple(f"And by {name}?" for name in named[:2]) if result.rows else self.starters

    @staticmethod
    def _course(intent: Intent, parts: list[str]) -> tuple[Intent, ...]:
        return (replace(intent, dimensions=("month",)),) if "month" in parts else ()

    def _sql(self, intent: Intent, measure: Measure, parts: list[Part]) -> str:
        groups = [f"{part.column[measure.table]} AS `{part.key}`" for part in parts]
        table = ".".join(f"`{name}`" for name in measure.table.split("."))
        clauses = ["SELECT " + ", ".join([*groups, f"{measure.sql} AS `{measure.key}`"]), f"FROM {table}"]
        dated = self._topic.dates.get(measure.table)
        if intent.period and dated:
            clauses.append(
                f"WHERE `{dated}` >= DATE'{intent.period.start}' AND `{dated}` < DATE'{intent.period.end}'"
            )
        if parts:
            clauses.append("GROUP BY " + ", ".join(part.column[measure.table] for part in parts))
            in_time = [part.key for part in parts if part.key in _TIMES]
            clauses.append(f"ORDER BY `{in_time[0]}`" if in_time else f"ORDER BY `{measure.key}` DESC")
        return "\n".join(clauses)

    def _read(self, intent: Intent) -> tuple[Measure, list[Part]]:
        return self._measures[intent.metrics[0]], [self._parts[key] for key in intent.dimensions]

    def _help(self) -> str:
        measures = ", ".join(each.label for each in self._topic.measures)
        parts = ", ".join(each.key.replace("_", " ") for each in self._topic.parts)
        return (
            "I am the **sandbox's Genie**: a small fixed grammar over invented data, not an AI.\n\n"
            f"- **Figures**: {measures}\n- **By**: {parts}\n- **When**: last month, Q3 2025, this year ..."
        )


def _named(text: str, known: Sequence[T]) -> list[T]:
    """Return what a text names; of names within each other the longest."""
    found: list[T] = []
    words = sorted(((word, each) for each in known for word in each.words), key=lambda pair: -len(pair[0]))
    for word, each in words:
        pattern = re.compile(rf"(?<!\w){re.escape(word)}(?!\w)")
        if pattern.search(text):
            text = pattern.sub(" ", text)
            found += [each] if each not in found else []
    return found


def _figure(cell: str | None) -> str:
    value = Decimal(cell or 0)
    return f"{value:,.0f}" if value == value.to_integral_value() else f"{value:,.1f}"
