"""What people read about the conversation of their thread: begun anew, forgotten, or lost."""

START_FRESH = "Start Fresh"
FORGET_THREAD = "Forget This Thread"
