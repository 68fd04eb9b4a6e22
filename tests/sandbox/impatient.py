"""A module that makes its worker leave when no item comes at once: a worker that ends without any item's fault."""

import os
import select
import time

from kavalan.sandbox.worker import Worker

_receive = Worker._receive


def _receive_at_once(self):
    ready, _, _ = select.select([self._channel], [], [], 0.1)
    return _receive(self) if ready else os._exit(5)


Worker._receive = _receive_at_once


def task(source, request):
    time.sleep(3600)
