"""As whom Databricks is asked: as the bot, or as the person who asks.

model        a Slack user, and what is raised when that person has yet to sign in
encryption   of what Redis keeps of a sign-in
grants       what people gave at their sign-in
user_auth    access tokens of one person
identities   the Genie client of each person

sign_ins           links, states and confirmations of people who sign in
sign_in_messages   a private message with a link, and that it is done
sign_in_flow       the steps of a browser: to Databricks, back, and the person's Confirm
sign_in_actions    signing in and out from Slack, and what a change of the account does
closed_accounts    ends what accounts gave that are deactivated
sign_in_wait       questions and jobs that wait until their person has signed in
"""
