"""The address at which the desk is reached."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from kavalan.casework.origin import parse_origin


@pytest.mark.parametrize("text", ["http://127.0.0.1:8000", "http://localhost", "http://[::1]:9"])
def test_this_machine_may_do_without_tls(text):
    origin = parse_origin(text)
    assert (origin.encrypted, "127.0.0.1" in origin.hosts) == (False, True)


def test_name_on_a_network_is_answered_under_that_name_only():
    origin = parse_origin("https://desk.example:8443")
    assert (origin.encrypted, origin.hosts) == (True, ("desk.example",))


@pytest.mark.parametrize("text", ["http://desk.example", "desk.example", "https://", "ftp://h", "https://h/path", ""])
def test_everything_else_is_refused(text):
    with pytest.raises(ImproperlyConfigured, match="KAVALAN_ORIGIN"):
        parse_origin(text)
