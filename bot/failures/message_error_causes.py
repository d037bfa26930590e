"""Error types of a failed Genie message, grouped by cause.

The grouping is our reading of the names of MessageErrorType:
https://docs.databricks.com/api/workspace/genie/getmessage
"""

import re
from dataclasses import replace

from bot.failures.model import Cause, Retry
from genie.errors import Fault
from render import words

MODEL_LIMIT_SECONDS = 20.0
"""Until a model at its limit is asked again, where Genie does not name a time."""
MAX_WAIT_SECONDS = 120.0
TYPE_THAT_NAMES_A_WAIT = "RATE_LIMIT_EXCEEDED_SPECIFIED_WAIT_EXCEPTION"
"""The one type whose text we read, for a number of seconds."""

_GROUPS = {
    Cause(
        "",
        Fault.GENIE,
        Retry.AUTO_ONCE,
        words.failures.GENIE_BUSY,
        words.operator.MODEL_BUSY,
        retry_after=MODEL_LIMIT_SECONDS,
    ): """
        RATE_LIMIT_EXCEEDED_GENERIC_EXCEPTION
        RATE_LIMIT_EXCEEDED_SPECIFIED_WAIT_EXCEPTION
    """,
    Cause("", Fault.GENIE, Retry.MANUAL, words.failures.GENIE_HICCUP, words.operator.HICCUP): """
        RETRYABLE_PROCESSING_EXCEPTION
        REPLY_PROCESS_TIMEOUT_EXCEPTION
        CHAT_COMPLETION_NETWORK_EXCEPTION
        CHAT_COMPLETION_CLIENT_TIMEOUT_EXCEPTION
        CHAT_COMPLETION_CLIENT_EXCEPTION
        GENERIC_CHAT_COMPLETION_EXCEPTION
        GENERIC_CHAT_COMPLETION_SERVICE_EXCEPTION
        UNEXPECTED_REPLY_PROCESS_EXCEPTION
        DESCRIBE_QUERY_TIMEOUT
        STOP_PROCESS_DUE_TO_AUTO_REGENERATE
    """,
    Cause(
        "",
        Fault.ASKER,
        Retry.AUTO_ONCE,
        words.threads.TOO_LONG,
        words.operator.TOO_LONG,
        fresh=True,
        note=words.threads.OUTGROWN,
    ): """
        CONTEXT_EXCEEDED_EXCEPTION
        LOCAL_CONTEXT_EXCEEDED_EXCEPTION
        EXCEEDED_MAX_TOKEN_LENGTH_EXCEPTION
    """,
    Cause("", Fault.ASKER, Retry.MANUAL, words.threads.TOO_LONG, words.operator.TOO_LONG, fresh=True): """
        MESSAGE_ATTACHMENT_TOO_LONG_ERROR
        GENERATED_SQL_QUERY_TOO_LONG_EXCEPTION
    """,
    Cause("", Fault.ASKER, Retry.NEVER, words.failures.FILTERED, words.operator.FILTERED): """
        CONTENT_FILTER_EXCEPTION
    """,
    Cause("", Fault.GENIE, Retry.NEVER, words.failures.SQL_FAILED, words.operator.SQL_FAILED): """
        SQL_EXECUTION_EXCEPTION
        GENERIC_SQL_EXEC_API_CALL_EXCEPTION
        DESCRIBE_QUERY_INVALID_SQL_ERROR
        DESCRIBE_QUERY_UNEXPECTED_FAILURE
        MISSING_SQL_QUERY_EXCEPTION
        INVALID_SQL_MULTIPLE_STATEMENTS_EXCEPTION
        INVALID_SQL_MULTIPLE_DATASET_REFERENCES_EXCEPTION
        INVALID_SQL_UNKNOWN_TABLE_EXCEPTION
    """,
    Cause("", Fault.OPERATOR, Retry.NEVER, words.failures.NO_WAREHOUSE, words.operator.NO_WAREHOUSE): """
        WAREHOUSE_ACCESS_MISSING_EXCEPTION
        WAREHOUSE_NOT_FOUND_EXCEPTION
        RESOURCE_DOES_NOT_EXIST
    """,
    Cause("", Fault.OPERATOR, Retry.NEVER, words.failures.NO_TABLES, words.operator.NO_TABLES): """
        NO_TABLES_TO_QUERY_EXCEPTION
        TABLES_MISSING_EXCEPTION
        TOO_MANY_TABLES_EXCEPTION
        INVALID_TABLE_IDENTIFIER_EXCEPTION
        COULD_NOT_GET_UC_SCHEMA_EXCEPTION
        COULD_NOT_GET_DASHBOARD_SCHEMA_EXCEPTION
        INTERNAL_CATALOG_ASSET_CREATION_FAILED_EXCEPTION
        INTERNAL_CATALOG_ASSET_CREATION_UNSUPPORTED_EXCEPTION
        INTERNAL_CATALOG_MISSING_UC_PATH_EXCEPTION
        INTERNAL_CATALOG_PATH_OVERLAP_EXCEPTION
    """,
    Cause("", Fault.OPERATOR, Retry.MANUAL, words.failures.TABLES_COMING, words.operator.TABLES_COMING): """
        INTERNAL_CATALOG_ASSET_CREATION_ONGOING_EXCEPTION
    """,
    Cause("", Fault.OPERATOR, Retry.NEVER, words.failures.BAD_SETUP, words.operator.BAD_SETUP): """
        FUNCTIONS_NOT_AVAILABLE_EXCEPTION
        FUNCTION_ARGUMENTS_INVALID_EXCEPTION
        FUNCTION_ARGUMENTS_INVALID_JSON_EXCEPTION
        FUNCTION_ARGUMENTS_INVALID_TYPE_EXCEPTION
        FUNCTION_CALL_MISSING_PARAMETER_EXCEPTION
        INVALID_FUNCTION_CALL_EXCEPTION
        ILLEGAL_PARAMETER_DEFINITION_EXCEPTION
        INVALID_CERTIFIED_ANSWER_FUNCTION_EXCEPTION
        INVALID_CERTIFIED_ANSWER_IDENTIFIER_EXCEPTION
        TOO_MANY_CERTIFIED_ANSWERS_EXCEPTION
    """,
    Cause("", Fault.OPERATOR, Retry.NEVER, words.failures.NO_MODEL, words.operator.NO_MODEL): """
        COULD_NOT_GET_MODEL_DEPLOYMENTS_EXCEPTION
        DEPLOYMENT_NOT_FOUND_EXCEPTION
        NO_DEPLOYMENTS_AVAILABLE_TO_WORKSPACE
        UNKNOWN_AI_MODEL
        INVALID_CHAT_COMPLETION_JSON_EXCEPTION
        INVALID_CHAT_COMPLETION_ARGUMENTS_JSON_EXCEPTION
        INVALID_COMPLETION_REQUEST_EXCEPTION
    """,
    Cause("", Fault.GENIE, Retry.MANUAL, words.failures.CLASH, words.operator.CLASH): """
        BLOCK_MULTIPLE_EXECUTIONS_EXCEPTION
        MESSAGE_UPDATED_WHILE_EXECUTING_EXCEPTION
    """,
    Cause("", Fault.ASKER, Retry.MANUAL, words.failures.REMOVED, words.operator.REMOVED): """
        MESSAGE_CANCELLED_WHILE_EXECUTING_EXCEPTION
        MESSAGE_DELETED_WHILE_EXECUTING_EXCEPTION
    """,
    Cause(
        "",
        Fault.GENIE,
        Retry.AUTO_ONCE,
        words.threads.WRONG_MODE,
        words.operator.WRONG_MODE,
        fresh=True,
        note=words.threads.MOVED,
    ): """
        UNSUPPORTED_CONVERSATION_TYPE_EXCEPTION
    """,
    Cause("", Fault.ASKER, Retry.NEVER, words.failures.NO_CHART, words.operator.NO_CHART): """
        NO_QUERY_TO_VISUALIZE_EXCEPTION
    """,
}
"""The types of a failed message by what they have in common."""

MESSAGE_CAUSES = {
    name: replace(cause, name=name) for cause, names in _GROUPS.items() for name in names.split()
}
"""The cause behind each type."""


def named_wait_seconds(kind: str, detail: str) -> float | None:
    """Return the seconds that Genie's text names for this type, within reason."""
    if kind != TYPE_THAT_NAMES_A_WAIT:
        return None
    named = re.search(r"\b(\d{1,4})(?:\.\d+)? ?s(?:ec(?:ond)?s?)?\b", detail)
    return min(max(float(named[1]), 1.0), MAX_WAIT_SECONDS) if named else None
