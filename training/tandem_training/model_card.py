"""A manifest → the pack's README.md. Prints no number that the manifest or the evaluation did not measure."""

LANE_WORDS = {
    "llm": "LLM encoder, LLM decoder: the reference",
    "hybrid": "LLM encoder, projector, SLM: the LLM reads, the SLM writes",
    "slm": "the SLM alone, without the LLM",
}


def model_card(manifest: dict, quality_markdown: str | None) -> str:
    lines = [f"# {manifest['name']} {manifest['version']}", "", manifest["description"], ""]
    lines += ["## Tasks", "", *(f"- {task['from']} → {task['to']}, prefix `{task['prefix']}`" for task in manifest["tasks"]), ""]
    lines += ["## Lanes", "", "| lane | what runs | decoder | parameters it adds to the encoder |", "|---|---|---|---:|"]
    for lane, parts in manifest["lanes"].items():
        decoder = parts["decoder"]
        shape = f"{decoder['layers']} layers, {decoder['heads']} heads of {decoder['headSize']}"
        lines.append(f"| {lane} | {LANE_WORDS[lane]} | {shape} | {manifest['parameters'][lane]:,} |")
    encoder = manifest["encoder"]
    lines += [
        "",
        f"Encoder: {encoder['layers']} layers, width {encoder['dModel']}, {manifest['parameters']['encoder']:,} parameters.",
        f"Vocabulary: {manifest['tokenizer']['vocabSize']:,}. Prompts up to {manifest['maxSourceTokens']} tokens.",
        "Method: LLM-to-SLM (arXiv 2402.16844). Weights are 8-bit integers.",
        "",
        "## Quality",
        "",
        quality_markdown.strip() if quality_markdown else "Not measured yet.",
        "",
        "## Training",
        "",
        manifest["training"],
        "",
        "## Licence",
        "",
        f"{manifest['licence']}. See `LICENSE`.",
        "",
    ]
    return "\n".join(lines)
