"""Signing out."""

from django.urls import reverse


def test_after_signing_out_pages_ask_to_sign_in(client, people):
    client.force_login(people.alice)
    assert client.post(reverse("sign-out")).url == reverse("sign-in")
    assert client.get("/").status_code == 302


def test_link_alone_does_not_sign_out(client, people):
    client.force_login(people.alice)
    assert client.get(reverse("sign-out")).status_code == 405
    assert client.get("/").status_code == 200
