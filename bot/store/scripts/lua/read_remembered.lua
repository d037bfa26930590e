-- Return what is kept under a key, and for how many ms it still is.
return {redis.call('GET', remembered_key), redis.call('PTTL', remembered_key)}
