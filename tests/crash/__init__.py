"""The crash matrix: a process dies at each call that it makes, and another one takes over.

In the order in which they build on each other

    calls      watches what a process calls, and in which step
    entry      what runs in the bot's process before the bot: it records calls, and dies at one of them
    end_state  what people, Genie and Redis have in the end
    sign_ins   people who sign in to Databricks as soon as they get a link
    stage      a company whose processes die where they shall and are replaced
    scenarios  what people do, once for each thing that the bot can do
    matrix     the points at which a scenario can be stopped, and what holds after each
"""
