"""What the migrations do to a workspace that has officers already."""

import importlib

from django.apps import apps

from kavalan.casework.accounts.models import RoleHeld
from kavalan.casework.guard import writing

first_administrator = importlib.import_module("kavalan.casework.accounts.migrations.0003_first_administrator")


def test_workspace_without_an_administrator_gets_its_first_officer_as_one(people):
    with writing(frozenset({"accounts_roleheld"})):
        RoleHeld.objects.all().delete()
    first_administrator.appoint(apps, None)
    first_administrator.appoint(apps, None)
    assert [(held.officer, held.role) for held in RoleHeld.objects.all()] == [(people.alice, "administrator")]


def test_workspace_without_officers_gets_none(empty_desk):
    first_administrator.appoint(apps, None)
    assert not RoleHeld.objects.exists()
