"""Pools over the tasks of `tasks.py`, and a file to hand them."""

import functools

import pytest

from kavalan.sandbox import Limits, Pool, StartError, probe, sealed
from tests.sandbox.tasks import Ask, Say


@functools.cache
def granted():
    try:
        return probe()
    except StartError as error:
        pytest.fail(f"no worker starts here: {error}")


@pytest.fixture
def needs_seccomp():
    if not granted().seccomp:
        pytest.skip("this kernel grants no seccomp filter")


@pytest.fixture
def needs_landlock():
    if not granted().landlock:
        pytest.skip("this kernel grants no Landlock")


@pytest.fixture
def source():
    with sealed(b"a drawn circle") as held:
        yield held


@pytest.fixture
def pool_of():
    """A pool over one of the tasks, not entered yet."""

    def make(task, *, workers=1, **limits):
        return Pool(f"tests.sandbox.tasks:{task}", Ask, Say, workers=workers, limits=Limits(**limits))

    return make


@pytest.fixture
def outcome_of(pool_of, source):
    """What one worker answers for one item of one task."""

    def run(task, text="", number=0, **limits):
        with pool_of(task, **limits) as pool:
            return pool.run(source, Ask(text, number))

    return run
