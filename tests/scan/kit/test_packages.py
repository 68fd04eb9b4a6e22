"""Which packages go onto a stick."""

from __future__ import annotations

import tomllib
from importlib.metadata import distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from kavalan.scan.kit.packages import files_of, files_of_kavalan, wanted

PROJECT = tomllib.loads((Path(__file__).resolve().parents[3] / "pyproject.toml").read_text())


@pytest.fixture(scope="module")
def names():
    return set(wanted())


def test_what_decodes_reads_and_matches_is_carried_with_what_it_needs(names):
    assert {"av", "pillow", "pi-heif", "simplejpeg", "numpy", "numba", "polars", "msgspec", "lxml", "typer"} <= names
    assert {"llvmlite", "polars-runtime-32", "click"} & names >= {"llvmlite", "polars-runtime-32"}
    assert "cryptography" in names


def test_tools_of_developers_are_left_out(names):
    groups = PROJECT["dependency-groups"].values()
    assert not names & {canonicalize_name(Requirement(line).name) for group in groups for line in group}


def test_the_desk_is_left_out(names):
    assert not names & {"django", "gunicorn", "psycopg", "psycopg-binary", "whitenoise", "argon2-cffi"}
    assert not [carried.name for carried in files_of_kavalan() if "casework" in carried.name]


def test_kavalans_modules_and_their_data_are_carried():
    held = {carried.name for carried in files_of_kavalan()}
    assert {"kavalan/__main__.py", "kavalan/scan/places.toml", "kavalan/scan/kit/kavalan.sh"} <= held
    assert any(name.startswith("kavalan-") and name.endswith("/METADATA") for name in held)


def test_files_of_a_package_are_there_without_tests_programs_and_caches():
    carried = list(files_of(distribution("numpy")))
    assert all(one.source.is_file() for one in carried)
    parts = {part for one in carried for part in one.name.split("/")}
    assert "__init__.py" in parts
    assert not parts & {"tests", "__pycache__", "..", "bin"}
