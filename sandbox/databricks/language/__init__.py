"""From a question in words to an intent, its SQL and Genie's answer."""
