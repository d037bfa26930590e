"""What Redis keeps: questions, jobs, threads, feedback, the queue and the question limit."""
