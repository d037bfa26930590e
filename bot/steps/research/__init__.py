"""The steps of research: begun and followed in Genie's agent mode, then told as a report with its results.

begin      sends the question, or finds the run that an earlier attempt began
context    what a question about an earlier answer means, in words
follow     reads the run's events while this process lives, else looks at it every few seconds
compose    makes the report a message
report     shows how the run ended, and has each result shown as an answer of its own
results    which queries of a run those are
"""
