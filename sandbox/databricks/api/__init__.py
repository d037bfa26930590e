"""The HTTP endpoints of the local Databricks, and their JSON."""
