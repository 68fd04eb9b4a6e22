"""The only module that imports Numba: the decorator for hot loops, and the few instructions that Python cannot spell.

A kernel sees flat, C-contiguous arrays of one fixed type each, those that it only reads marked as read-only
(`store.frozen`), so that it is compiled once. It holds no lock (`nogil`) and is kept in Numba's cache; where neither
the package's folder nor the user's cache folder can be written, each process compiles it again.
`kavalan.matching.warm` compiles all of them ahead.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import ParamSpec, TypeVar, cast

import numpy as np
from llvmlite import ir
from numba import njit, types
from numba.core import cgutils
from numba.extending import intrinsic
from numpy.typing import NDArray

P = ParamSpec("P")
R = TypeVar("R")

LANES = 32
"""How many 16-bit words `near_mask` looks at; an array it reads needs as many spare words at its end."""


def kernel(function: Callable[P, R]) -> Callable[P, R]:
    """Compile a function on its first call, and keep the machine code if there is a place for it."""
    try:
        return njit(nogil=True, cache=True)(function)
    except RuntimeError:  # Numba found no folder to cache in: a read-only installation without a home
        return njit(nogil=True)(function)


@kernel
def signed(number: np.unsignedinteger) -> int:
    """An unsigned number as a signed one: Numba would make a float of their sum."""
    return int(np.int64(number))


def _popcount(_context: types.Context, _word: types.Type) -> tuple[types.Signature, types.Codegen]:
    def generate(_to: types.Target, builder: ir.IRBuilder, _sig: types.Signature, args: list[ir.Value]) -> ir.Value:
        return builder.ctpop(args[0])

    return types.int64(types.uint64), generate


def _lowest_bit(_context: types.Context, _word: types.Type) -> tuple[types.Signature, types.Codegen]:
    def generate(_to: types.Target, builder: ir.IRBuilder, _sig: types.Signature, args: list[ir.Value]) -> ir.Value:
        return builder.zext(builder.cttz(args[0], ir.IntType(1)(1)), ir.IntType(64))

    return types.int64(types.uint32), generate


def _prefetch(_context: types.Context, array: types.Type, _index: types.Type) -> tuple[types.Signature, types.Codegen]:
    def generate(to: types.Target, builder: ir.IRBuilder, sig: types.Signature, args: list[ir.Value]) -> ir.Value:
        pointer, flag = ir.IntType(8).as_pointer(), ir.IntType(32)
        address = builder.bitcast(_address(to, builder, sig, args), pointer)
        shape = ir.FunctionType(ir.VoidType(), [pointer, flag, flag, flag])
        hint = cgutils.get_or_insert_function(builder.module, shape, "llvm.prefetch.p0")
        builder.call(hint, [address, flag(0), flag(3), flag(1)])  # for reading, into every level, data
        return to.get_dummy_value()

    return types.void(array, types.int64), generate


def _near_mask(
    _context: types.Context, array: types.Type, _index: types.Type, _word: types.Type, _limit: types.Type
) -> tuple[types.Signature, types.Codegen]:
    def generate(to: types.Target, builder: ir.IRBuilder, sig: types.Signature, args: list[ir.Value]) -> ir.Value:
        vector = ir.VectorType(ir.IntType(16), LANES)
        words = builder.load(builder.bitcast(_address(to, builder, sig, args), vector.as_pointer()))
        words.align = 2
        shape = ir.FunctionType(vector, [vector])
        ones = cgutils.get_or_insert_function(builder.module, shape, f"llvm.ctpop.v{LANES}i16")
        counts = builder.call(ones, [builder.xor(words, _spread(builder, args[2]))])
        near = builder.icmp_unsigned("<=", counts, _spread(builder, args[3]))
        return builder.bitcast(near, ir.IntType(LANES))

    return types.uint32(array, types.int64, types.uint16, types.uint16), generate


def _address(to: types.Target, builder: ir.IRBuilder, sig: types.Signature, args: list[ir.Value]) -> ir.Value:
    return builder.gep(to.make_array(sig.args[0])(to, builder, args[0]).data, [args[1]])


def _spread(builder: ir.IRBuilder, word: ir.Value) -> ir.Value:
    vector = ir.VectorType(ir.IntType(16), LANES)
    one = builder.insert_element(ir.Constant(vector, ir.Undefined), word, ir.IntType(32)(0))
    lanes = ir.Constant(ir.VectorType(ir.IntType(32), LANES), None)
    return builder.shuffle_vector(one, ir.Constant(vector, ir.Undefined), lanes)


popcount = cast("Callable[[np.uint64], int]", intrinsic(_popcount))
"""How many bits of a uint64 are set."""

lowest_bit = cast("Callable[[np.uint32], int]", intrinsic(_lowest_bit))
"""The place of the lowest set bit of a uint32 that is not zero."""

prefetch = cast("Callable[[NDArray[np.generic], int], None]", intrinsic(_prefetch))
"""Begin to fetch the cache line of `array[index]`; an index out of bounds does no harm."""

near_mask = cast("Callable[[NDArray[np.uint16], int, np.uint16, np.uint16], np.uint32]", intrinsic(_near_mask))
"""Which of `array[index : index + 32]` differ from a word in at most `limit` bits, as a bit for each."""
