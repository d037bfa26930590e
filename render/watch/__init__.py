"""A watched result: what is kept of it between two runs, what changed, and how that is told.

model     what is kept of a result, and when a watch tells
compare   makes what is kept, and tells what changed since
told      the change as one sentence
"""
