# The set-up of `make setup` in two stages: one that compiles, and one that runs as an ordinary user on a read-only
# root file system. Built and started like this:
#
#   docker build -t amtslotse --build-arg TORCH_INDEX_URL=https://download.pytorch.org/whl/cpu .
#   docker run --read-only --tmpfs /tmp --cap-drop=ALL --security-opt no-new-privileges \
#       -p 127.0.0.1:8000:8000 -v amtslotse-data:/data -v amtslotse-models:/models amtslotse

FROM python:3.11-slim AS builder

# Where torch comes from. Empty takes the default index, whose torch brings several GB of CUDA libraries along.
ARG TORCH_INDEX_URL=""
# What the processors that will run this image have, in the words of /proc/cpuinfo. AVX2 is in every server since 2015.
ARG CPU_FEATURES="sse4_2 avx avx2 bmi2 fma f16c"

RUN apt-get update \
    && apt-get install --yes --no-install-recommends build-essential \
    && rm -rf /var/lib/apt/lists/*

WORKDIR /opt/amtslotse
COPY pyproject.toml README.md ./
COPY requirements/ requirements/
COPY scripts/ scripts/
COPY app/ app/
COPY cli/ cli/
COPY evaluation/ evaluation/
COPY ingest/ ingest/
COPY knowledge/ knowledge/
COPY prompts/ prompts/
RUN --mount=type=cache,target=/root/.cache \
    python3 -m scripts.setup install --cpu "${CPU_FEATURES}"


FROM python:3.11-slim

RUN apt-get update \
    && apt-get install --yes --no-install-recommends libgomp1 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --uid 10001 --create-home --home-dir /home/amtslotse amtslotse \
    && install --directory --owner=amtslotse --group=amtslotse /data /models

COPY --from=builder /opt/amtslotse /opt/amtslotse

ENV PATH=/opt/amtslotse/.venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    AMTSLOTSE_HOST=0.0.0.0 \
    AMTSLOTSE_DATA_DIR=/data \
    AMTSLOTSE_MODELS_DIR=/models \
    HF_HOME=/models/.huggingface \
    HF_HUB_OFFLINE=1 \
    XDG_CACHE_HOME=/tmp

WORKDIR /opt/amtslotse
USER 10001
VOLUME ["/data", "/models"]
EXPOSE 8000

HEALTHCHECK --interval=30s --timeout=5s --start-period=180s --retries=3 \
    CMD ["python", "-c", "import os, urllib.request; urllib.request.urlopen(f\"http://127.0.0.1:{os.environ.get('AMTSLOTSE_PORT', '8000')}/healthz\", timeout=4)"]

# The first start builds the models into their volume and publishes the knowledge; later ones find both.
CMD ["sh", "-c", "python -m scripts.setup content && exec amtslotse serve"]
