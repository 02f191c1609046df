"""The adapter file: named as llama.cpp names things, and whole or not there."""

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from app.models.adapter import BUILTIN_ADAPTER

gguf = pytest.importorskip("gguf", reason="needs the extra packages for training")
from evaluation.adapter_file import write_adapter  # noqa: E402  # imports gguf

RANK = 2
LAYER = "base_model.model.model.layers.3"


def _tensors() -> dict[str, NDArray[np.float32]]:
    chance = np.random.default_rng(1)

    def pair(module: str, inside: int, outside: int) -> dict[str, NDArray[np.float32]]:
        shapes = {"lora_A": (RANK, inside), "lora_B": (outside, RANK)}
        return {
            f"{LAYER}.{module}.{side}.weight": chance.normal(size=shape).astype(np.float32)
            for side, shape in shapes.items()
        }

    return pair("self_attn.q_proj", 8, 4) | pair("mlp.down_proj", 6, 8)


def test_tensors_are_named_as_llama_cpp_names_them_and_written_as_16_bit(tmp_path: Path) -> None:
    path = tmp_path / "adapter.gguf"
    tensors = _tensors()
    write_adapter(path, tensors, 32.0, "gemma3")
    reader = gguf.GGUFReader(path)
    written = {tensor.name: tensor for tensor in reader.tensors}
    assert set(written) == {
        "blk.3.attn_q.weight.lora_a",
        "blk.3.attn_q.weight.lora_b",
        "blk.3.ffn_down.weight.lora_a",
        "blk.3.ffn_down.weight.lora_b",
    }
    first = written["blk.3.attn_q.weight.lora_a"]
    assert first.tensor_type == gguf.GGMLQuantizationType.F16
    assert np.allclose(first.data, tensors[f"{LAYER}.self_attn.q_proj.lora_A.weight"], atol=1e-2)
    assert reader.get_field("adapter.lora.alpha").contents() == 32.0
    assert reader.get_field("general.architecture").contents() == "gemma3"
    assert reader.get_field("general.type").contents() == "adapter"


def test_the_same_tensors_in_any_order_give_the_same_bytes(tmp_path: Path) -> None:
    tensors = _tensors()
    write_adapter(tmp_path / "one.gguf", tensors, 32.0, "gemma3")
    write_adapter(tmp_path / "other.gguf", dict(reversed(tensors.items())), 32.0, "gemma3")
    assert (tmp_path / "one.gguf").read_bytes() == (tmp_path / "other.gguf").read_bytes()


def test_a_module_that_llama_cpp_does_not_know_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "adapter.gguf"
    path.write_bytes(b"old")
    odd = {f"{LAYER}.mlp.router.lora_A.weight": np.zeros((RANK, 4), dtype=np.float32)}
    with pytest.raises(KeyError, match=r"mlp\.router"):
        write_adapter(path, _tensors() | odd, 32.0, "gemma3")
    assert [file.name for file in tmp_path.iterdir()] == ["adapter.gguf"]
    assert path.read_bytes() == b"old"


def test_ours_adapts_all_projections_of_all_layers() -> None:
    reader = gguf.GGUFReader(BUILTIN_ADAPTER)
    assert reader.get_field("general.architecture").contents() == "gemma3"
    parts = [tensor.name.split(".") for tensor in reader.tensors]
    assert {int(layer) for _, layer, *_ in parts} == set(range(18))
    assert {module for _, _, module, *_ in parts} == {
        "attn_q", "attn_k", "attn_v", "attn_output", "ffn_gate", "ffn_up", "ffn_down",
    }  # fmt: skip
    assert len(parts) == 18 * 7 * 2
