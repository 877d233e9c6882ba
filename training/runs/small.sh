#!/usr/bin/env bash
# The small rung: two CPU cores, everything from corpora to the hybrid, in order. Start it detached:
#   setsid nohup nice -n 19 training/runs/small.sh RUN LLM_MINUTES HYBRID_MINUTES >RUN.log 2>&1 &
# Kill it at any time and start it again: finished files are kept, training resumes from its last checkpoint.
set -euo pipefail
run=$(realpath -m "${1:?run folder}") llm_minutes=${2:-75} hybrid_minutes=${3:-35}
cd "$(dirname "$0")/.."
python=${PYTHON:-python3} corpora=${CORPORA:-../../shared/corpora} tokenizer=packs/small/tokenizer.json data=$run/data
export PYTHONPATH=. HF_HUB_OFFLINE=1 TQDM_DISABLE=1
# Big tensors come and go each step; giving their pages back to the kernel each time halves the speed.
export MALLOC_MMAP_MAX_=0 MALLOC_TRIM_THRESHOLD_=100000000000 MALLOC_TOP_PAD_=536870912
# Waiting threads sleep instead of spinning: the machine is shared.
export OMP_WAIT_POLICY=PASSIVE

[ -e "$data/phrases/en-fr.tsv.zst" ] || "$python" -m tandem_training.phrases --corpora "$corpora" --out "$data/phrases"
[ -e "$data/train.tsv" ] ||
    "$python" -m tandem_training.corpora --corpora "$corpora" --out "$data" --train-only "$data/phrases" ${DICTIONARIES:+"$DICTIONARIES"}
[ -e $tokenizer ] || "$python" -m tandem_training.tokenizer --data "$data" --out $tokenizer
[ -e "$data/train.npz" ] ||
    "$python" -m tandem_training.encode --rows "$data/train.tsv" --tokenizer $tokenizer --out "$data/train.npz" --codes-share 0.15
[ -e "$data/dev-codes.tsv" ] || "$python" -m tandem_training.inline_codes --rows "$data/dev.tsv" --train "$data/train.tsv" --out "$data/dev-codes.tsv"

common=(--pairs "$data/train.npz" --dev "$data/dev-sample.tsv" --dev-codes "$data/dev-codes.tsv" --tokenizer $tokenizer)
# One single-threaded worker a core.
train() { "$python" -m torch.distributed.run --standalone --nproc-per-node "$(nproc)" -m -- "tandem_training.$1" --threads 1 "${@:2}"; }
deadline() { echo $(($(date +%s) + 60 * $1)); }

schedule=(--muon-lr 4e-3 --adam-lr 1.2e-2 --warmup-steps 60)

# Small batches: at some thousand steps in all, the number of steps decides, not their size.
# Short sentences and three layers a side first: a step is cheap and alignment comes early. Then all layers (the added ones start as
# nothing), longer sentences, and a learning rate that falls.
# FROM names a folder with llm/ and hybrid/ to go on from instead, e.g. checkpoints/small: what an earlier run ended with.
if [ -z "${FROM:-}" ]; then
    train llm --run "$run/shallow" "${common[@]}" --encoder-layers 3 --decoder-layers 3 --max-tokens 36 --batch-tokens 2000 \
        --deadline "${SHALLOW_DEADLINE:-$(deadline $((llm_minutes / 2)))}" --decay-minutes 0.01 "${schedule[@]}"
fi
train llm --run "$run" "${common[@]}" --init "${FROM:-$run/shallow}/llm" --max-tokens 128 --batch-tokens 2500 \
    --deadline "${LLM_DEADLINE:-$(deadline $((llm_minutes / 2)))}" --decay-minutes 15 "${schedule[@]}"
# A quarter of the hybrid's time goes into targets that the LLM writes, of four the nearest to the reference: they are plainer than the references,
# and a one-layer decoder learns them better (Kim and Rush 2016). Without any that are usable it learns from the references alone.
mixed=(--distilled "$run/distilled.npz" --distilled-share 0.5)
train distil --llm "$run/llm" --pairs "$data/train.npz" --out "$run/distilled.npz" --limit 400000 --max-tokens 128 --beam 4 \
    --deadline "${DISTIL_DEADLINE:-$(deadline $((hybrid_minutes / 4)))}" || { [ ! -e "$run/distilled.npz" ] && mixed=(); }
train hybrid --run "$run" "${common[@]}" "${mixed[@]}" --llm "$run/llm" ${FROM:+--init "$FROM/hybrid"} --max-tokens 128 --batch-tokens 1200 \
    --deadline "${HYBRID_DEADLINE:-$(deadline $((hybrid_minutes * 3 / 4)))}" --decay-minutes 9 "${schedule[@]}"
