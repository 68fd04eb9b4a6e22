"""A stream gives what a worker says as it says it, in bounded memory, whatever the worker does."""

import resource
import threading
from contextlib import ExitStack
from pathlib import Path

import pytest

from kavalan.sandbox import Limits, SandboxError, Streamer, is_sealed, memory_file, seal, sealed
from tests.sandbox.tasks import Ask, Say


@pytest.fixture
def streamer_of():
    """Streamers over the tasks, ended after the test."""
    made = []

    def make(task, **limits):
        made.append(Streamer(f"tests.sandbox.tasks:{task}", Ask, Say, limits=Limits(**limits)))
        return made[-1]

    yield make
    for streamer in made:
        streamer.__exit__(None, None, None)


def whole(stream):
    """Records as they are, content joined."""
    said = []
    for each in stream:
        if isinstance(each, bytes) and said and isinstance(said[-1], bytes):
            said[-1] += each
        else:
            said.append(each)
    return said


@pytest.mark.parametrize("size", [0, 1, 999, 256 * 1024 - 1, 256 * 1024, 256 * 1024 + 1, 3_000_001])
def test_bytes_arrive_between_the_records_they_were_said_between(streamer_of, source, size):
    stream = streamer_of("pour").stream(source, Ask(number=size))
    content = [bytes(size)] if size else []
    assert (whole(stream), stream.failure) == ([Say("begin"), *content, Say("end")], None)


def test_pieces_are_bounded(streamer_of, source):
    stream = streamer_of("pour_endlessly", answer_bytes=1 << 40).stream(source, Ask())
    assert {len(next(stream)) for _ in range(50)} == {256 * 1024}


@pytest.mark.parametrize("count", [0, 1, 199, 200, 201, 450])
def test_files_beside_an_item_are_handed_over_in_their_order_and_closed_with_it(streamer_of, source, count):
    streamer = streamer_of("read_all", open_files=512)
    with ExitStack() as opened:
        files = [opened.enter_context(sealed(b"%d" % number)) for number in range(count)]
        said = whole(streamer.stream(sealed(b"first"), Ask(), files))
        assert [each.text for each in said[:-1]] == ["first", *(str(number) for number in range(count))]
        alone = whole(streamer.stream(sealed(b"first"), Ask()))
    assert (alone[0], said[-1].number - alone[-1].number) == (Say("first"), count)


def test_one_worker_serves_one_item_after_the_other(streamer_of, source):
    streamer = streamer_of("by_text")
    pids = {whole(streamer.stream(source, Ask("pid_in_a_stream")))[0].number for _ in range(3)}
    assert len(pids) == 1


def test_a_stream_that_is_given_up_does_not_leak_into_the_next(streamer_of, source):
    streamer = streamer_of("pour")
    next(streamer.stream(source, Ask(number=10_000_000)))
    assert whole(streamer.stream(source, Ask(number=5))) == [Say("begin"), bytes(5), Say("end")]


def test_what_came_before_an_exception_stays(streamer_of, source):
    stream = streamer_of("pour_then_raise").stream(source, Ask(number=10))
    assert whole(stream) == [Say("begin"), bytes(10), Say("end")]
    assert str(stream.failure) == "error: ValueError: the rest is damaged"


def test_what_came_before_a_crash_stays_and_the_next_item_has_a_new_worker(streamer_of, source):
    streamer = streamer_of("by_text")
    stream = streamer.stream(source, Ask("pour_then_segfault", 10))
    assert whole(stream)[:2] == [Say("begin"), bytes(10)]
    assert stream.failure.reason == "crash"
    assert whole(streamer.stream(source, Ask("pid")))[0].number > 0


def test_a_worker_that_says_nothing_is_ended(streamer_of, source):
    stream = streamer_of("sleep", wall_seconds=0.3).stream(source, Ask())
    assert (list(stream), stream.failure.reason) == ([], "hang")


def test_a_worker_that_spins_is_ended(streamer_of, source):
    stream = streamer_of("spin", cpu_seconds=0.5).stream(source, Ask())
    assert (list(stream), stream.failure.reason) == ([], "cpu")


def test_time_that_the_caller_takes_is_not_the_workers(streamer_of, source):
    stream = streamer_of("pour_endlessly", wall_seconds=0.2).stream(source, Ask())
    next(stream)
    threading.Event().wait(0.5)
    assert all(len(next(stream)) == 256 * 1024 for _ in range(20))


def test_content_in_single_bytes_is_no_content(streamer_of, source):
    stream = streamer_of("drip").stream(source, Ask())
    assert (len(list(stream)) <= 1, stream.failure.reason) == (True, "malformed")


def test_more_content_than_allowed_ends_the_stream(streamer_of, source):
    stream = streamer_of("pour_endlessly", answer_bytes=1_000_000).stream(source, Ask())
    assert sum(map(len, stream)) <= 1_000_000
    assert stream.failure.reason == "oversized"


def test_more_records_than_allowed_end_the_stream(streamer_of, source):
    stream = streamer_of("endless", records=10).stream(source, Ask())
    assert (len(list(stream)), stream.failure.reason) == (10, "oversized")


def test_a_record_that_is_too_long_ends_the_stream(streamer_of, source):
    stream = streamer_of("long").stream(source, Ask(number=300_000))
    assert (list(stream), stream.failure.reason) == ([], "oversized")


def test_another_type_ends_the_stream(streamer_of, source):
    stream = streamer_of("answer_with_another_type").stream(source, Ask())
    assert (list(stream), stream.failure.reason) == ([], "malformed")


def test_a_pool_takes_no_content(outcome_of):
    assert outcome_of("pour", number=10).failure.reason == "malformed"


def test_memory_does_not_grow_with_the_stream(streamer_of, source):
    stream = streamer_of("pour_endlessly", answer_bytes=1 << 40).stream(source, Ask())
    for _ in range(100):
        next(stream)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for _ in range(2000):
        next(stream)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 20_000


def test_nothing_is_left_behind(source):
    def held():
        return (
            sum(1 for _ in Path("/proc/self/fd").iterdir()),
            Path(f"/proc/self/task/{threading.get_native_id()}/children").read_text(),
        )

    before = held()
    with Streamer("tests.sandbox.tasks:pour", Ask, Say) as streamer:
        next(streamer.stream(source, Ask(number=10_000_000)))
    assert held() == before


def test_another_threads_streamer_is_refused(streamer_of, source):
    streamer = streamer_of("pour")
    whole(streamer.stream(source, Ask()))
    told = []

    def use():
        with pytest.raises(SandboxError, match="thread") as caught:
            streamer.stream(source, Ask())
        told.append(caught)

    thread = threading.Thread(target=use)
    thread.start()
    thread.join()
    assert told


def test_a_request_that_is_too_long_is_refused(streamer_of, source):
    with pytest.raises(SandboxError, match="request of"):
        streamer_of("pour").stream(source, Ask("x" * 70_000))


def test_what_is_sealed_cannot_be_changed_and_says_so():
    with memory_file() as held:
        held.write(b"a drawn circle")
        assert not is_sealed(held.fileno())
        assert seal(held).read() == b"a drawn circle"
        assert is_sealed(held.fileno())
        with pytest.raises(OSError, match="not permitted"):
            held.truncate(0)
    with sealed(b"x") as other:
        assert is_sealed(other.fileno())


def test_a_file_on_a_disk_is_not_sealed(tmp_path):
    (tmp_path / "a").write_bytes(b"x")
    with (tmp_path / "a").open("rb") as opened:
        assert not is_sealed(opened.fileno())
