"""Tandem's training pipeline: corpora → tokenizer → LLM → hybrid → evaluate → export. One step a module."""
