"""Texts about the person who asks: signing in to Databricks, whose answer it is, the Home tab."""
