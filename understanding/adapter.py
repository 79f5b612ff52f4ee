"""What tuning changed in the sentence encoder's last layers, small enough to stand beside the code.

A change of a matrix is kept as the product of two narrow ones: Hu et al., "LoRA" (2021), found that
such changes have a low rank. Ours is found after the tuning, by singular values.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from understanding.encoder import Vectors
from understanding.encoder_graph import Weights

RANK = 96
"""Columns of the narrow matrices."""
UP, DOWN, SCALES = "up:", "down:", "scales:"
"""What the names of the two factors begin with, and that of the sizes of their columns; a vector's
change has the vector's own name."""

Array = npt.NDArray[Any]


def pack(original: Weights, tuned: Weights, rank: int = RANK) -> dict[str, Array]:
    """The change of each tuned weight: two factors of int8 for a matrix, float16 for a vector.

    Args:
        original: has each weight of `tuned`, by the same name and of the same shape.
    """
    packed = {}
    for name, weight in tuned.items():
        change = weight - original[name]
        if change.ndim == 1:
            packed[name] = change.astype(np.float16)
            continue
        up, values, down = np.linalg.svd(change, full_matrices=False)
        up, up_scales = _rounded(up[:, :rank])
        down, down_scales = _rounded(down[:rank].T)
        scales = values[:rank] * up_scales * down_scales
        packed |= {UP + name: up, DOWN + name: down, SCALES + name: scales.astype(np.float32)}
    return packed


def unpack(original: Weights, packed: Mapping[str, Array]) -> dict[str, Vectors]:
    """The tuned weights, float32: what `pack` was given, but for what its rank and digits lose.

    Raises:
        KeyError: a weight or a factor is missing.
    """
    names = {name.rpartition(":")[2] for name in packed}
    return {
        name: np.asarray(original[name] + _change(packed, name), dtype=np.float32)
        for name in sorted(names)
    }


def _change(packed: Mapping[str, Array], name: str) -> Vectors:
    if name in packed:
        return packed[name].astype(np.float32)
    up, down, scales = (packed[part + name].astype(np.float32) for part in (UP, DOWN, SCALES))
    return np.asarray(up * scales @ down.T, dtype=np.float32)


def _rounded(columns: Array) -> tuple[Array, Array]:
    """Columns as int8, and what each is multiplied with."""
    scales = np.abs(columns).max(axis=0) / 127
    return np.round(columns / scales).astype(np.int8), scales
