"""Why a question failed, whether it is tried again, and what its asker reads."""
