"""What serves until a model is trained, in a word: after a stop, nothing serves yet."""

MEANWHILE, ONCE_RESUMED = "Meanwhile", "Once resumed"
