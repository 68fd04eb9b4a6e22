"""Every route × who asks: one table, and a route that is absent from it fails.

What each verb asks is in the verb's own test file.
"""

from uuid import UUID

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse

TO_SIGN_IN = 302
NOT_FOUND = 404
REFUSED = 409
# Route: how it answers nobody, another unit, the same unit without a grant, one who was let in, the owner. It is asked
# by GET, or by POST where it is in `CHANGES`; there the owner's authority has lapsed.
WHO = ["nobody", "charlie", "dora", "bob", "alice"]
MATRIX = {
    "sign-in": [200, 302, 302, 302, 302],
    "sign-out": [TO_SIGN_IN, 405, 405, 405, 405],
    "home": [TO_SIGN_IN, 200, 200, 200, 200],
    "exhibit": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, 200, 200],
    "exhibit-progress": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, 200, 200],
    "register-exhibit": [TO_SIGN_IN, 200, 200, 200, 200],
    "start-scan": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, REFUSED, REFUSED],
    "cancel-scan": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, REFUSED, REFUSED],
    "hits": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, 200, 200],
    "look": [200, 200, 200, 200, 200],
    "keys": [TO_SIGN_IN, 200, 200, 200, 200],
    "find": [TO_SIGN_IN, 200, 200, 200, 200],
    "gallery": [TO_SIGN_IN, 200, 200, 200, 200],
}
CHANGES = {"start-scan", "cancel-scan"}
NO_SUCH = UUID(int=0)


def routes(patterns=None):
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns)
        elif isinstance(pattern, URLPattern):
            yield pattern


def ask(client, name, address):
    return (client.post if name in CHANGES else client.get)(address)


def test_every_route_is_in_the_matrix():
    assert {route.name or str(route.pattern) for route in routes()} == MATRIX.keys()


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("name", MATRIX)
def test_route_answers_as_the_matrix_says(client, people, exhibit, name, who):
    if who != "nobody":
        client.force_login(getattr(people, who))
    taken = next(route for route in routes() if route.name == name).pattern.converters
    address = reverse(name, args=[exhibit.public_id] if taken else [])
    assert ask(client, name, address).status_code == MATRIX[name][WHO.index(who)]


@pytest.mark.parametrize("name", [route.name for route in routes() if route.pattern.converters])
def test_what_does_not_exist_is_not_found_even_by_its_owner(client, people, name):
    client.force_login(people.alice)
    assert ask(client, name, reverse(name, args=[NO_SUCH])).status_code == NOT_FOUND


@pytest.mark.parametrize("name", MATRIX)
@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_no_route_knows_other_methods(client, people, exhibit, name, method):
    client.force_login(people.alice)
    taken = next(route for route in routes() if route.name == name).pattern.converters
    address = reverse(name, args=[exhibit.public_id] if taken else [])
    assert getattr(client, method)(address).status_code in {302, 405}
