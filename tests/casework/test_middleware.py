"""What every page tells the browser."""

from pathlib import Path

from kavalan import casework

STATIC = Path(casework.__file__).parent / "static"


def test_pages_may_load_from_their_own_origin_only_and_nothing_inline(client, people):
    policy = client.get("/sign-in/")["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy


def test_pages_are_not_kept_framed_or_told_of_elsewhere(client, people):
    client.force_login(people.alice)
    answer = client.get("/")
    assert answer["Cache-Control"] == "no-store"
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_refusals_carry_the_policy_too(client, people):
    assert "default-src 'none'" in client.get("/nothing-here/")["Content-Security-Policy"]


def test_static_files_are_for_this_origin_and_kept_by_browsers_when_named_after_their_content(client, people):
    script = next((STATIC / "kavalan" / "assets").glob("*.js"))
    answer = client.get(f"/static/{script.relative_to(STATIC)}")
    assert "Access-Control-Allow-Origin" not in answer.headers
    assert "immutable" in answer.headers["Cache-Control"]
