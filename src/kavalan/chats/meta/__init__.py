"""Conversations of Facebook, Messenger and Instagram as "Download your information" writes them as JSON."""
