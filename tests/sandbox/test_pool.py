"""A pool answers every item, whatever an item does to its worker."""

import os
import signal
import threading
import time
from itertools import count
from pathlib import Path

import pytest

from kavalan.sandbox import Pool, SandboxError, StartError, sealed
from tests.sandbox.tasks import Ask, Say


def children():
    """Process ids of this process's children, ended ones too."""
    return Path(f"/proc/self/task/{threading.get_native_id()}/children").read_text().split()


def open_descriptors():
    return sum(1 for _ in Path("/proc/self/fd").iterdir())


def test_a_record_comes_back_for_a_file(outcome_of):
    outcome = outcome_of("read", number=7)
    assert (outcome.record, outcome.failure) == (Say("a drawn circle", 7), None)


def test_a_generator_answers_many_records_in_order(outcome_of):
    assert outcome_of("count", number=3).records == (Say(number=0), Say(number=1), Say(number=2))


def test_a_generator_may_answer_nothing(outcome_of):
    outcome = outcome_of("count", number=0)
    assert (outcome.records, outcome.record, outcome.failure) == ((), None, None)


def test_records_before_a_failure_are_kept(outcome_of):
    outcome = outcome_of("count_then_raise", number=2)
    assert outcome.records == (Say(number=0), Say(number=1))
    assert str(outcome.failure) == "error: ValueError: the rest is damaged"


def test_an_answer_larger_than_the_socket_holds_arrives_whole(outcome_of):
    assert outcome_of("long", number=3_000_000).record == Say("x" * 3_000_000)


def test_outcomes_keep_the_order_of_the_items(pool_of, source):
    naps = [80, 0, 40, 0, 0, 20, 0, 0]
    with pool_of("sleep_a_little", workers=3) as pool:
        outcomes = list(pool.map((source, Ask(number=nap)) for nap in naps))
    assert [outcome.record.number for outcome in outcomes] == naps


def test_every_worker_is_used(pool_of, source):
    with pool_of("by_text", workers=2) as pool:
        items = [(source, Ask("sleep_a_little", 1000)), *[(source, Ask("pid"))] * 4]
        _, *others = pool.map(items)
        (busy,) = pool.map([(source, Ask("pid"))])
    assert len({outcome.record.number for outcome in others}) == 1
    assert busy.failure is None


def test_items_are_asked_for_only_as_a_worker_takes_them(pool_of, source):
    taken = count()
    endless = ((source, Ask(number=next(taken))) for _ in count())
    with pool_of("read") as pool:
        outcomes = pool.map(endless)
        for _ in range(10):
            next(outcomes)
        outcomes.close()
    assert next(taken) <= 10 + 1 + 1  # answered, with the worker, held ready


def test_few_items_wait_behind_a_slow_one(pool_of, source):
    taken = count()
    later = ((source, Ask("read", next(taken))) for _ in range(2000))
    with pool_of("by_text", workers=2, wall_seconds=2) as pool:
        outcomes = pool.map(item for part in ([(source, Ask("sleep"))], later) for item in part)
        assert next(outcomes).failure.reason == "hang"
        assert next(taken) < 300
        outcomes.close()


def test_an_item_without_a_source_keeps_its_place_and_needs_no_worker(pool_of, source):
    with pool_of("read") as pool:
        outcomes = pool.map(
            [(None, Ask()), (source, Ask(number=1)), (None, Ask()), (source, Ask(number=2)), (None, Ask())]
        )
        assert [outcome.record and outcome.record.number for outcome in outcomes] == [None, 1, None, 2, None]


def test_items_without_a_source_are_answered_one_by_one(pool_of):
    taken = count()
    with pool_of("read") as pool:
        outcomes = pool.map((None, Ask(number=next(taken))) for _ in range(100))
        next(outcomes)
        assert next(taken) <= 2
        outcomes.close()


def test_a_generator_reads_on_while_the_worker_decodes(pool_of, tmp_path):
    path = tmp_path / "hill.txt"
    path.write_bytes(b"a hill")
    read = []

    def items():
        for number in range(3):
            with path.open("rb") as opened:
                yield opened, Ask(number=number)
                read.append(opened.read())

    with pool_of("read") as pool:
        records = [outcome.record for outcome in pool.map(items())]
    assert records == [Say("a hill", 0), Say("a hill", 1), Say("a hill", 2)]
    assert read == [b"a hill"] * 3


def test_the_next_item_is_asked_for_before_the_last_is_answered(pool_of, source):
    with pool_of("by_text", wall_seconds=1) as pool:
        asked = []

        def items():
            yield source, Ask("sleep")
            asked.append("while it sleeps")

        outcomes = pool.map(items())
        assert next(outcomes).failure.reason == "hang"
    assert asked == ["while it sleeps"]


@pytest.mark.parametrize("bad", ["segfault", "kill_itself", "abort", "leave", "bomb", "spin", "sleep", "endless"])
def test_items_after_a_bad_one_are_answered(bad, pool_of, source):
    limits = {"memory": 256 << 20, "cpu_seconds": 0.5, "wall_seconds": 3, "records": 50}
    with pool_of("by_text", **limits) as pool:
        first, second, third = pool.map([(source, Ask(text)) for text in ("read", bad, "read")])
    assert (first.failure, third.failure) == (None, None)
    assert second.failure is not None


def test_an_ordinary_exception_keeps_the_worker(pool_of, source):
    with pool_of("by_text") as pool:
        before, _, after = pool.map([(source, Ask(text)) for text in ("pid", "raises", "pid")])
    assert before.record == after.record


def test_a_crash_replaces_the_worker(pool_of, source):
    with pool_of("by_text") as pool:
        before, _, after = pool.map([(source, Ask(text)) for text in ("pid", "segfault", "pid")])
    assert before.record != after.record


def test_a_worker_is_replaced_after_its_share_of_items(pool_of, source):
    with pool_of("pid", items=3) as pool:
        pids = [outcome.record.number for outcome in pool.map([(source, Ask())] * 7)]
    assert [pids.count(each) for each in dict.fromkeys(pids)] == [3, 3, 1]


def test_a_worker_that_was_killed_while_idle_costs_no_item(pool_of, source):
    with pool_of("pid") as pool:
        first = pool.run(source, Ask()).record.number
        os.kill(first, signal.SIGKILL)
        os.waitid(os.P_PID, first, os.WEXITED | os.WNOWAIT)
        second = pool.run(source, Ask())
    assert second.failure is None
    assert second.record.number != first


def test_an_iterator_that_is_left_leaves_the_pool_usable(pool_of, source):
    with pool_of("by_text") as pool:
        outcomes = pool.map([(source, Ask("read")), (source, Ask("sleep"))])
        next(outcomes)
        outcomes.close()
        assert pool.run(source, Ask("read")).failure is None


def test_an_answer_that_waited_for_a_slow_caller_is_no_hang(pool_of, source):
    with pool_of("read", wall_seconds=0.3) as pool:
        outcomes = pool.map([(source, Ask())] * 2)
        next(outcomes)
        time.sleep(0.6)
        assert next(outcomes).failure is None


def test_an_exception_in_the_callers_items_passes_through(pool_of, source):
    def items():
        yield source, Ask()
        raise KeyError("the folder went away")

    with pool_of("read") as pool:
        with pytest.raises(KeyError, match="the folder went away"):
            list(pool.map(items()))
        assert pool.run(source, Ask()).failure is None


def test_no_descriptor_and_no_child_is_left(pool_of, source):
    before = open_descriptors(), children()
    with pool_of("by_text", workers=2, wall_seconds=1) as pool:
        list(pool.map([(source, Ask(text)) for text in ("read", "segfault", "sleep", "raises", "read") * 3]))
    assert (open_descriptors(), children()) == before


def test_a_task_that_does_not_import_says_so():
    with pytest.raises(StartError, match=r"No module named 'tests.sandbox.absent'"):
        Pool("tests.sandbox.absent:read", Ask, Say, workers=2).__enter__()


def test_a_task_that_is_not_in_its_module_says_so(pool_of):
    with pytest.raises(StartError, match="no attribute 'absent'"):
        pool_of("absent").__enter__()


def test_a_module_that_ends_the_interpreter_says_so():
    with pytest.raises(StartError, match="exited with status 4"):
        Pool("tests.sandbox.exits:task", Ask, Say).__enter__()


def test_a_module_that_starts_threads_is_refused():
    with pytest.raises(StartError, match="started 1 threads"):
        Pool("tests.sandbox.threaded:task", Ask, Say).__enter__()


def test_workers_that_keep_leaving_without_an_item_are_not_replaced_for_ever(source):
    pool = Pool("tests.sandbox.impatient:task", Ask, Say, workers=2)
    with pool, pytest.raises(StartError, match="before they take an item"):
        pool.run(source, Ask())


def test_a_failed_start_leaves_nothing_behind(pool_of):
    before = open_descriptors(), children()
    with pytest.raises(StartError):
        pool_of("absent", workers=2).__enter__()
    assert (open_descriptors(), children()) == before


def test_a_pool_is_used_inside_its_with_block(pool_of, source):
    pool = pool_of("read")
    with pytest.raises(SandboxError, match="with block"):
        pool.run(source, Ask())
    with pytest.raises(SandboxError, match="not entered"):
        _ = pool.confinement


def test_two_maps_at_once_are_refused(pool_of, source):
    with pool_of("read") as pool:
        first = pool.map([(source, Ask())] * 2)
        next(first)
        with pytest.raises(SandboxError, match="already mapping"):
            pool.run(source, Ask())


def test_another_thread_is_refused(pool_of, source):
    caught = []

    def use(pool):
        try:
            pool.run(source, Ask())
        except SandboxError as error:
            caught.append(str(error))

    with pool_of("read") as pool:
        thread = threading.Thread(target=use, args=(pool,))
        thread.start()
        thread.join()
    assert caught == ["a pool belongs to the thread that entered it; make one per thread"]


def test_a_request_that_is_too_long_is_refused(pool_of, source):
    with pool_of("read") as pool, pytest.raises(SandboxError, match="a request of 65"):
        pool.run(source, Ask("x" * 65536))


def test_bytes_in_memory_are_a_source(pool_of):
    with pool_of("read") as pool, sealed("ഒരു കുന്ന്".encode()) as hill:
        assert pool.run(hill, Ask()).record.text == "ഒരു കുന്ന്"


def test_a_pipe_is_a_source(pool_of):
    reading, writing = os.pipe()
    os.write(writing, b"through a pipe")
    os.close(writing)
    with pool_of("read") as pool:
        assert pool.run(reading, Ask()).record.text == "through a pipe"
    os.close(reading)
