"""A desk of which every answer, file, log line and statement is kept, so that it can be searched."""

from __future__ import annotations

import http.client
import io
import os
import re
import sqlite3
import subprocess
import sys
import zipfile
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode, urlsplit, urlunsplit

from django.db import connection

from ..conftest import DeskClient, People
from .planted import words_below, words_in


class Recorder(DeskClient):
    """A browser of which every answer is kept: address, status, headers, cookies, body."""

    def __init__(self):
        super().__init__(raise_request_exception=False)
        self.answers = []

    def request(self, **environment):
        answer = super().request(**environment)
        head = f"{environment['PATH_INFO']} {answer.status_code}\n".encode() + answer.serialize_headers()
        self.answers.append(head + answer.cookies.output().encode() + answer.getvalue())
        return answer


class Wire:
    """A browser before a real server, with the session of another one."""

    def __init__(self, origin, session):
        self._place, self._cookies = origin.removeprefix("http://"), {"sessionid": session}
        self._token, self.answers = "", []

    def ask(self, address, typed=None):
        """GET, or POST what was typed into the form of the page that was asked for last; the status."""
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items())}
        if typed:
            headers |= {"Content-Type": "application/x-www-form-urlencoded", "Origin": f"http://{self._place}"}
            typed = urlencode({**typed, "csrfmiddlewaretoken": self._token})
        with closing(http.client.HTTPConnection(self._place, timeout=60)) as browser:
            browser.request("POST" if typed else "GET", address, typed, headers)
            answer = browser.getresponse()
            body = answer.read()
        for cookie in answer.headers.get_all("Set-Cookie", ()):
            name, _, rest = cookie.partition("=")
            self._cookies[name] = rest.partition(";")[0]
        if found := re.search(rb'csrfmiddlewaretoken" value="(\w+)"', body):
            self._token = found[1].decode()
        self.answers.append(bytes(answer.headers) + body)
        return answer.status


@dataclass
class World:
    """Everything below `folder` is searched, and every answer of `browser` but those put aside in `told`."""

    folder: Path
    people: People
    browser: Recorder = field(default_factory=Recorder)
    told: list[bytes] = field(default_factory=list)

    @property
    def workspace(self):
        return self.folder / "workspace"

    def keep(self, name, data):
        """Put something where it is searched."""
        (self.folder / name).write_bytes(data)

    def start(self, *words):
        """A program of Kavalan before this database."""
        command = [sys.executable, "-m", "kavalan", *map(str, words)]
        return subprocess.Popen(command, env=_environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def run(self, name, *words):
        """Run one to its end, keep what it says, and return its exit code."""
        with self.start(*words) as process:
            self.keep(f"said-by-{name}", b"\n".join(process.communicate(timeout=120)))
        return process.returncode

    @contextmanager
    def served(self):
        """`kavalan serve`; its origin."""
        options = ["--bind", "127.0.0.1:0", "--decoders", "1", "--passphrase-file", self.folder / "passphrase"]
        process = self.start("serve", "--workspace", self.workspace, *options)
        first = process.stderr.readline()
        try:
            yield f"http://{re.search(rb'127.0.0.1:[0-9]+', first)[0].decode()}"
        finally:
            process.terminate()
            self.keep("said-by-serve", first + b"\n".join(process.communicate(timeout=60)))

    def search(self):
        """Where planted words are found, by place."""
        found = words_below(self.folder) | {"the database": words_in(_database())}
        for archive in self.folder.glob("*.zip"):
            with zipfile.ZipFile(archive) as opened:
                found[archive.name] = words_in(b"\n".join(opened.read(name) for name in opened.namelist()))
        for answer in self.browser.answers:
            found[answer.partition(b"\n")[0].decode()] = words_in(answer)
        return {place: words for place, words in found.items() if words}


def _environment():
    """Of this process, with the database of this test and no workspace of its own."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("KAVALAN_")}
    if connection.vendor == "postgresql":
        parts = urlsplit(own["DATABASE_URL"])
        own["DATABASE_URL"] = urlunsplit(parts._replace(path=f"/{connection.settings_dict['NAME']}"))
    return own


def _database():
    """Every byte of the database's files, and every row as a statement."""
    if connection.vendor == "sqlite":
        path = Path(connection.settings_dict["NAME"])
        with closing(sqlite3.connect(path)) as opened:
            rows = "\n".join(opened.iterdump()).encode()
        return b"".join(file.read_bytes() for file in sorted(path.parent.glob(f"{path.name}*"))) + rows
    with connection.cursor() as cursor, io.BytesIO() as rows:
        # Into the files, which are read where they may be: by root, or by who runs the server.
        cursor.execute("CHECKPOINT")
        cursor.execute(
            "SELECT oid, current_setting('data_directory') FROM pg_database WHERE datname = current_database()"
        )
        number, folder = cursor.fetchone()
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        for (table,) in cursor.fetchall():
            with cursor.copy(f'COPY "{table}" TO STDOUT') as copied:
                rows.writelines(copied)
        files = Path(folder, "base", str(number)).glob("*")
        return rows.getvalue() + b"".join(file.read_bytes() for file in files if os.access(file, os.R_OK))
