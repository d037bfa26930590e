"""Genie's agent mode as people see it: how a run goes, and its report.

model      what is shown, as data
read       that data, from what Genie sends
progress   the message while Genie works
report     the message in its place, with what did not fit as a file
passages   Genie's prose with its tables, within a share of the message
sources    citations as links that lead where they say
"""
