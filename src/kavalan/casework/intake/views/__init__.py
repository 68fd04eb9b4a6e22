"""The intake's pages."""
