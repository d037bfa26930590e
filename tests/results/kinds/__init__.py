"""Kinds of results that once misled, each shown whole: on every surface, with its query and without."""
