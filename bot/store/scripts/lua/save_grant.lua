-- Keep a new grant, in place of any other.
redis.call('HSET', grant_key, 'sign_in', sign_in, 'encrypted', encrypted)
redis.call('PEXPIRE', grant_key, GRANT_LIFETIME)
return 1
