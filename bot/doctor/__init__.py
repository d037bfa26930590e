"""`python -m bot check`: whether all that the bot depends on is as it should be, and what to do if not.

command        read the arguments, look, print, exit
examine        run every look at once, each within its time
looks          the table of looks, and which settings each needs
settings       read the settings as far as they can be read
model          what a look finds
surroundings   the clients with which looks are made
report         what was found, as text or JSON
slack, user_groups, redis, databricks, sign_in, network
               the looks themselves
"""
