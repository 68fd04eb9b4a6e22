"""Where the desk listens."""

import socket

import pytest

from kavalan.casework.serving import ServingError, serve


@pytest.fixture(autouse=True)
def origin(monkeypatch):
    monkeypatch.delenv("KAVALAN_ORIGIN", raising=False)


@pytest.mark.parametrize("bind", ["127.0.0.1", "8000", "127.0.0.1:many", "127.0.0.1:99999", ":8000", ""])
def test_what_is_no_address_is_refused(bind):
    with pytest.raises(ServingError, match="host:port"):
        serve(bind, decoders=None)


def test_an_address_that_is_taken_is_named_at_once():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        bind = f"127.0.0.1:{taken.getsockname()[1]}"
        with pytest.raises(ServingError, match=f"{bind}: Address already in use"):
            serve(bind, decoders=None)


@pytest.mark.parametrize("bind", ["0.0.0.0:0", "[::]:0", "192.0.2.7:80"])
def test_passwords_do_not_cross_a_network_in_clear(bind):
    with pytest.raises(ServingError, match="in clear"):
        serve(bind, decoders=None)


def test_behind_a_proxy_with_tls_it_may_listen_anywhere(monkeypatch):
    monkeypatch.setenv("KAVALAN_ORIGIN", "https://desk.example")
    # Not this machine's address: it gets as far as asking for it.
    with pytest.raises(ServingError, match="Cannot assign requested address"):
        serve("192.0.2.7:8000", decoders=None)
