"""Tandem's training pipeline: corpora → tokenizer → LLM → hybrid → evaluate → export. One step a module."""

import os

# Since 1.29 ONNX Runtime reports its use to its maker unless it is told not to before it is loaded.
os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")
