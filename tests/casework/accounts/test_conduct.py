"""The code of conduct as data."""

from kavalan.casework.accounts.conduct import Rule, code_of_conduct


def test_code_has_a_version_a_date_and_rules():
    code = code_of_conduct()
    assert code.version
    assert code.date.isoformat() >= "2026-11-22"
    assert len(code.rule) >= 5


def test_digest_changes_with_any_word():
    code = code_of_conduct()
    other = type(code)(code.version, code.date, (*code.rule[:-1], Rule(code.rule[-1].title, "Else.")))
    assert code.sha256 != other.sha256
    assert len(bytes.fromhex(code.sha256)) == 32
