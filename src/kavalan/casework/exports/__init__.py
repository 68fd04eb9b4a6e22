"""Lists that leave the desk as files: made by the worker, granted by another officer, given out once."""
