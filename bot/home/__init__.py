"""The Home tab: what each person sees there.

tab       publishes it when it is opened, and again when something changes that it shows
content   what one person sees, from Redis and from memory
"""
