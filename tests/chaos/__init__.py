"""`make chaos`: many people and several processes, while everything around them fails.

plan        how much of what
people      ask, follow up, click, edit and delete at random, and remember what they asked
processes   the bot's processes: killed at random, started again, and what the dead ones leave is timed
redis       a primary with a replica and Sentinels: killed and started, killed and replaced
troubles    all that goes wrong, at random moments
verdict     reads what Slack and Genie have in the end
"""
