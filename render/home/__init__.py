"""The Home tab: what one person sees there, and the modal of that person's settings.

model            all that the tab shows
view             the tab
history          the last questions as a message, too
settings_modal   the settings, to change
"""
