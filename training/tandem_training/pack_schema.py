"""Checks a manifest against resources/pack.schema.json, which the app generates from src/shared/pack.ts."""

import json
import sys
from pathlib import Path

import jsonschema

SCHEMA = Path(__file__).resolve().parents[2] / "resources" / "pack.schema.json"


def check_manifest(manifest: dict) -> None:
    if not SCHEMA.is_file():
        print(f"pack.json not checked: {SCHEMA.parent.name}/{SCHEMA.name} has not been generated", file=sys.stderr)
        return
    validator = jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))
    errors = [f"{'/'.join(map(str, error.absolute_path)) or '(root)'}: {error.message}" for error in validator.iter_errors(manifest)]
    if errors:
        raise SystemExit("pack.json does not fit its schema:\n" + "\n".join(errors))
