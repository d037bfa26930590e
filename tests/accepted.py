"""What the models of others say to our blocks: slack_sdk where it knows a block, slackblocks for the rest."""

from collections.abc import Callable, Sequence
from typing import Any

from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models.blocks import Block as SlackBlock
from slackblocks import (
    AreaChart,
    BarChart,
    ChartSegment,
    DataTableBlock,
    DataVisualizationBlock,
    InvalidUsageError,
    LineChart,
    PieChart,
    RawNumber,
    RawText,
    RichText,
    RichTextBlock,
    RichTextSection,
)
from slackblocks.objects import AxisConfig, DataPoint, DataSeries

Block = dict[str, Any]


def refusals(blocks: Sequence[Block]) -> list[str]:
    """Return what somebody's model refuses; a block that no model knows is refused, too."""
    return [f"{block['type']}: {error}" for block in blocks for error in _refused(block)]


def _refused(block: Block) -> list[str]:
    try:
        if block["type"] in _REBUILT:
            _REBUILT[block["type"]](block)
            return []
        parsed = SlackBlock.parse(block)
        if parsed is None:
            return ["known to nobody"]
        parsed.validate_json()
        parsed.to_dict()
    except (InvalidUsageError, SlackObjectFormationError, TypeError, ValueError, KeyError) as error:
        return [str(error)]
    inner = [error for child in block.get("child_blocks", ()) for error in _refused(child)]
    return [f"in a container: {error}" for error in inner]


_CELLS: dict[str, Callable[[Block], RawText | RawNumber | RichTextBlock]] = {
    "raw_text": lambda cell: RawText(cell["text"]),
    "raw_number": lambda cell: RawNumber(cell["value"], cell["text"]),
    "rich_text": lambda cell: RichTextBlock(
        *[
            RichTextSection([RichText(part["text"], **part.get("style", {})) for part in each["elements"]])
            for each in cell["elements"]
        ]
    ),
}


def _data_table(block: Block) -> None:
    rows = [[_CELLS[cell["type"]](cell) for cell in row] for row in block["rows"]]
    DataTableBlock(rows, block["caption"], page_size=block["page_size"])


def _chart(block: Block) -> None:
    chart = block["chart"]
    if chart["type"] == "pie":
        pie = PieChart([ChartSegment(part["label"], part["value"]) for part in chart["segments"]])
        DataVisualizationBlock(block["title"], pie)
        return
    series = [
        DataSeries(each["name"], [DataPoint(point["label"], point["value"]) for point in each["data"]])
        for each in chart["series"]
    ]
    kind = {"bar": BarChart, "area": AreaChart, "line": LineChart}[chart["type"]]
    DataVisualizationBlock(block["title"], kind(series, AxisConfig(**chart["axis_config"])))


_REBUILT: dict[str, Callable[[Block], None]] = {"data_table": _data_table, "data_visualization": _chart}
"""What slack_sdk does not know."""
