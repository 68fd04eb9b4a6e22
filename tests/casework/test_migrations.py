"""Migrations and models say the same."""

from django.core.management import call_command


def test_no_migration_is_missing(people):
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_django_finds_no_fault_with_the_project(people):
    call_command("check", fail_level="WARNING")
