"""Serving the desk: a supervisor over the web server and the worker, each a process of its own."""

from kavalan.casework.serving.desk import ServingError, serve

__all__ = ["ServingError", "serve"]
