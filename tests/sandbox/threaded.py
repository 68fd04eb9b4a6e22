"""A module that starts a thread while it is imported."""

import threading

threading.Thread(target=threading.Event().wait, daemon=True).start()


def task(source, request):
    return request
