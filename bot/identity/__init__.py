"""As whom Databricks is asked: as the bot, or as the person who asks.

model        a Slack user, and what is raised when that person has yet to sign in
identities   the Genie client of each person
"""
