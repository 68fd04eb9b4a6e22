"""The desk: the Django project in which officers work."""
