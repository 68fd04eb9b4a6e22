"""Many at once still make one chain without a gap."""

import threading
from datetime import timedelta

from django.db import connections

from kavalan.casework.accounts.services import found_unit
from kavalan.casework.ledger.models import LedgerEntry
from kavalan.casework.ledger.selectors import altered_payloads, verify_ledger

from ..conftest import NOW

THREADS, EACH = 4, 10


def test_verbs_of_many_threads_make_one_gapless_chain(people, entries):
    before = entries()
    faults = []

    def work(thread):
        try:
            for number in range(EACH):
                found_unit(people.alice, NOW + timedelta(seconds=number), name=f"Unit {thread}-{number}")
        except Exception as error:  # noqa: BLE001 whatever went wrong in the thread is the finding
            faults.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work, args=(number,)) for number in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    numbers = list(LedgerEntry.objects.order_by("number").values_list("number", flat=True))
    assert numbers == list(range(1, before + THREADS * EACH + 1))
    assert verify_ledger().holds
    assert list(altered_payloads()) == []
