"""Writers wait their turn, and nobody's end leaves the queue closed."""

import fcntl
import os
import struct
import threading
import time

import pytest
from django.db import DatabaseError, connection, connections, transaction

from kavalan.casework.accounts.models import Unit

pytestmark = pytest.mark.skipif(connection.vendor != "sqlite", reason="sqlite only")


def is_free(start=0, length=0):
    descriptor = os.open(f"{connection.settings_dict['NAME']}-queue", os.O_RDWR | os.O_CREAT)
    bytes_of_the_file = struct.pack("hhqqi", fcntl.F_WRLCK, os.SEEK_SET, start, length, 0)
    try:
        fcntl.fcntl(descriptor, fcntl.F_OFD_SETLK, bytes_of_the_file)
    except BlockingIOError:
        return False
    finally:
        os.close(descriptor)
    return True


def test_transaction_holds_the_queue_until_it_ends(people):
    with transaction.atomic():
        assert not is_free()
        with transaction.atomic():
            assert not is_free()
        assert not is_free()
    assert is_free()


def test_transaction_that_fails_leaves_the_queue(people):
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT * FROM nothing")
    assert is_free()


def test_connection_that_is_closed_leaves_the_queue(people):
    def lose():
        with transaction.atomic():
            connection.close()
            raise ConnectionError

    with pytest.raises(ConnectionError):
        lose()
    assert is_free()


def test_reading_asks_for_no_turn(people):
    with transaction.atomic():
        found = []

        def read():
            found.append(Unit.objects.count())
            connections.close_all()

        thread = threading.Thread(target=read)
        thread.start()
        thread.join()
    assert found == [2]


def test_whoever_comes_back_lets_those_in_who_wait(people):
    order = []

    def wait():
        with transaction.atomic():
            order.append("waited")
        connections.close_all()

    thread = threading.Thread(target=wait)
    with transaction.atomic():
        thread.start()
        while is_free(0, 1):
            time.sleep(0.001)
    with transaction.atomic():
        order.append("came back")
    thread.join()
    assert order == ["waited", "came back"]


def test_writers_of_many_threads_all_come_to_their_turn(people):
    done = []

    def write(number):
        for _ in range(20):
            with transaction.atomic():
                done.append(number)
        connections.close_all()

    threads = [threading.Thread(target=write, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(done) == sorted(list(range(8)) * 20)
