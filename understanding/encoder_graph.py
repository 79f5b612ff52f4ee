"""The network of all-MiniLM-L6-v2 (BERT, 6 layers) written as an ONNX graph from its weights.

It forks: the last layers stand there twice, as published and tuned to this project's intents.
Whoever asks for one of the two vectors has only that one computed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from understanding.encoder import GENERAL, LONGEST, SIZE, TUNED, Vectors

if TYPE_CHECKING:
    from onnx import ModelProto, NodeProto, TensorProto

LAYERS = 6
HEADS = 12
WIDTH = SIZE // HEADS
FORK = 2
"""The first layer that is tuned."""

Weights = Mapping[str, Vectors]


def layer_name(layer: int) -> str:
    """What the names of a layer's weights begin with."""
    return f"encoder.layer.{layer}"


def model(weights: Weights, tuned: Weights) -> ModelProto:
    """The graph from `ids` (tokens of one text, none of them padding) to its two vectors (384).

    Mean pooling and the scaling to length 1 are inside.

    Args:
        tuned: the weights of the layers from FORK on, by the same names.

    Raises:
        KeyError: a weight is missing.
    """
    from onnx import TensorProto, helper

    graph = Graph(weights)
    forked = graph.layers(range(FORK), graph.embeddings())
    graph.pool(graph.layers(range(FORK, LAYERS), forked), GENERAL)
    graph.weights = tuned
    graph.pool(graph.layers(range(FORK, LAYERS), forked), TUNED)
    ids = helper.make_tensor_value_info("ids", TensorProto.INT64, ["tokens"])
    vectors = [
        helper.make_tensor_value_info(name, TensorProto.FLOAT, [SIZE]) for name in (GENERAL, TUNED)
    ]
    made = helper.make_model(
        helper.make_graph(graph.nodes, "MiniLM", [ids], vectors, graph.constants),
        opset_imports=[helper.make_opsetid("", 20)],
        ir_version=9,
    )
    # Tells the quantiser that the graph needs no clean-up, else it warns at each build.
    helper.set_model_props(made, {"onnx.quant.pre_process": "onnxruntime.quant"})
    return made


class Graph:
    """Nodes and constants so far; each method adds some and returns the name of its result."""

    def __init__(self, weights: Weights) -> None:
        self.weights = weights
        self.nodes: list[NodeProto] = []
        self.constants: list[TensorProto] = []

    def embeddings(self) -> str:
        """Hidden state (tokens, 384) of `ids`: word plus place, all of one sentence kind."""
        table = "embeddings.{}_embeddings.weight"
        kind = self.weights[table.format("token_type")][0]
        places = self.constant(self.weights[table.format("position")][:LONGEST] + kind)
        first, tokens = self.constant(np.array([0])), self.node("Shape", "ids")
        words = self.node("Gather", self.constant(self.weights[table.format("word")]), "ids")
        total = self.node("Add", words, self.node("Slice", places, first, tokens, first))
        return self._norm("embeddings.LayerNorm", total)

    def layers(self, places: Iterable[int], hidden: str) -> str:
        """Hidden state (tokens, 384) after these layers."""
        for place in places:
            hidden = self.layer(layer_name(place), hidden)
        return hidden

    def pool(self, hidden: str, result: str) -> None:
        """The vector (384) of a text, as a result of the graph."""
        mean = self.node("ReduceMean", hidden, self.constant(np.array([0])), keepdims=0)
        self.node("LpNormalization", mean, result=result, axis=0, p=2)

    def layer(self, name: str, hidden: str) -> str:
        """Hidden state (tokens, 384) after the attention and the dense part of one layer."""
        context = self._attention(f"{name}.attention.self", hidden)
        attended = self._linear(f"{name}.attention.output.dense", context)
        hidden = self._norm(
            f"{name}.attention.output.LayerNorm", self.node("Add", attended, hidden)
        )
        wide = self.node("Gelu", self._linear(f"{name}.intermediate.dense", hidden))
        dense = self._linear(f"{name}.output.dense", wide)
        return self._norm(f"{name}.output.LayerNorm", self.node("Add", dense, hidden))

    def _attention(self, name: str, hidden: str) -> str:
        query, key, value = (
            self.node(
                "Transpose", self._split_heads(self._linear(f"{name}.{part}", hidden)), perm=order
            )
            for part, order in (("query", [1, 0, 2]), ("key", [1, 2, 0]), ("value", [1, 0, 2]))
        )
        scale = self.constant(np.array(WIDTH**-0.5, dtype=np.float32))
        scores = self.node("Mul", self.node("MatMul", query, key), scale)
        mixed = self.node("MatMul", self.node("Softmax", scores, axis=-1), value)
        joined = self.node("Transpose", mixed, perm=[1, 0, 2])
        return self.node("Reshape", joined, self.constant(np.array([-1, SIZE])))

    def _split_heads(self, states: str) -> str:
        return self.node("Reshape", states, self.constant(np.array([-1, HEADS, WIDTH])))

    def _linear(self, name: str, states: str) -> str:
        weight = self.constant(self.weights[f"{name}.weight"].T)
        bias = self.constant(self.weights[f"{name}.bias"])
        return self.node("Add", self.node("MatMul", states, weight), bias)

    def _norm(self, name: str, states: str) -> str:
        weight = self.constant(self.weights[f"{name}.weight"])
        bias = self.constant(self.weights[f"{name}.bias"])
        return self.node("LayerNormalization", states, weight, bias, epsilon=1e-12)

    def constant(self, values: np.ndarray[Any, Any]) -> str:
        """A constant tensor."""
        from onnx import numpy_helper

        name = f"constant_{len(self.constants)}"
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def node(self, operator: str, *inputs: str, result: str = "", **attributes: Any) -> str:
        """One operation with one result; returns the name of the result."""
        from onnx import helper

        name = f"{operator}_{len(self.nodes)}"
        result = result or name
        self.nodes.append(helper.make_node(operator, inputs, [result], name=name, **attributes))
        return result
