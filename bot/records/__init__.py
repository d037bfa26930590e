"""What Redis keeps of the work: questions, jobs, and the leases under which workers hold them."""
