# What an intrinsic is given and returns: types of the language, the signature of a call, the target it is compiled for.
from collections.abc import Callable
from typing import Protocol, TypeAlias

from llvmlite import ir

class Type:
    def __call__(self, *arguments: Type) -> Signature: ...

class Signature:
    args: tuple[Type, ...]

class Context: ...

class _Array(Protocol):
    @property
    def data(self) -> ir.Value: ...

class Target:
    def make_array(self, kind: Type) -> Callable[[Target, ir.IRBuilder, ir.Value], _Array]: ...
    def get_dummy_value(self) -> ir.Value: ...

Codegen: TypeAlias = Callable[[Target, ir.IRBuilder, Signature, list[ir.Value]], ir.Value]

void: Type
int64: Type
uint64: Type
uint32: Type
uint16: Type
