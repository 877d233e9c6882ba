"""Step 1, the other way. A Hugging Face `datasets` data set of translations → train.tsv, dev.tsv, test.tsv and their samples.

Needs the optional dependency `datasets` (pip install -e 'training[datasets]'). Takes a folder that `save_to_disk` wrote, or a hub name, with
text columns (--source, --target) or a `translation` column of {language: text}. Splits are cut by the corpora step's hash, whatever splits the
data set has: all of them together.
"""

import argparse
from collections.abc import Iterator
from pathlib import Path

from tandem_training.corpora import refusal, tidy, write_splits
from tandem_training.tokenizer import prefix_of


def read_dataset(name: str, configuration: str | None):
    """All splits as a list."""
    try:
        import datasets
    except ModuleNotFoundError:
        raise SystemExit("this step needs the optional dependency: pip install -e 'training[datasets]'") from None
    try:
        found = datasets.load_from_disk(name) if Path(name).exists() else datasets.load_dataset(name, configuration)
    except (OSError, ValueError) as error:
        raise SystemExit(f"{name}: expected a folder that save_to_disk wrote, or a data set on the hub: {error}") from error
    return list(found.values()) if isinstance(found, dict) else [found]


def texts_of(splits: list, source: str, target: str) -> Iterator[tuple[str, str]]:
    for split in splits:
        columns = split.column_names
        if source in columns and target in columns:
            yield from zip(split[source], split[target], strict=True)
        elif "translation" in columns:
            for pair in split["translation"]:
                if source not in pair or target not in pair:
                    raise SystemExit(f"expected translations between {source} and {target}, got {', '.join(pair)}")
                yield pair[source], pair[target]
        else:
            raise SystemExit(f"expected columns {source} and {target}, or translation; got {', '.join(columns)}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--dataset", required=True, help="folder or hub name")
    parser.add_argument("--configuration", help="of a data set on the hub that has several, e.g. de-en")
    parser.add_argument("--source", default="en", help="column, or language in `translation`")
    parser.add_argument("--target", required=True, help="column, or language in `translation`")
    parser.add_argument("--task", help="the target language, e.g. de, or a prefix that ends in a colon; default: --target")
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    task = arguments.task or arguments.target
    prefix_of(task)
    name = Path(arguments.dataset).name
    pairs = texts_of(read_dataset(arguments.dataset, arguments.configuration), arguments.source, arguments.target)
    tidied = [(tidy(source), tidy(target)) for source, target in pairs]
    kept = [(task, "other", name, source, target) for source, target in tidied if not refusal(source, target)]
    write_splits(arguments.out, kept)
    print(f"refused: {len(tidied) - len(kept)} of {len(tidied)}")
