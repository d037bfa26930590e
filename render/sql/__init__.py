"""What a query says about its result; loads sqlglot, so all but `model` belongs into the executor."""
