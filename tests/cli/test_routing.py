"""`kavalan routing check`: whether a table of offices holds together."""

from pathlib import Path

EXAMPLE = Path(__file__).parents[2] / "examples" / "offices.toml"


def test_a_table_that_holds_together_is_told(kavalan):
    done = kavalan("routing", "check", EXAMPLE)
    assert done.returncode == 0
    assert done.stdout.splitlines() == [
        f"{EXAMPLE}: Invented table of a desk, drawn up 2026-02-01",
        "Offices: 1, in place of packaged ones: 0; further places: 0",
    ]


def test_what_does_not_hold_together_is_told_with_its_place(kavalan, tmp_path):
    (tmp_path / "t.toml").write_text(EXAMPLE.read_text().replace("in-32-596", "nowhere"))
    done = kavalan("routing", "check", tmp_path / "t.toml")
    assert done.returncode == 2
    assert "hill-cyber covers nowhere" in done.stderr


def test_what_is_no_table_is_told(kavalan, tmp_path):
    (tmp_path / "t.toml").write_bytes(b"\xff")
    for name in ("t.toml", "nothing.toml"):
        done = kavalan("routing", "check", tmp_path / name)
        assert done.returncode == 2
        assert name in done.stderr
