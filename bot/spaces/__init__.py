"""The Genie spaces that the bot asks: which there are, what each is about, and which one fits a question."""
