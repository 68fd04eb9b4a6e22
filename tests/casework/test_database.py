"""Which database: the workspace's file as the design wants it, or a server by its address."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from kavalan.casework import database

OURS = "-c jit=off -c max_parallel_workers_per_gather=0"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (
            "postgresql://kay:s%40fe@db.example:5433/desk",
            ("desk", "kay", "s@fe", "db.example", "5433", {"options": OURS}),
        ),
        ("postgres:///desk", ("desk", "", "", "", "", {"options": OURS})),
        ("postgresql://kay@/desk?host=/run/pg&port=6000", ("desk", "kay", "", "/run/pg", "6000", {"options": OURS})),
        (
            "postgresql://h/desk?sslmode=verify-full",
            ("desk", "", "", "h", "", {"options": OURS, "sslmode": "verify-full"}),
        ),
        (
            "postgresql://h/desk?options=-c%20work_mem=64MB",
            ("desk", "", "", "h", "", {"options": f"{OURS} -c work_mem=64MB"}),
        ),
    ],
)
def test_address_is_read(url, expected):
    read = database.from_url(url)
    assert read.pop("ENGINE") == "django.db.backends.postgresql"
    assert tuple(read[key] for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT", "OPTIONS")) == expected


@pytest.mark.parametrize("url", ["mysql://h/desk", "postgresql://kay:secret@h/", "desk.sqlite3"])
def test_other_addresses_are_refused_without_repeating_a_password(url):
    with pytest.raises(ImproperlyConfigured) as refusal:
        database.from_url(url)
    assert "secret" not in str(refusal.value)


def test_sqlite_is_set_as_the_design_wants_it(people):
    if connection.vendor != "sqlite":
        pytest.skip("this run is on PostgreSQL")
    with connection.cursor() as cursor:
        values = [cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in PRAGMAS]
    assert dict(zip(PRAGMAS, values, strict=True)) == PRAGMAS
    assert connection.transaction_mode == "IMMEDIATE"
    assert connection.settings_dict["ATOMIC_REQUESTS"] is False


PRAGMAS = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1, "busy_timeout": 20_000}
