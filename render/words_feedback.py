"""What people read when they rate an answer.

As in `render.words`: short, plain, and ending with what to do next.
"""

GOOD = "Good Answer"
GOOD_LABEL = "This answer helps"
BAD = "Bad Answer"
BAD_LABEL = "This answer does not help"
