"""A reply as data: blocks, chart and files to deliver to Slack."""

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
    variants: frozenset[int] | None = None
    """The variants that show less than the file holds, by number; None where all do."""

    def completes(self, variant: int) -> bool:
        """Return whether this variant shows less than the file holds."""
        return self.variants is None or variant in self.variants


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
class Variant:
    """One complete way to show a reply; `chart_at` is where an image block may be inserted."""

    blocks: tuple[Block, ...]
    chart_at: int
    name: str = ""
    """Of its layout, where the reply has several: Redis keeps which one Slack took."""
    has_native_chart: bool = False
    """Slack itself draws the chart here: no picture is added."""


@dataclass(frozen=True, slots=True)
class Reply:
    """A message for Slack with its fallbacks.

    `text` is what notifications and screen readers get (at most 4,000 characters). `variants` show the same,
    the best first: when Slack refuses one, delivery takes the next; the last one holds nothing that Slack
    could refuse. `files` are shared in the thread where the variant shown lacks something. The `picture` is
    inserted later.
    """

    text: str
    variants: tuple[Variant, ...]
    files: tuple[File, ...] = ()
    picture: Picture | None = None

    def variant_number(self, name: str) -> int:
        """Find a variant by its name, or by its number, which older records have; the best one by default."""
        names = [variant.name for variant in self.variants]
        if name.isdecimal():
            return min(int(name), len(names) - 1)
        return names.index(name) if name in names else 0


@dataclass(frozen=True, slots=True)
class ModalReply:
    """The same as modals, the best first, and as a shorter message where none can be opened."""

    views: tuple[Block, ...]
    message: Reply
