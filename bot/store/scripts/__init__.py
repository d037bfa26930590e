"""Lua scripts that Redis runs, each of them atomic, in modules by what they are about.

The body of each function is the file `lua/<name>.lua`. It raises redis.exceptions.RedisError when Redis
cannot run it, and LeaseLost if `owner` has lost the lease. Times are milliseconds by Redis's clock.
"""
