"""What experts see of a question, and what others see of what an expert has said."""
