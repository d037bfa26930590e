-- lib: clock, bucket
-- Count the tokens that are out.
return bucket_used(grants_key, window_ms, now_ms())
