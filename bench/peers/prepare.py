"""A T5 checkpoint → the same weights as CTranslate2 and Transformers.js take them, 8 bit each, and the benchmark's sentences as ids.

`python prepare.py CHECKPOINT OUT`: OUT/ctranslate2, OUT/transformers-js, OUT/sentences.json ([{text, ids, pieces}], English to German).
"""

import json
import shutil
import sys
import tempfile
from pathlib import Path

import ctranslate2
from onnxruntime.quantization import QuantType, quantize_dynamic
from optimum.exporters.onnx import onnx_export_from_model
from transformers import PreTrainedTokenizerFast, T5ForConditionalGeneration

PREFIX = "translate English to German: "


def prepare(checkpoint: Path, out: Path) -> None:
    tokenizer = PreTrainedTokenizerFast(tokenizer_file=str(checkpoint / "tokenizer.json"), eos_token="</s>", pad_token="<pad>", unk_token="<unk>")
    model = T5ForConditionalGeneration.from_pretrained(checkpoint).float().eval()
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        model.save_pretrained(work / "whole")
        tokenizer.save_pretrained(work / "whole")
        for_ctranslate2(work / "whole", out / "ctranslate2")
        for_transformers_js(model, work / "onnx", out / "transformers-js")
        tokenizer.save_pretrained(out / "transformers-js")
    texts = (Path(__file__).parent.parent / "sentences.txt").read_text(encoding="utf-8").strip().split("\n")
    sentences = []
    for text in texts:
        ids = tokenizer(PREFIX + text).input_ids
        sentences.append({"text": text, "ids": ids, "pieces": tokenizer.convert_ids_to_tokens(ids)})
    (out / "sentences.json").write_text(json.dumps(sentences, ensure_ascii=False) + "\n", encoding="utf-8")


def for_ctranslate2(whole: Path, out: Path) -> None:
    ctranslate2.converters.TransformersConverter(str(whole)).convert(str(out), quantization="int8", force=True)


def for_transformers_js(model: T5ForConditionalGeneration, work: Path, out: Path) -> None:
    """As Transformers.js's own conversion quantizes to `q8` for a CPU: weights signed 8 bit, activations dynamic."""
    onnx_export_from_model(model, output=work, task="text2text-generation-with-past", monolith=False, do_validation=False)
    (out / "onnx").mkdir(parents=True, exist_ok=True)
    for name in ("encoder_model", "decoder_model_merged"):
        quantize_dynamic(
            work / f"{name}.onnx", out / "onnx" / f"{name}_quantized.onnx", weight_type=QuantType.QInt8, extra_options={"EnableSubgraph": True}
        )
    for name in ("config.json", "generation_config.json"):
        shutil.copy(work / name, out / name)


if __name__ == "__main__":
    prepare(Path(sys.argv[1]), Path(sys.argv[2]))
