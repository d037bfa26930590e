"""Texts about who asks: signing in to Databricks, and whose answer it is."""
