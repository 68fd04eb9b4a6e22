"""The forms in which tips come, one file each."""
