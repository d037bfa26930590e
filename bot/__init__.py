"""The application: takes questions and clicks, keeps them in Redis, asks Genie, and posts to Slack.

In the order in which a question passes

    __main__       `python -m bot`: read the settings, run, explain a start that failed
    config         settings, read from the environment once
    observability  one line per event, and metrics, without secrets and without data
    startup        the clients of Slack, Genie and Redis; checks before the bot serves; its own Redis
    doctor         `python -m bot check`: whether all that the bot depends on is as it should be
    server         health endpoints, and the two ways in which Slack reaches the bot
    records        what is kept of questions and jobs, and the leases under which workers hold them
    identity       as whom Databricks is asked
    spaces         which Genie spaces there are, and what each is about
    store          Redis: questions, jobs, threads, feedback, the queue and the question limit
    wiring         serve(): open everything, run, close in reverse; which step or job runs in which state
    worker         the loop: claim, run a step, give back
    steps          a question's life: announce, ask, wait for the conversation, poll, answer; or withdraw
    jobs           what a click starts: a chart, an export, insights, sharing, feedback; words for one writer
    replies        shared by steps and jobs: load an answer, compose it, draw its chart, respond; fill a modal
    home           the Home tab: what each person sees there, kept up to date while it is open
    failures       why a question failed, whether it is tried again, what its asker reads
    offload        work off the event loop: processes, scratch files, rows too large for memory
    slack          what the bot sends to Slack
"""
