"""What every page tells the browser."""


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
