"""Bytes to fingerprints: digests, PDQ of pictures, frames of videos, and the kind of a file by its content."""
