"""Web pages for people who sign in: from what happened to HTML, in which every value is escaped."""
