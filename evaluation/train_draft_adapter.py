"""Trains the LoRA adapter that phrases answers: `python -m evaluation.train_draft_adapter`.

Needs the extra packages: `pip install -e .[training]`. About 45 minutes on 2 cores with AMX or AVX-512 BF16, much
longer without. The seed is fixed, yet the bytes of the result depend on the processor's arithmetic; what counts is
what `python -m evaluation.drafting` then measures on the held-out pages.
"""

import math
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import torch
from peft import LoraConfig, get_peft_model
from transformers import AutoModelForCausalLM, AutoTokenizer
from transformers.utils.quantization_config import GgufConfig

import app.models  # noqa: F401  # sets OpenMP's waiting before torch reads it
from app.models.adapter import BUILTIN_ADAPTER
from app.models.installed import model_path
from app.settings import get_settings
from evaluation.adapter_file import write_adapter
from evaluation.drafting_examples import draft_examples
from evaluation.drafting_pages import read_pages

_EPOCHS, _BATCH, _RATE, _WARM_UP = 3, 8, 5e-4, 20
_RANK, _ALPHA = 16, 32.0
_BUCKET = 64
"""Examples that are sorted by length together, so that a batch holds little padding."""
_MODULES = ["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"]

Pair = tuple[list[int], list[int]]
"""Tokens of a prompt and of its answer."""


def main() -> None:
    """Trains on all pages that are not held out, and writes the adapter into the package."""
    settings = get_settings()
    path = model_path(settings, settings.llm_model)
    torch.manual_seed(0)
    model, tokenizer = _load(path)
    chance = random.Random(1)  # noqa: S311
    epochs = []
    for epoch in range(_EPOCHS):  # other distractors in each
        examples = [e for e in draft_examples(read_pages(), settings.prompts_dir, epoch) if not e.held_out]
        chance.shuffle(examples)
        epochs.append([_encode(tokenizer, example.prompt.text, example.taught) for example in examples])
    parameters = [parameter for parameter in model.parameters() if parameter.requires_grad]
    optimizer = torch.optim.AdamW(parameters, lr=_RATE, weight_decay=0.01, betas=(0.9, 0.98))
    total = sum(math.ceil(len(pairs) / _BATCH) for pairs in epochs)
    step = 0
    for number, pairs in enumerate(epochs, start=1):
        loss_sum = tokens = 0.0
        for batch in _batches(pairs, chance):
            rate = _RATE * min(1, (step + 1) / _WARM_UP) * 0.5 * (1 + math.cos(math.pi * step / total))
            for group in optimizer.param_groups:
                group["lr"] = rate
            loss, count = _loss(model, batch)
            torch.autograd.backward(loss / count)
            torch.nn.utils.clip_grad_norm_(parameters, 1.0)
            optimizer.step()
            optimizer.zero_grad()
            step += 1
            loss_sum, tokens = loss_sum + float(loss.detach()), tokens + count
        _write(model)
        print(f"epoch {number}: loss {loss_sum / tokens:.3f} a token", flush=True)  # noqa: T201
    print(f"{BUILTIN_ADAPTER.name} written, {BUILTIN_ADAPTER.stat().st_size / 1e6:.1f} MB")  # noqa: T201


def _write(model: Any) -> None:
    tensors = {
        name.replace(".default", ""): value.detach().float().numpy()
        for name, value in model.named_parameters()
        if value.requires_grad
    }
    write_adapter(BUILTIN_ADAPTER, tensors, _ALPHA, "gemma3")


def _load(path: Path) -> tuple[Any, Any]:
    model = AutoModelForCausalLM.from_pretrained(
        path.parent,
        gguf_file=path.name,
        dtype=torch.bfloat16,
        attn_implementation="eager",
        quantization_config=GgufConfig(gguf_file=path.name, dequantize=True),
    )
    tokenizer = AutoTokenizer.from_pretrained(path.parent, gguf_file=path.name)
    config = LoraConfig(
        r=_RANK, lora_alpha=int(_ALPHA), lora_dropout=0.0, target_modules=_MODULES, task_type="CAUSAL_LM"
    )
    return get_peft_model(model, config), tokenizer


def _encode(tokenizer: Any, prompt: str, answer: str) -> Pair:
    """The answer ends with a line break, where the template stops."""
    return tokenizer(prompt)["input_ids"], tokenizer(answer + "\n", add_special_tokens=False)["input_ids"]


def _batches(pairs: list[Pair], chance: random.Random) -> Iterator[list[Pair]]:
    buckets = [
        sorted(pairs[start : start + _BUCKET], key=lambda pair: len(pair[0]) + len(pair[1]))
        for start in range(0, len(pairs), _BUCKET)
    ]
    batches = [bucket[start : start + _BATCH] for bucket in buckets for start in range(0, len(bucket), _BATCH)]
    chance.shuffle(batches)
    yield from batches


def _loss(model: Any, batch: list[Pair]) -> tuple[torch.Tensor, int]:
    """Summed cross-entropy of the answers' tokens, and their number; probabilities are computed for those only."""
    length = max(len(prompt) + len(answer) for prompt, answer in batch)
    ids = torch.zeros(len(batch), length, dtype=torch.long)
    mask = torch.zeros_like(ids)
    places, wanted = [], []
    for row, (prompt, answer) in enumerate(batch):
        tokens = prompt + answer
        ids[row, : len(tokens)] = torch.tensor(tokens)
        mask[row, : len(tokens)] = 1
        places += [(row, place) for place in range(len(prompt) - 1, len(tokens) - 1)]
        wanted += answer
    causal = model.base_model.model
    states = causal.model(input_ids=ids, attention_mask=mask, use_cache=False).last_hidden_state
    rows, columns = torch.tensor(places).T
    logits = causal.lm_head(states[rows, columns]).float()
    return torch.nn.functional.cross_entropy(logits, torch.tensor(wanted), reduction="sum"), len(wanted)


if __name__ == "__main__":
    main()
