"""What steps and jobs share: load an answer, compose it, draw its chart, respond."""
