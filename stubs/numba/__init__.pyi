from collections.abc import Callable
from typing import ParamSpec, TypeVar

from numba import types as types

_P = ParamSpec("_P")
_R = TypeVar("_R")

def njit(*, nogil: bool = ..., cache: bool = ...) -> Callable[[Callable[_P, _R]], Callable[_P, _R]]: ...
