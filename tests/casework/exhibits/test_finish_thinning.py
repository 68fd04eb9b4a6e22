"""The end of thinning an exhibit."""


def test_end_says_how_many_were_met(thinned, last_entry):
    entry, said = last_entry()
    assert (entry.verb, entry.subject, said["met"]) == ("thinning.finish", thinned.thinning.public_id, 1)
