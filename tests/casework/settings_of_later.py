"""The settings of a later version: one app more, named by `KAVALAN_LATER`."""

import os

from kavalan.casework.settings import *  # noqa: F403 settings are taken over whole

INSTALLED_APPS = [*INSTALLED_APPS, f"tests.casework.{os.environ['KAVALAN_LATER']}"]  # noqa: F405 as above
