"""No library calls home: applied before any of them is imported, by `app/__init__.py`.

Set for good rather than as a default: what the operator's shell happens to hold must not open a way out. Only
`amtslotse models pull`, which says so, and the language model server and websites that the operator configured are
ever connected to; none of them reads these variables.
"""

import os

_NO_EGRESS = {
    "HF_HUB_OFFLINE": "1",  # huggingface_hub, and with it transformers, sentence-transformers and tokenizers
    "TRANSFORMERS_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "HF_HUB_DISABLE_IMPLICIT_TOKEN": "1",
    "DO_NOT_TRACK": "1",  # the agreement that huggingface_hub and others honour
    "ANONYMIZED_TELEMETRY": "False",  # chromadb
    "CHROMA_OTEL_COLLECTION_ENDPOINT": "",
    "OTEL_SDK_DISABLED": "true",  # opentelemetry, which comes with chromadb
    "OTEL_TRACES_EXPORTER": "none",
    "OTEL_METRICS_EXPORTER": "none",
    "OTEL_LOGS_EXPORTER": "none",
}


def stay_offline() -> None:
    """Switches off downloads and telemetry of all libraries for this process and its children."""
    os.environ.update(_NO_EGRESS)
