"""One worker as its parent sees it: each way to fail has its reason."""

import pytest

from kavalan.sandbox import Failure
from tests.sandbox.tasks import Ask, Say


def test_a_memory_bomb_is_named_memory(outcome_of):
    outcome = outcome_of("bomb", memory=256 << 20)
    assert outcome.failure == Failure("memory", "needed more than 268435456 bytes")


def test_a_spin_is_named_cpu(outcome_of):
    outcome = outcome_of("spin", cpu_seconds=0.2)
    assert outcome.failure == Failure("cpu", "used more than 0.2 s of processor time")


def test_a_record_earns_an_item_its_time_anew(outcome_of):
    outcome = outcome_of("spin_in_steps", number=6, cpu_seconds=1, wall_seconds=1.5)
    assert outcome.failure is None
    assert [record.number for record in outcome.records] == list(range(6))


def test_a_hang_is_named_hang(outcome_of):
    assert outcome_of("sleep", wall_seconds=0.3).failure == Failure("hang", "no answer after 0.3 s")


def test_a_worker_that_ignores_the_processor_limit_meets_the_wall_limit(outcome_of):
    assert outcome_of("spin_on", cpu_seconds=0.2, wall_seconds=2).failure.reason == "hang"


@pytest.mark.parametrize(
    ("task", "how"),
    [
        ("segfault", "worker ended by SIGSEGV"),
        ("kill_itself", "worker ended by SIGKILL"),
        ("abort", "worker ended by SIGABRT"),
        ("leave", "worker exited with status 3"),
    ],
)
def test_a_crash_is_named_with_how_it_ended(task, how, outcome_of):
    assert outcome_of(task).failure == Failure("crash", how)


def test_a_worker_that_closes_its_channel_is_ended(outcome_of):
    assert outcome_of("close_channel").failure.reason == "crash"


def test_endless_records_are_stopped(outcome_of):
    outcome = outcome_of("endless", records=10)
    assert outcome.failure == Failure("oversized", "more than 10 records")
    assert outcome.records == (Say("more"),) * 10


def test_a_record_longer_than_allowed_is_not_taken(outcome_of):
    outcome = outcome_of("long", number=5000, answer_bytes=4096)
    assert outcome.failure.reason == "oversized"
    assert outcome.records == ()


def test_many_records_share_the_bytes_of_one_answer(outcome_of):
    one = len(b"\x82\xa4text\xa4more\xa6number\x00")
    outcome = outcome_of("endless", answer_bytes=3 * one)
    assert outcome.failure.reason == "oversized"
    assert len(outcome.records) == 3


@pytest.mark.parametrize(
    ("sent", "what"),
    [
        ("ff" * 64, "a frame of kind no worker sends"),
        ("0100000005c1", "a record that is not msgpack"),
        ("010000000590", "a record of another shape"),
        ("0000000003", "a second hello"),
        ("020000000780c1", "an exception that is not one"),
        ("00000000060000000006", "more after the end"),
    ],
)
def test_what_is_no_answer_is_named_malformed(sent, what, outcome_of):
    assert outcome_of("send_raw", sent).failure.reason == "malformed", what


def test_a_frame_that_announces_gigabytes_is_refused_at_once(outcome_of):
    assert outcome_of("send_raw", "ffffffff05").failure.reason == "oversized"


def test_half_a_frame_is_a_hang(outcome_of):
    assert outcome_of("send_raw", "ff00", wall_seconds=0.3).failure.reason == "hang"


def test_a_record_of_another_type_is_malformed(outcome_of):
    assert outcome_of("answer_with_another_type").failure.reason == "malformed"


def test_an_exception_is_told_on_one_printable_line(outcome_of):
    told = outcome_of("raises", "eins\nzwei\x1b[2J\u202ekcab \u0d15").failure
    assert told == Failure("error", "ValueError: eins\\nzwei\\x1b[2J\\u202ekcab \u0d15")


def test_a_long_exception_is_cut(outcome_of):
    assert len(outcome_of("raises", "x" * 50_000).failure.detail) < 1200


def test_too_many_open_files_is_the_items_error(outcome_of):
    assert "OSError: [Errno 24]" in outcome_of("open_many", number=100, open_files=32).failure.detail


def test_the_items_descriptor_is_closed_after_it(pool_of, source):
    with pool_of("descriptors") as pool:
        counts = [outcome.record.number for outcome in pool.map([(source, Ask())] * 50)]
    assert len(set(counts)) == 1


def test_nothing_of_the_parents_environment_is_passed(monkeypatch, outcome_of):
    monkeypatch.setenv("DATABASE_URL", "postgres://invented")
    *names, directory, _ = outcome_of("state").record.text.split("\n")
    assert set(names) <= {
        "LANG",
        "LC_CTYPE",
        "OMP_NUM_THREADS",
        "OPENBLAS_NUM_THREADS",
        "MKL_NUM_THREADS",
        "MALLOC_ARENA_MAX",
        "LD_LIBRARY_PATH",
    }
    assert directory == "/"
