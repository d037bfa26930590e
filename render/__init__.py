"""An answer of Genie to Slack's blocks, charts and files; pure, no I/O.

In the order in which an answer passes

    answer     the message: prose, table, actions, and the variants that fit Slack's limits
    sql        what a query says about its result
    columns    what a result is: each column's role, unit and format, how it adds up, which rows are totals
    chart      which chart a result deserves, and what the chart shows
    figure     a chart as a PNG, with matplotlib
    stats      figures of a result, and the sentences that tell them
    insights   those figures in a model's words, checked against the figures
    watch      what changed in a watched result, and what is told of a watch
    explain    how an answer came about, as a modal
    research   Genie's agent mode: how a run goes, and its report
    expert     what experts see of a question, and what others see of their word
    files      a result as a CSV or Excel file
    notices    messages that are no answers: progress, help, confirmations
    digest     what was asked in a week, for those who look after the Genie spaces
    home       the Home tab, and a person's settings
    pages      web pages for people who sign in to Databricks
    words      every sentence that a person can read
    blockkit   Slack's blocks, buttons and messages, within Slack's limits
    text       escaping, lengths, widths, Markdown, locales
"""
