"""What the figures were measured on and with."""

from __future__ import annotations

import os
from importlib.metadata import version
from pathlib import Path

FEATURES = {
    "AVX2": ("avx2",),
    "AVX-512": ("avx512f",),
    "VNNI": ("avx512_vnni", "avx_vnni"),
}
"""The flags that show each feature of a processor that matters here."""

PACKAGES = ("rasa", "scikit-learn", "onnxruntime", "tensorflow")
CPU = Path("/proc/cpuinfo")


def facts(cpu: Path = CPU) -> list[str]:
    """Lines on processor and versions."""
    said = cpu.read_text(encoding="utf-8") if cpu.exists() else ""
    flags = {
        flag
        for line in said.splitlines()
        if line.startswith(("flags", "Features"))
        for flag in line.partition(":")[2].split()
    }
    features = [
        f"{name} {'yes' if flags & set(signs) else 'no' if flags else 'unknown'}"
        for name, signs in FEATURES.items()
    ]
    return [
        f"Processor: {os.cpu_count()} cores; {', '.join(features)}",
        "Versions: " + ", ".join(f"{name} {version(name)}" for name in PACKAGES),
    ]
