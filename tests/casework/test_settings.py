"""The settings as a deployment reads them: in a process of its own."""

import json
import os
import subprocess
import sys

import pytest

from kavalan.casework.workspace import create_workspace

SHOW = """
import json, sys
from django.conf import settings
print(json.dumps({name: getattr(settings, name) for name in sys.argv[1:]}))
"""


def settings_of(workspace, *names, **environment):
    known = {
        key: value for key, value in os.environ.items() if key != "DATABASE_URL" and not key.startswith("KAVALAN_")
    }
    known |= {"KAVALAN_WORKSPACE": str(workspace), "DJANGO_SETTINGS_MODULE": "kavalan.casework.settings"}
    shown = subprocess.run(
        [sys.executable, "-c", SHOW, *names], env=known | environment, check=True, stdout=subprocess.PIPE
    )
    return json.loads(shown.stdout)


@pytest.fixture
def made(tmp_path):
    create_workspace(tmp_path / "w")
    return tmp_path / "w"


def test_key_is_the_workspaces_own(made):
    assert settings_of(made, "SECRET_KEY")["SECRET_KEY"] == (made / "secret-key").read_text().strip()


def test_debug_cannot_be_switched_on(made):
    assert settings_of(made, "DEBUG", DEBUG="1", DJANGO_DEBUG="1") == {"DEBUG": False}


def test_on_a_network_cookies_and_pages_need_tls(made):
    names = [
        "SESSION_COOKIE_SECURE",
        "CSRF_COOKIE_SECURE",
        "SECURE_SSL_REDIRECT",
        "SECURE_HSTS_SECONDS",
        "ALLOWED_HOSTS",
    ]
    shown = settings_of(made, *names, KAVALAN_ORIGIN="https://desk.example")
    assert shown.pop("ALLOWED_HOSTS") == ["desk.example"]
    assert shown.pop("SECURE_HSTS_SECONDS") == 31_536_000
    assert set(shown.values()) == {True}


def test_uploads_never_become_temporary_files(made):
    handlers = settings_of(made, "FILE_UPLOAD_HANDLERS")["FILE_UPLOAD_HANDLERS"]
    assert [name for name in handlers if "Temporary" in name] == []


def test_web_process_imports_no_polars_numba_or_av(made):
    script = "import sys, django; django.setup(); import kavalan.casework.wsgi; print([*sys.modules.keys()])"
    known = dict(os.environ) | {"KAVALAN_WORKSPACE": str(made), "DJANGO_SETTINGS_MODULE": "kavalan.casework.settings"}
    loaded = subprocess.run([sys.executable, "-c", script], env=known, check=True, stdout=subprocess.PIPE).stdout
    assert [name for name in (b"'polars'", b"'numba'", b"'av'") if name in loaded] == []
