"""Translates with CTranslate2, one thread: a line of JSON in ({ids, pieces, limit}), a line out ({ms, steps, ids})."""

import json
import sys
import time

import ctranslate2

translator = ctranslate2.Translator(sys.argv[1], device="cpu", compute_type="int8", inter_threads=1, intra_threads=1)
number = {piece: i for i, piece in enumerate(json.load(open(f"{sys.argv[1]}/shared_vocabulary.json", encoding="utf-8")))}
for line in sys.stdin:
    asked = json.loads(line)
    began = time.perf_counter()
    result = translator.translate_batch([asked["pieces"]], beam_size=1, max_decoding_length=asked["limit"], return_end_token=True)[0]
    ms = 1000 * (time.perf_counter() - began)
    ids = [number[piece] for piece in result.hypotheses[0]]
    print(json.dumps({"ms": ms, "ids": ids}), flush=True)
