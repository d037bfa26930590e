"""Texts about files: buttons, titles, and reasons for a missing file."""

from render.text.locales import Locale

CSV = "Download CSV"
EXCEL = "Download Excel"
FORMATS = {"csv": "CSV", "xlsx": "Excel"}
SHEET = "Result"
UTC = "(UTC)"
"""Follows the name of a column of times, which a spreadsheet shows without their zone."""

COLLECTING = (
    "Genie runs the query again for the whole result. That can take minutes; the file then appears here."
)
MAKING = "I am still at work on the file. It appears here as soon as it is ready."
UNDER_WAY = "This file is being made already. It appears here as soon as it is ready."
NO_ROWS = "This answer has no rows to put into a file. Ask for figures, then download them."
TOO_OLD = "I do not remember this answer any more. Ask the question again to download its rows."
NOT_WHOLE = "Databricks did not give me the whole result, so the file has the rows that I could read."
TOO_LARGE = (
    "The whole result is too large for a file here, so this one has the first rows: narrow the question."
)
UNMADE = (
    "I could not make a file of the whole result, so this one has the first rows: try the other format, or "
    "narrow the question."
)
SHEET_FULL = "An Excel sheet holds no more than this: download the CSV, which has everything."
WAITING = "I am making other files first. Yours appears here as soon as it is ready."
CRASHED = "I could not make this file. Press the button again; if it stays, tell the bot's admin."

UPLOADS_OFF = "This workspace does not let me upload files, so the rows stay in the answer. Ask its admin."
STORAGE_FULL = "This workspace has no room for files left, so the rows stay in the answer. Tell its admin."
TOO_LARGE_FOR_SLACK = (
    "The file is larger than Slack takes, so the rows stay in the answer. Narrow the question."
)
NOT_OUTSIDE = "This channel is shared with another company, and files may not be. Ask in another channel."
NOT_INVITED = "I am not in this channel, so I may not post a file. Type `/invite @Genie`, then try again."
NOT_TAKEN = "Slack did not take the file, so the rows stay in the answer. Try again, or tell the bot's admin."
REFUSED = {
    "file_uploads_disabled": UPLOADS_OFF,
    "file_uploads_except_images_disabled": UPLOADS_OFF,
    "file_type_not_allowed": UPLOADS_OFF,
    "storage_limit_reached": STORAGE_FULL,
    "file_upload_size_restricted": TOO_LARGE_FOR_SLACK,
    "slack_connect_blocked_file_type": NOT_OUTSIDE,
    "slack_connect_file_upload_sharing_blocked": NOT_OUTSIDE,
    "not_in_channel": NOT_INVITED,
    "channel_not_found": NOT_INVITED,
}
"""Slack's words for why it takes no file, and ours."""


def contents(rows: int, columns: int, suffix: str, locale: Locale, *, whole: bool) -> str:
    """Say how many rows and columns a file has."""
    all_rows = f"{locale.whole(rows)} {'row' if rows == 1 else 'rows'}"
    all_columns = f"{locale.whole(columns)} {'column' if columns == 1 else 'columns'}"
    return f"{'All' if whole else 'The first'} {all_rows}, {all_columns} as {FORMATS[suffix]}"


def cut(values: int, locale: Locale) -> str:
    """Say how many values a sheet could not hold whole."""
    said = "1 long value is" if values == 1 else f"{locale.whole(values)} long values are"
    return f"{said} cut, the CSV has them whole"


def stands(link: str) -> str:
    """Say where a file is that was made before; `link` may be unknown."""
    return f"This file is here already: {link}" if link else "This file stands in this thread already."
