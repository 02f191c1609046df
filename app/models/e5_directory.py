"""Writes multilingual-e5-small as the directory that sentence-transformers and transformers expect.

The arithmetic is exact and the input fixed, so the weights' SHA-256 is the same on every machine.
"""

import json
from pathlib import Path
from typing import Any

from safetensors.numpy import save_file
from tokenizers import AddedToken, Regex, Tokenizer, normalizers, pre_tokenizers
from tokenizers.models import Unigram
from tokenizers.processors import TemplateProcessing

from app.models.e5_packed import PackedE5, Vocabulary

WEIGHTS_FILE = "model.safetensors"


def write_directory(packed: PackedE5, target: Path) -> None:
    """Fills the existing, empty folder `target` with config, weights, tokenizer and the sentence pipeline."""
    _write_json(target / "config.json", _bert_config(packed))
    save_file(packed.tensors, target / WEIGHTS_FILE, metadata={"format": "pt"})
    _tokenizer(packed.vocabulary).save(str(target / "tokenizer.json"))
    _write_json(target / "tokenizer_config.json", _tokenizer_config(packed.dimensions.positions))
    _write_sentence_pipeline(target, packed)


def _bert_config(packed: PackedE5) -> dict[str, Any]:
    sizes = packed.dimensions
    return {
        "architectures": ["BertModel"],
        "model_type": "bert",
        "hidden_act": "gelu",
        "hidden_size": sizes.hidden,
        "intermediate_size": sizes.feed_forward,
        "layer_norm_eps": packed.epsilon,
        "max_position_embeddings": sizes.positions,
        "num_attention_heads": sizes.heads,
        "num_hidden_layers": sizes.layers,
        "pad_token_id": packed.vocabulary.pad,
        "torch_dtype": "float32",
        "type_vocab_size": sizes.token_types,
        "vocab_size": sizes.vocabulary,
    }


def _tokenizer(vocabulary: Vocabulary) -> Tokenizer:
    pieces = vocabulary.pieces
    bos, eos = pieces[vocabulary.bos][0], pieces[vocabulary.eos][0]
    tokenizer = Tokenizer(Unigram(list(pieces), unk_id=vocabulary.unk, byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.Nmt(), normalizers.NFKC(), normalizers.Replace(Regex(" {2,}"), " ")]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always")
    tokenizer.post_processor = TemplateProcessing(
        single=f"{bos} $A {eos}",
        pair=f"{bos} $A {eos} {eos} $B {eos}",
        special_tokens=[(bos, vocabulary.bos), (eos, vocabulary.eos)],
    )
    special = [pieces[vocabulary.pad][0], pieces[vocabulary.unk][0], bos, eos]
    tokenizer.add_special_tokens([AddedToken(text, normalized=False, special=True) for text in special])
    return tokenizer


def _tokenizer_config(max_tokens: int) -> dict[str, Any]:
    return {
        "tokenizer_class": "PreTrainedTokenizerFast",
        "model_max_length": max_tokens,
        "bos_token": "<s>",
        "eos_token": "</s>",
        "cls_token": "<s>",
        "sep_token": "</s>",
        "pad_token": "<pad>",
        "unk_token": "<unk>",
        "model_input_names": ["input_ids", "attention_mask"],
    }


def _write_sentence_pipeline(target: Path, packed: PackedE5) -> None:
    stages = [
        ("", "sentence_transformers.models.Transformer"),
        ("1_Pooling", "sentence_transformers.models.Pooling"),
        ("2_Normalize", "sentence_transformers.models.Normalize"),
    ]
    _write_json(
        target / "modules.json",
        [
            {"idx": number, "name": str(number), "path": path, "type": kind}
            for number, (path, kind) in enumerate(stages)
        ],
    )
    # BertModel's pooler is not in the package and mean pooling has no use for it: off, rather than made up.
    _write_json(
        target / "sentence_bert_config.json",
        {"max_seq_length": packed.dimensions.positions, "model_args": {"add_pooling_layer": False}},
    )
    _write_json(
        target / "1_Pooling" / "config.json",
        {"word_embedding_dimension": packed.dimensions.hidden, "pooling_mode_mean_tokens": True},
    )
    (target / "2_Normalize").mkdir()
    _write_json(
        target / "config_sentence_transformers.json",
        {
            "prompts": {"query": "query: ", "document": "passage: "},
            "default_prompt_name": None,
            "similarity_fn_name": "cosine",
        },
    )


def _write_json(path: Path, content: object) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
