"""Sentences to vectors: all-MiniLM-L6-v2, quantised, on one processor thread.

`understanding.build_encoder` makes the two files that an encoder reads.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from copy import copy
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from tokenizers import Tokenizer

MODEL = "encoder.onnx"
TOKENIZER = "tokenizer.json"
GENERAL, TUNED = "general", "tuned"
"""The two vectors of a text: as the published model has it, and from layers tuned to our intents."""
SIZE = 384  # numbers in a vector
LONGEST = 128  # tokens of a text that are read
REMEMBERED = 64
"""Texts whose vectors are kept: several readers look at the same message."""

INSTALL = "Install the packages of requirements.lock."
BUILD = "Run: python -m understanding.build_encoder"

Vectors = npt.NDArray[np.float32]


class EncoderError(Exception):
    """The encoder cannot be built or used: one line that says why and ends with the remedy."""

    def __init__(self, problem: object, remedy: str) -> None:
        super().__init__(f"Sentence encoder: {' '.join(str(problem).split())}. {remedy}")


class Encoder:
    """Turns texts into vectors whose product says how close two texts are in meaning."""

    def __init__(self, folder: Path) -> None:
        """Open the encoder in `folder`; EncoderError if a file or a package is missing or bad."""
        self._tokenizer = _open_tokenizer(_present(folder / TOKENIZER))
        self._session = _open_session(_present(folder / MODEL))
        self._fingerprint = hashlib.sha256((folder / MODEL).read_bytes()).hexdigest()[:12]
        self._remember(REMEMBERED)

    def remembering(self, most: int | None = None) -> Encoder:
        """The same encoder, which keeps the vectors of so many texts: of all where it is not said."""
        made = copy(self)
        made._remember(most)
        return made

    def _remember(self, most: int | None) -> None:
        both = lru_cache(most)(self._run)
        self._general, self._tuned = (Vectoriser(both, place) for place in (0, 1))

    @property
    def fingerprint(self) -> str:
        """The first 12 hexadecimal digits of the model file's SHA-256."""
        return self._fingerprint

    @property
    def tuned(self) -> Vectoriser:
        """Vectors that tell intents and facets apart; what else two texts share, they tell worse."""
        return self._tuned

    def encode(self, texts: Sequence[str]) -> Vectors:
        """General vectors of shape (len(texts), 384), each of length 1, in the order of `texts`."""
        return self._general.encode(texts)

    def _run(self, text: str) -> Sequence[Vectors]:
        # Together: the layers are the same but for the last ones, and one vector takes as long.
        vectors: Sequence[Vectors] = self._session.run([GENERAL, TUNED], {"ids": self._ids(text)})
        return vectors

    def _ids(self, text: str) -> npt.NDArray[np.int64]:
        # Half of a broken emoji is a legal str but not legal UTF-8, which tokenizers needs.
        text = text.encode("utf-8", "replace").decode("utf-8")
        return np.array(self._tokenizer.encode(text).ids, dtype=np.int64)


class Vectoriser:
    """Turns texts into one of the two vectors of an encoder."""

    def __init__(self, both: Callable[[str], Sequence[Vectors]], place: int) -> None:
        """Take what makes the two vectors of a text, and which of them is meant."""
        self._both, self._place = both, place

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Vectors of shape (len(texts), 384), each of length 1, in the order of `texts`."""
        vectors = np.empty((len(texts), SIZE), dtype=np.float32)
        # One by one: int8 scales span a whole batch, so its texts would change each other.
        for row, text in enumerate(texts):
            vectors[row] = self._both(text)[self._place]
        return vectors


def _present(path: Path) -> Path:
    if not path.is_file():
        raise EncoderError(f"{path} is missing", BUILD)
    return path


def _open_tokenizer(path: Path) -> Tokenizer:
    try:
        from tokenizers import Tokenizer
    except ImportError as error:
        raise EncoderError(error, INSTALL) from error
    try:
        tokenizer = Tokenizer.from_file(str(path))
    except Exception as error:  # tokenizers raises nothing narrower
        raise EncoderError(f"{path} cannot be read: {error}", BUILD) from error
    tokenizer.no_padding()  # the file asks for 128 tokens each, and the graph masks none
    tokenizer.enable_truncation(LONGEST)
    return tokenizer


def _open_session(path: Path) -> Any:
    try:
        import onnxruntime
    except ImportError as error:
        raise EncoderError(error, INSTALL) from error
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    try:
        return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    except Exception as error:  # onnxruntime's errors have no common class
        raise EncoderError(f"{path} cannot be read: {error}", BUILD) from error
