"""A module that cannot be imported without ending the interpreter."""

import os

os._exit(4)
