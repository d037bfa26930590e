"""One HTTP call to Databricks: host, sign-in, transport, retries."""
