#!/usr/bin/env bash
# The base rung: one H100, under 30 minutes of it, in commands that may be as short as 10 minutes. Three commands:
#   base.sh prepare RUN          here, on a CPU: cut, count the vocabulary, encode; leaves RUN/parts (≤15 MiB each) to send to the GPU
#   base.sh start RUN MINUTES    there: joins the parts, then trains LLM, hybrid and SLM alone, detached, until MINUTES from now; log in RUN/base.log.
#                                Run it again after a stop, or with more minutes: it resumes
#   base.sh send RUN OUT         there: the checkpoints so far, float16, in parts of ≤15 MiB, under OUT/{llm,hybrid,slm}; put together again
#                                with `python -m tandem_training.parts join OUT/llm llm`
# There it needs PyTorch with CUDA, Transformers, tokenizers, safetensors, SentencePiece, regex, sacrebleu and zstandard; not CTranslate2: targets
# for the hybrid are written greedily, in PyTorch.
# BATCH_TOKENS=32000 halves the memory that a step takes. TINY=1 makes every size tiny: the rehearsal on a CPU.
set -euo pipefail
usage="expected: base.sh prepare RUN, base.sh start RUN MINUTES, or base.sh send RUN OUT"
command=${1:?$usage} run=$(realpath -m "${2:?$usage}")
cd "$(dirname "$0")/.."
python=${PYTHON:-python3} corpora=${CORPORA:-../../shared/corpora} data=$run/data
export PYTHONPATH=.${PYTHONPATH:+:$PYTHONPATH} HF_HUB_OFFLINE=1 TQDM_DISABLE=1 PYTORCH_CUDA_ALLOC_CONF=expandable_segments:True

# Of 100 000 tokens some 57 GiB are kept for the backward pass, which takes a dozen more: too much for 78 GiB beside longer sentences.
vocabulary=16000 batch_tokens=${BATCH_TOKENS:-64000} max_tokens=384
llm_size=(--d-model 512 --d-ff 1536 --heads 8 --encoder-layers 12 --decoder-layers 12 --feed-forward gated-gelu --dropout 0.1)
slm_size=(--d-model 320 --d-ff 1024 --heads 5 --encoder-layers 3 --decoder-layers 2 --feed-forward gated-gelu)
if [ -n "${TINY:-}" ]; then
    vocabulary=800 batch_tokens=2000 max_tokens=96
    llm_size=(--d-model 64 --d-ff 96 --heads 1 --encoder-layers 2 --decoder-layers 2 --feed-forward gated-gelu --dropout 0.1)
    slm_size=(--d-model 32 --d-ff 64 --heads 1 --encoder-layers 1 --decoder-layers 1 --feed-forward gated-gelu)
fi

prepare() {
    "$python" -m tandem_training.phrases --corpora "$corpora" --out "$data/phrases" --informal 0 # its English side is to be read, not written
    "$python" -m tandem_training.corpora --corpora "$corpora" --out "$data" --train-only "$data/phrases" $([ -e "$corpora/summ-en.tsv.zst" ] && echo --summaries)
    mkdir -p "$run/to-send"
    "$python" -m tandem_training.tokenizer --data "$data" --out "$run/to-send/tokenizer.json" --vocabulary $vocabulary
    "$python" -m tandem_training.encode --rows "$data/train.tsv" --tokenizer "$run/to-send/tokenizer.json" --out "$run/to-send/train.npz" \
        --codes-share 0.15
    "$python" -m tandem_training.inline_codes --rows "$data/dev.tsv" --train "$data/train.tsv" --out "$run/to-send/dev-codes.tsv" \
        --per-language 60
    cp "$data/dev-sample.tsv" "$run/to-send/"
    "$python" -m tandem_training.parts split "$run/to-send" "$run/parts"
}

# What would stop the run within its first minute stops it here.
ready() {
    [ -e "$run/parts/parts.json" ] || [ -e "$run/received/train.npz" ] || { echo "$run holds no parts; make them with: base.sh prepare $run" >&2; exit 1; }
    TINY=${TINY:-} "$python" - <<'END'
import os
import torch
from tandem_training import distil, halve, hybrid, llm, parts
if not torch.cuda.is_available() and not os.environ["TINY"]:
    raise SystemExit("PyTorch sees no GPU here; this rung would learn nothing on a CPU (runs/small.sh is made for one)")
END
}

train() { # the deadlines divide the time, evaluations included: LLM 56 %, its targets for the SLM 10 %, hybrid 22 %, SLM alone 12 %
    local minutes=$1 begun; begun=$(date +%s)
    local seconds=$((60 * minutes)) received=$run/received common
    [ -e "$received/train.npz" ] || "$python" -m tandem_training.parts join "$run/parts" "$received"
    common=(--run "$run" --pairs "$received/train.npz" --dev "$received/dev-sample.tsv" --dev-codes "$received/dev-codes.tsv"
        --tokenizer "$received/tokenizer.json" --both-ways
        --batch-tokens $batch_tokens --max-tokens $max_tokens --warmup-steps 200 --evaluate-minutes 10 --evaluate-pairs 16)
    "$python" -m tandem_training.llm "${common[@]}" "${llm_size[@]}" --muon-lr 4e-3 --adam-lr 8e-3 \
        --deadline $((begun + seconds * 56 / 100)) --decay-minutes "$(awk "BEGIN { print $minutes * 0.16 }")"
    rm -rf "$run/distilled.shards" # of an earlier start: the LLM has learnt since
    local mixed=(--distilled "$run/distilled.npz" --distilled-share 0.5)
    "$python" -m tandem_training.distil --llm "$run/llm" --pairs "$received/train.npz" --out "$run/distilled.npz" --limit 1000000 \
        --max-tokens $max_tokens --batch-tokens $((batch_tokens / 2)) --deadline $((begun + seconds * 66 / 100)) || { [ ! -e "$run/distilled.npz" ] && mixed=(); }
    "$python" -m tandem_training.hybrid "${common[@]}" "${mixed[@]}" --llm "$run/llm" "${slm_size[@]}" --muon-lr 4e-3 --adam-lr 8e-3 \
        --deadline $((begun + seconds * 88 / 100)) --decay-minutes "$(awk "BEGIN { print $minutes * 0.08 }")"
    "$python" -m tandem_training.hybrid --alone "${common[@]}" --llm "$run/llm" "${slm_size[@]}" --muon-lr 4e-3 --adam-lr 8e-3 \
        --deadline $((begun + seconds)) --decay-minutes "$(awk "BEGIN { print $minutes * 0.05 }")"
    echo "base: all trained"
}

send() {
    local out=$1 name
    for name in llm hybrid slm; do
        [ -e "$run/$name" ] || continue
        rm -rf "$run/$name.half"
        "$python" -m tandem_training.halve "$run/$name" "$run/$name.half"
        "$python" -m tandem_training.parts split "$run/$name.half" "$out/$name"
    done
}

case $command in
prepare) prepare ;;
start)
    minutes=${3:?$usage}
    mkdir -p "$run"
    exec 9>"$run/base.lock" # held by whatever it starts
    flock -n 9 || { echo "a run is going on in $run; see $run/base.log" >&2; exit 1; }
    ready
    setsid nohup "$PWD/runs/base.sh" train "$run" "$minutes" >>"$run/base.log" 2>&1 </dev/null &
    echo "training detached as process $!, log in $run/base.log"
    ;;
train) train "${3:?$usage}" ;; # what start detaches
send)
    out=$(realpath -m "${3:?$usage}") # apart, so that its lack ends the script
    send "$out"
    ;;
*) echo "$usage; got $command" >&2; exit 2 ;;
esac
