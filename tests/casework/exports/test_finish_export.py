"""The end of making a file."""


def test_end_of_the_making_is_recorded_with_the_digest(make, last_entry):
    export = make()
    entry, said = last_entry()
    assert (entry.verb, said["sha256"], said["items"]) == ("export.finish", export.kept.sha256_hex, 5)
