"""A reply: everything that delivery needs to show an answer in Slack, and nothing about how."""

from dataclasses import dataclass, field

from genie.protocol.spilled_rows import SpillFile
from render.blockkit.blocks import Block
from render.chart.model import Chart


@dataclass(frozen=True, slots=True)
class File:
    """A file to upload into the thread."""

    name: str
    content: bytes = field(repr=False)
    title: str
    alt_text: str = ""
    spill_file: SpillFile | None = None
    """Holds the content, in place of `content`, when it is too large to be pickled."""
    rungs: frozenset[int] | None = None
    """The rungs that say less than the file, by number; None where all do."""

    def completes(self, rung: int) -> bool:
        """Tell whether a reader of this rung needs the file."""
        return self.rungs is None or rung in self.rungs


@dataclass(frozen=True, slots=True)
class Picture:
    """What an answer's picture shows: Genie's own chart or, where that cannot be had, ours."""

    title: str
    alt_text: str
    chart: Chart | None = None
    """Drawn off the event loop."""
    visualization: str | None = None
    """The attachment of Genie's own chart, which goes before ours."""


@dataclass(frozen=True, slots=True)
class Rung:
    """One complete way to show a reply; `chart_at` is where an image block may be inserted."""

    blocks: tuple[Block, ...]
    chart_at: int
    drawn: bool = False
    """Slack itself draws the chart here: no picture is to be added."""


@dataclass(frozen=True, slots=True)
class Reply:
    """A message for Slack with its fallbacks.

    `text` is what notifications and screen readers get (at most 4,000 characters). `rungs` is the ladder,
    best first: when Slack refuses one, delivery takes the next; the last one holds nothing that Slack
    could refuse. `files` are shared in the thread, next to the rungs that they complete. The `picture` comes
    later and is inserted.
    """

    text: str
    rungs: tuple[Rung, ...]
    files: tuple[File, ...] = ()
    picture: Picture | None = None
