"""Step 2. train.tsv → tokenizer.json, the one definition of tokenization for training, export and the app.

A SentencePiece unigram vocabulary with byte fallback, balanced over English, German and French, rewritten as a Hugging Face
tokenizer.json out of components that a JavaScript runtime has as well: no precompiled character map.
Ids: <pad> 0, </s> 1, <unk> 2; then pieces; then the task prefixes (each one token) and the reserved <extra_id_i>.
"""

import argparse
import io
import random
from pathlib import Path

import sentencepiece
from tokenizers import AddedToken, Regex, Tokenizer, decoders, normalizers, pre_tokenizers, processors
from tokenizers.models import Unigram

from tandem_training.corpora import read_rows

PAD, EOS, UNK = 0, 1, 2
PREFIXES = {
    ("en", "de"): "translate English to German:",
    ("en", "fr"): "translate English to French:",
    ("de", "en"): "translate German to English:",
    ("fr", "en"): "translate French to English:",
    ("en", "summary"): "summarize:",
}
EXTRA_IDS = 32
SPACES = "[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+"
METASPACE = "\u2581"


def prefix_of(language: str) -> str:
    """Of a row's first column: the language that English becomes, or a prefix itself, which ends in a colon."""
    if language.endswith(":"):
        return language
    if ("en", language) not in PREFIXES:
        known = ", ".join(to for source, to in PREFIXES if source == "en")
        raise SystemExit(f"expected one of {known}, or a prefix with a colon at its end, got {language!r}")
    return PREFIXES["en", language]


def train_pieces(sentences: list[str], vocabulary: int) -> list[tuple[str, float]]:
    """Pieces with log-probabilities; the first three are <pad>, </s>, <unk>."""
    model = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(sentences), model_writer=model, model_type="unigram", vocab_size=vocabulary,
        byte_fallback=True, normalization_rule_name="identity", split_digits=True, character_coverage=0.9995,
        pad_id=PAD, eos_id=EOS, unk_id=UNK, bos_id=-1, pad_piece="<pad>", eos_piece="</s>", unk_piece="<unk>",
        hard_vocab_limit=False, num_threads=2, minloglevel=2,
    )  # fmt: skip
    processor = sentencepiece.SentencePieceProcessor(model_proto=model.getvalue())
    pieces = [(processor.id_to_piece(i), processor.get_score(i)) for i in range(processor.vocab_size())]
    # Unused pieces keep the ids where the embedding expects them when the text was too small to fill the vocabulary.
    return pieces + [(f"<unused_{i}>", -100.0) for i in range(len(pieces), vocabulary)]


def build(pieces: list[tuple[str, float]]) -> Tokenizer:
    tokenizer = Tokenizer(Unigram(pieces, unk_id=UNK, byte_fallback=True))
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.NFC(), normalizers.Replace(Regex(SPACES), " "), normalizers.Strip(left=True, right=True)]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(METASPACE, prepend_scheme="always")
    tokenizer.decoder = decoders.Sequence(
        [decoders.Replace(METASPACE, " "), decoders.ByteFallback(), decoders.Fuse(), decoders.Strip(" ", left=1, right=0)]
    )
    tokenizer.post_processor = processors.TemplateProcessing(single="$A </s>", special_tokens=[("</s>", EOS)])
    tokenizer.add_special_tokens([AddedToken(piece, special=True, normalized=False) for piece, _ in pieces[:3]])
    tokenizer.add_tokens([AddedToken(prefix, normalized=False) for prefix in PREFIXES.values()])
    tokenizer.add_special_tokens([AddedToken(f"<extra_id_{i}>", special=True, normalized=False) for i in range(EXTRA_IDS)])
    return tokenizer


def balanced_sentences(rows: list[tuple[str, str, str, str, str]], per_language: int, seed: int = 0) -> list[str]:
    """As many sentences of English (from either corpus), German and French; everyday and documentation over the rest."""
    random.Random(seed).shuffle(rows)
    wanted = [row for row in rows if row[1] in ("everyday", "docs", "prose")]
    texts = {
        "en": [row[3] for row in wanted],
        **{language: [row[4] for row in wanted if row[0] == language] for language in ("de", "fr")},
    }
    return [text for sentences in texts.values() for text in sentences[:per_language]]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the corpora step")
    parser.add_argument("--out", type=Path, required=True, help="tokenizer.json to write")
    parser.add_argument("--vocabulary", type=int, default=8000, help="all ids, specials and prefixes included")
    parser.add_argument("--per-language", type=int, default=150_000)
    arguments = parser.parse_args()
    sentences = balanced_sentences(read_rows(arguments.data / "train.tsv"), arguments.per_language)
    tokenizer = build(train_pieces(sentences, arguments.vocabulary - len(PREFIXES) - EXTRA_IDS))
    if tokenizer.get_vocab_size() != arguments.vocabulary:
        raise SystemExit(f"expected {arguments.vocabulary} ids, got {tokenizer.get_vocab_size()}")
    arguments.out.parent.mkdir(parents=True, exist_ok=True)
    tokenizer.save(str(arguments.out))
