"""A furnished desk: Alice owns, Bob was let in, Dora is of the same unit and was not, Charlie is of another unit."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.test import Client
from django.utils import timezone, translation

from kavalan.casework import keys
from kavalan.casework.access.models import Compartment, Role
from kavalan.casework.access.services import grant, open_compartment
from kavalan.casework.accounts.conduct import code_of_conduct
from kavalan.casework.accounts.models import DeskSession, Officer
from kavalan.casework.accounts.services import accept_conduct, enrol_officer, found_unit
from kavalan.casework.accounts.session import SESSION_KEY
from kavalan.casework.authority.models import Authority
from kavalan.casework.authority.rules import Activity, Grounds, Kind, Span
from kavalan.casework.authority.services import record_authority
from kavalan.casework.exhibits.services import ExhibitDraft, register_exhibit
from kavalan.casework.guard import writing
from kavalan.casework.ledger.models import LedgerEntry, LedgerPayload
from kavalan.casework.workspace import vault_of
from kavalan.vault import Ceremony, create_vault

NOW = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
LATER = NOW + timedelta(days=30)
PASSWORD = "nine quiet herons"
PASSPHRASE = b"four grey herons wade"


@dataclass(frozen=True)
class People:
    """Who works here, and what Alice has: a compartment, and a warrant for exhibits E-1 and E-2."""

    alice: Officer
    bob: Officer
    dora: Officer
    charlie: Officer
    compartment: Compartment
    warrant: Authority


def grounds(*exhibits, activities=("collect", "examine"), start=NOW, end=LATER):
    return Grounds({Activity(name): Span(start, end) for name in activities}, frozenset(exhibits))


def furnish():
    """Everything by verbs, as everywhere."""
    coast = found_unit(None, NOW, name="Coastal Unit")
    alice = enrol_officer(None, NOW, badge="alice", name="Alice Kurian", unit=coast, password=PASSWORD)
    hill = found_unit(alice, NOW, name="Hill Unit")
    bob = enrol_officer(alice, NOW, badge="bob", name="Bob Varghese", unit=coast, password=PASSWORD)
    dora = enrol_officer(alice, NOW, badge="dora", name="Dora Nair", unit=coast, password=PASSWORD)
    charlie = enrol_officer(alice, NOW, badge="charlie", name="Charlie Menon", unit=hill, password=PASSWORD)
    for officer in (alice, bob, dora, charlie):
        accept_conduct(officer, NOW, version=code_of_conduct().version)
    compartment = open_compartment(alice, NOW, name="Case of the lighthouse")
    grant(alice, NOW, compartment=compartment, to=bob, role=Role.INVESTIGATOR)
    record_authority(alice, NOW, kind=Kind.WARRANT, reference="W 7/2026", grounds=grounds("E-1", "E-2"))


class DeskClient(Client):
    """A browser whose forced sign-in stands for both steps: it has a session of the desk, without an entry for it."""

    def force_login(self, officer, backend=None):
        super().force_login(officer, backend)
        now = timezone.now()
        with writing(frozenset({"accounts_desksession"})):
            desk = DeskSession.objects.create(
                officer=officer, device="a test", address="127.0.0.1", since=now, last_seen=now
            )
        session = self.session
        session[SESSION_KEY] = str(desk.public_id)
        session.save()


@pytest.fixture(scope="session", autouse=True)
def cheap_passwords():
    """Argon2 at its least: a password of the tests is worth no guess, and each would take a fifth of a second."""
    with pytest.MonkeyPatch.context() as patch:
        for name, least in {"time_cost": 1, "memory_cost": 8, "parallelism": 1}.items():
            patch.setattr(Argon2PasswordHasher, name, least)
        yield


@pytest.fixture(autouse=True)
def english():
    """What a test asked for in another language does not change how the next one is answered."""
    yield
    translation.deactivate()


@pytest.fixture
def client():
    """In place of Django's own."""
    return DeskClient()


@pytest.fixture(scope="session")
def furnished(copied, migrated, database_store, django_db_blocker):
    with copied(migrated, keep=True) as name:
        furnish()
    yield name
    with django_db_blocker.unblock():
        database_store.drop(name)


@pytest.fixture
def people(copied, furnished, workspace):
    """The furnished desk, in a database of its own."""
    with copied(furnished):
        officers = {officer.badge: officer for officer in Officer.objects.select_related("unit")}
        yield People(**officers, compartment=Compartment.objects.get(), warrant=Authority.objects.get())


@pytest.fixture(scope="session")
def test_keys(tmp_path_factory):
    """The folder of a workspace with keys, and these opened; scrypt at its least, since one guess is all that comes."""
    workspace = tmp_path_factory.mktemp("keys")
    ceremony = Ceremony()
    ceremony.prove(ceremony.recovery_key)
    return workspace, keys.found(workspace, PASSPHRASE, ceremony, work=1)


@pytest.fixture
def unlocked(test_keys, workspace):
    """The keys of the workspace, held as the processes of a desk hold them, and its vault."""
    made, opened = test_keys
    shutil.copytree(keys.keys_of(made), keys.keys_of(workspace))
    create_vault(vault_of(workspace), opened.vault)
    keys.hold(opened)
    yield opened
    keys.hold(None)


@pytest.fixture
def folder(tmp_path, settings):
    """An empty folder to take in, where evidence lies."""
    path = tmp_path / "source"
    path.mkdir()
    settings.KAVALAN_EVIDENCE = (tmp_path,)
    return path


@pytest.fixture
def exhibit(people, folder):
    """E-1, registered by Alice."""
    draft = ExhibitDraft("E-1", folder, people.compartment, "a memory card")
    return register_exhibit(people.alice, people.warrant, draft, NOW)


@pytest.fixture
def last_entry():
    """Reads the newest entry of the ledger with the payload that was said."""

    def read():
        entry = LedgerEntry.objects.order_by("number").last()
        return entry, json.loads(LedgerPayload.objects.get(digest=entry.payload).text)

    return read


@pytest.fixture
def entries():
    """Counts the ledger's entries."""
    return LedgerEntry.objects.count
