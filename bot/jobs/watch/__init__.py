"""Watches: answers that are looked at again, and questions that are asked again, by the clock.

due     when a watch is due, in the time zone of its owner
clock   starts what is due, once over all replicas
"""
