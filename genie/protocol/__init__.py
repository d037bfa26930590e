"""The wire format of Genie: build requests, decode replies; no I/O."""
