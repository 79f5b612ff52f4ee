"""Tune the sentence encoder's last layers so that they tell intents and facets apart.

As BERT is tuned to a classification (Devlin et al., 2019): a linear layer a task on the pooled
vector, cross-entropy with smoothed labels, Adam with a warm-up and a linear decay. The linear layers
are thrown away; the classifier learns its own. TensorFlow comes with Rasa; nothing else needs it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import tensorflow as tf

from understanding.adapter import Array
from understanding.encoder import SIZE, Vectors
from understanding.encoder_graph import FORK, HEADS, LAYERS, WIDTH, Weights, layer_name

Ids = Sequence[int]


@dataclass(frozen=True)
class Settings:
    """How to tune; the defaults are the measured ones."""

    epochs: int = 4
    rate: float = 8e-5
    """The greatest learning rate of the layers; the thrown-away ones learn ten times as fast."""
    warm: float = 0.06
    """Share of the steps in which the rate rises."""
    batch: int = 64
    dropout: float = 0.1
    smoothing: float = 0.05
    scale: float = 16.0
    """What the vectors of length 1 are multiplied with before the linear layers."""
    decay: float = 0.01
    """Pulls the layers back to the published ones."""
    seed: int = 20261129


@dataclass(frozen=True)
class Task:
    """A classification: of each text its label, or -1 where the task says nothing of it."""

    labels: Array
    count: int


class Network:
    """The encoder in TensorFlow: batches of padded texts, with a mask of shape (texts, tokens)."""

    def __init__(self, weights: Weights) -> None:
        """Take the published weights; those of the layers from FORK on become variables."""
        first = tuple(f"{layer_name(place)}." for place in range(FORK, LAYERS))
        self.weights: dict[str, Any] = {
            name: (tf.Variable if name.startswith(first) else tf.constant)(np.float32(weight))
            for name, weight in weights.items()
            if weight.dtype.kind == "f"
        }
        self.tuned = {name: self.weights[name] for name in weights if name.startswith(first)}

    def lower(self, ids: Any, mask: Any) -> Any:
        """Hidden states (texts, tokens, 384) before the layers that are tuned."""
        word, place, kind = (
            self.weights[f"embeddings.{name}_embeddings.weight"]
            for name in ("word", "position", "token_type")
        )
        total = tf.gather(word, ids) + place[: tf.shape(ids)[1]] + kind[0]
        return self._layers(range(FORK), self._norm("embeddings.LayerNorm", total), mask)

    def upper(self, hidden: Any, mask: Any, dropout: float = 0.0) -> Any:
        """Vectors (texts, 384) of length 1 from what `lower` gives."""
        hidden = self._layers(range(FORK, LAYERS), hidden, mask, dropout)
        total = tf.reduce_sum(hidden * mask[..., None], axis=1)
        return tf.math.l2_normalize(total, axis=-1)

    def vector(self, ids: Ids) -> Vectors:
        """The vector (384) of one text."""
        mask = np.ones((1, len(ids)), np.float32)
        hidden = self.lower(np.array([ids], dtype=np.int32), mask)
        return np.asarray(self.upper(hidden, mask).numpy()[0])

    def _layers(self, places: range, hidden: Any, mask: Any, dropout: float = 0.0) -> Any:
        for place in places:
            hidden = self._layer(layer_name(place), hidden, mask, dropout)
        return hidden

    def _layer(self, name: str, hidden: Any, mask: Any, dropout: float) -> Any:
        context = self._attention(f"{name}.attention.self", hidden, mask, dropout)
        context = _dropped(self._linear(f"{name}.attention.output.dense", context), dropout)
        hidden = self._norm(f"{name}.attention.output.LayerNorm", hidden + context)
        wide = tf.nn.gelu(self._linear(f"{name}.intermediate.dense", hidden))
        dense = _dropped(self._linear(f"{name}.output.dense", wide), dropout)
        return self._norm(f"{name}.output.LayerNorm", hidden + dense)

    def _attention(self, name: str, hidden: Any, mask: Any, dropout: float) -> Any:
        texts, tokens = tf.shape(hidden)[0], tf.shape(hidden)[1]
        query, key, value = (
            tf.transpose(
                tf.reshape(self._linear(f"{name}.{part}", hidden), [texts, tokens, HEADS, WIDTH]),
                [0, 2, 1, 3],
            )
            for part in ("query", "key", "value")
        )
        scores = tf.matmul(query, key, transpose_b=True) * WIDTH**-0.5
        shares = tf.nn.softmax(scores + (mask[:, None, None, :] - 1) * 1e9)
        mixed = tf.transpose(tf.matmul(_dropped(shares, dropout), value), [0, 2, 1, 3])
        return tf.reshape(mixed, [texts, tokens, SIZE])

    def _linear(self, name: str, states: Any) -> Any:
        weight, bias = self.weights[f"{name}.weight"], self.weights[f"{name}.bias"]
        return tf.matmul(states, weight, transpose_b=True) + bias

    def _norm(self, name: str, states: Any) -> Any:
        mean, variance = tf.nn.moments(states, -1, keepdims=True)
        scaled = (states - mean) * tf.math.rsqrt(variance + 1e-12)
        return scaled * self.weights[f"{name}.weight"] + self.weights[f"{name}.bias"]


def _dropped(states: Any, dropout: float) -> Any:
    return tf.nn.dropout(states, dropout) if dropout else states


class _Tuner:
    """Steps of Adam over the tuned layers and one linear layer a task."""

    def __init__(self, network: Network, tasks: Sequence[Task], settings: Settings) -> None:
        self.network, self.tasks, self.settings = network, tasks, settings
        self.heads = [
            tf.Variable(tf.random.normal([SIZE, each.count], stddev=0.05)) for each in tasks
        ]
        self.biases = [tf.Variable(tf.zeros(each.count)) for each in tasks]
        layers = list(network.tuned.values())
        self.learnt = [*layers, *self.heads, *self.biases]
        self.published = [tf.constant(each) for each in layers]
        self.first = [tf.Variable(tf.zeros_like(each)) for each in self.learnt]
        self.second = [tf.Variable(tf.zeros_like(each)) for each in self.learnt]
        self.step = tf.function(self._step, autograph=False, reduce_retracing=True)

    def _loss(self, hidden: Any, mask: Any, labels: Sequence[Any]) -> Any:
        given = self.settings
        vectors = _dropped(self.network.upper(hidden, mask, given.dropout), given.dropout)
        total = 0.0
        for task, head, bias, label in zip(
            self.tasks, self.heads, self.biases, labels, strict=True
        ):
            scores = tf.matmul(vectors, head) * given.scale + bias
            known = tf.cast(label >= 0, tf.float32)
            wanted = tf.one_hot(tf.maximum(label, 0), task.count) * (1 - given.smoothing)
            wanted += given.smoothing / task.count
            each = tf.nn.softmax_cross_entropy_with_logits(wanted, scores)
            total += tf.reduce_sum(known * each) / given.batch
        return total

    def _step(self, hidden: Any, mask: Any, labels: Sequence[Any], rate: Any, number: Any) -> Any:
        with tf.GradientTape() as tape:
            loss = self._loss(hidden, mask, labels)
        gradients, _ = tf.clip_by_global_norm(tape.gradient(loss, self.learnt), 1.0)
        unbiased = 1 - tf.pow(0.9, number), 1 - tf.pow(0.98, number)
        for place, (weight, gradient) in enumerate(zip(self.learnt, gradients, strict=True)):
            first, second = self.first[place], self.second[place]
            first.assign(0.9 * first + 0.1 * gradient)
            second.assign(0.98 * second + 0.02 * gradient**2)
            move = first / unbiased[0] / (tf.sqrt(second / unbiased[1]) + 1e-6)
            if place < len(self.published):
                move += self.settings.decay * (weight - self.published[place])
                weight.assign_sub(rate * move)
            else:
                weight.assign_sub(10 * rate * move)
        return loss


def tune(
    weights: Weights, texts: Sequence[Ids], tasks: Sequence[Task], settings: Settings = Settings()
) -> dict[str, Vectors]:
    """The weights of the layers from FORK on, tuned to all tasks together; it prints each epoch.

    Args:
        weights: of the whole encoder, by their published names.
        texts: the tokens of each text.
        tasks: each has a label for each of the texts.
    """
    tf.random.set_seed(settings.seed)
    random = np.random.default_rng(settings.seed)
    lengths = np.array([len(ids) for ids in texts])
    network = Network(weights)
    tuner = _Tuner(network, tasks, settings)
    lower = _lower_states(network, texts, lengths)
    number, steps = 0, settings.epochs * (len(texts) // settings.batch)
    for epoch in range(settings.epochs):
        losses = []
        for rows in _batches(random, lengths, settings.batch):
            number += 1
            rising = number / (settings.warm * steps)
            rate = settings.rate * min(1.0, rising) * max(0.02, 1 - number / steps)
            hidden, mask = _padded([lower[row] for row in rows])
            labels = [each.labels[rows].astype(np.int32) for each in tasks]
            moved = tuner.step(hidden, mask, labels, np.float32(rate), np.float32(number))
            losses.append(float(moved))
        print(f"epoch {epoch + 1} of {settings.epochs}: loss {np.mean(losses):.3f}", flush=True)
    return {name: each.numpy() for name, each in network.tuned.items()}


def _lower_states(network: Network, texts: Sequence[Ids], lengths: Array) -> list[Array]:
    """Of each text its states (tokens, 384) before the tuned layers: they stay the same."""
    lower = tf.function(network.lower, autograph=False, reduce_retracing=True)
    states: list[Array] = [np.empty(0)] * len(texts)
    order = np.argsort(lengths, kind="stable")
    for start in range(0, len(order), 128):
        rows = order[start : start + 128]
        ids, mask = _padded([np.array(texts[row], dtype=np.int32) for row in rows])
        for row, found in zip(rows, lower(ids, mask).numpy(), strict=True):
            states[row] = found[: lengths[row]].astype(np.float16)
    return states


def _padded(rows: Sequence[Array]) -> tuple[Array, Array]:
    """Arrays of one batch, zeros behind the shorter ones, and the mask of what is no padding."""
    longest = max(map(len, rows))
    kind = np.int32 if rows[0].dtype.kind == "i" else np.float32
    values = np.zeros((len(rows), longest, *rows[0].shape[1:]), kind)
    mask = np.zeros((len(rows), longest), np.float32)
    for place, row in enumerate(rows):
        values[place, : len(row)], mask[place, : len(row)] = row, 1
    return values, mask


def _batches(random: np.random.Generator, lengths: Array, size: int) -> Iterator[Array]:
    """Whole batches of places in a new order, those of like lengths together."""
    order = random.permutation(len(lengths))
    found = []
    for start in range(0, len(order), size * 64):
        near = order[start : start + size * 64]
        near = near[np.argsort(lengths[near], kind="stable")]
        found += [near[place : place + size] for place in range(0, len(near) - size + 1, size)]
    random.shuffle(found)
    yield from found
