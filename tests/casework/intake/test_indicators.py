"""What a tip names."""

from kavalan.casework.intake.indicators import MOST, named_in
from kavalan.tips import Account, Capture, File, Leftover, Moment, Passage, Person, Tip

from ..conftest import NOW


def values(tip, *, strong):
    return {(str(one.kind), one.value, one.where) for one in named_in(tip)[0] if one.strong == strong}


def test_fields_meant_for_them_are_strong_and_written_in_one_way():
    account = Account(service="Example Messenger", id="u-1", screen_name="harbour")
    person = Person("reported", account=account, emails=("A.B@Example.ORG",), phones=("98470 12345",))
    assert values(Tip(form="table", persons=(person,)), strong=True) == {
        ("account", "example messenger u-1", "persons[0].account.id"),
        ("handle", "example messenger harbour", "persons[0].account.screen_name"),
        ("email", "a.b@example.org", "persons[0].emails[0]"),
        ("phone", "+919847012345", "persons[0].phones[0]"),
    }


def test_address_has_its_port_and_its_time_and_a_device_is_none():
    captures = (
        Capture("IP Address", "203.0.113.5", "4433", Moment("06/05/2026", NOW), possible_proxy=True),
        Capture("Device ID", "not an address"),
    )
    (one,), _ = named_in(Tip(form="table", persons=(Person("reported", captures=captures),)))
    assert (one.kind, one.value, one.port, one.at, one.proxy) == ("ip", "203.0.113.5", "4433", NOW, True)


def test_digests_are_strong_and_free_text_and_leftovers_are_not():
    tip = Tip(
        form="mail",
        files=(File(md5="ab" * 16, sha256="cd" * 32),),
        passages=(Passage("text/plain", "write to a@example.org"),),
        leftovers=(Leftover("Circle", "+91 98470 12345"),),
    )
    assert {value for _, value, _ in values(tip, strong=True)} == {"ab" * 16, "cd" * 32}
    assert values(tip, strong=False) == {
        ("email", "a@example.org", "passages[0]"),
        ("phone", "+919847012345", "leftovers[0]"),
    }


def test_flood_of_names_is_cut_and_counted():
    text = " ".join(f"a{number}@example.org" for number in range(MOST + 7))
    found, beyond = named_in(Tip(form="mail", passages=(Passage("text/plain", text),)))
    assert (len(found), beyond) == (MOST, 7)
