"""Writing a trained LoRA adapter as the GGUF that llama.cpp loads on top of the base model."""

from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

import gguf
import numpy as np
from numpy.typing import NDArray

from app.files import write_atomically

_NAMES = {
    "self_attn.q_proj": "attn_q",
    "self_attn.k_proj": "attn_k",
    "self_attn.v_proj": "attn_v",
    "self_attn.o_proj": "attn_output",
    "mlp.gate_proj": "ffn_gate",
    "mlp.up_proj": "ffn_up",
    "mlp.down_proj": "ffn_down",
}
"""Modules as transformers and as llama.cpp call them."""


def write_adapter(path: Path, tensors: Mapping[str, NDArray[np.float32]], alpha: float, architecture: str) -> None:
    """Writes peft's tensors ("….layers.3.self_attn.q_proj.lora_A.weight", shape (rank, in) and (out, rank)) as 16 bit.

    llama.cpp scales their product by alpha / rank, as peft does.
    """
    with TemporaryDirectory() as folder:
        unfinished = Path(folder) / path.name
        _write(unfinished, tensors, alpha, architecture)
        write_atomically(path, unfinished.read_bytes())


def _write(path: Path, tensors: Mapping[str, NDArray[np.float32]], alpha: float, architecture: str) -> None:
    writer = gguf.GGUFWriter(str(path), architecture)
    writer.add_string("general.type", "adapter")
    writer.add_string("adapter.type", "lora")
    writer.add_float32("adapter.lora.alpha", alpha)
    for name in sorted(tensors):
        parts = name.split(".layers.")[1].split(".")
        module = _NAMES[".".join(parts[1:3])]
        side = "lora_a" if parts[3] == "lora_A" else "lora_b"
        writer.add_tensor(f"blk.{parts[0]}.{module}.weight.{side}", tensors[name].astype(np.float16))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
