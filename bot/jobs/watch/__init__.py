"""Watches: answers that are looked at again, and questions that are asked again, by the clock.

due     when a watch is due, in the time zone of its owner
clock   starts what is due, once over all replicas
job     one run: may it, what is there to tell, and where; what a failure is
may_run whether the owner may still ask and read there
look    the stored SQL once more, compared with what is kept
ask     the question of a schedule
tell    the thread of a watch, or its owner alone
"""
