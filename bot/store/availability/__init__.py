"""Whether Redis and the other processes are there: outages, replicas, who is alive."""
