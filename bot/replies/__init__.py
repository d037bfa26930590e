"""Shared by steps and jobs: load an answer, compose it, draw its chart, respond."""
