#!/usr/bin/env bash
# The smoke rung: the whole chain on a few hundred real pairs, under a minute on a CPU, from corpora to a pack that the app's command line
# verifies. Proves that the steps fit together, nothing else.
#   training/runs/smoke.sh RUN
set -euo pipefail
run=$(realpath -m "${1:?run folder}")
cd "$(dirname "$0")/.."
python=${PYTHON:-python3} data=$run/data tokenizer=$run/tokenizer.json
export PYTHONPATH=. HF_HUB_OFFLINE=1 TQDM_DISABLE=1

"$python" -m tandem_training.corpora --corpora tests/fixtures/corpora --out "$data"
"$python" -m tandem_training.tokenizer --data "$data" --out "$tokenizer" --vocabulary 800
"$python" -m tandem_training.encode --rows "$data/train.tsv" --tokenizer "$tokenizer" --out "$data/train.npz" --codes-share 0.15
"$python" -m tandem_training.inline_codes --rows "$data/dev.tsv" --train "$data/train.tsv" --out "$data/dev-codes.tsv" \
  --per-language 8

common=(--run "$run" --pairs "$data/train.npz" --dev "$data/dev-sample.tsv" --dev-codes "$data/dev-codes.tsv"
  --tokenizer "$tokenizer" --deadline $(($(date +%s) + 600))
  --decay-minutes 1 --batch-tokens 1000 --warmup-steps 5 --max-steps 12 --evaluate-pairs 2 --d-model 64 --d-ff 128 --heads 1 --threads 1)
# So many steps that sentences end: the next step keeps no others.
"$python" -m tandem_training.llm "${common[@]}" --encoder-layers 1 --decoder-layers 1 --max-steps 250 --batch-tokens 300 --max-tokens 24 \
  --muon-lr 2e-2 --adam-lr 3e-2
"$python" -m tandem_training.distil --llm "$run/llm" --pairs "$data/train.npz" --out "$data/distilled.npz" --limit 40 --max-tokens 24 \
  --deadline $(($(date +%s) + 600))
"$python" -m tandem_training.hybrid "${common[@]}" --llm "$run/llm" --encoder-layers 1 --distilled "$data/distilled.npz" --distilled-share 0.2
"$python" -m tandem_training.hybrid "${common[@]}" --llm "$run/llm" --encoder-layers 1 --alone
"$python" -m tandem_training.export --llm "$run/llm" --hybrid "$run/hybrid" --slm "$run/slm" --codes --out "$run/pack" --id smoke --name Smoke \
  --training "A few hundred pairs, seconds." --max-tokens 64 --task en de "translate English to German: "
(cd .. && npx tsx src/cli/index.ts packs verify "$run/pack")
