"""What operators read of the store, and what they delete of a person."""
