/** What `--help` says. */
export const USAGE = `Usage:
  translate --to LANGUAGE [--from LANGUAGE] [--lane hybrid|llm|exact|slm] [--beam N] [--pack ID|DIR] [--json] [PLACE] [FILE]
      Translates FILE, or standard input, to standard output. Progress and errors go to standard error.
      --from   language of the text (default: en)
      --lane   hybrid: the large model reads, the small one writes (default); llm: the large one writes;
               exact: what llm writes, drafted by the small one where that is faster; slm: the small one alone
      --beam   how many candidates to keep, 1 to 8; 1 is greedy (default: what the model is meant to be used with)
      --json   one object per input line: source, text, lane, tokens, flagged, timings; with exact: speculation
  document IN... [--to LANGUAGE] [--from LANGUAGE] [--out FILE|DIR] [--lane hybrid|llm|slm] [--beam N] [--pack ID|DIR]
           [--name PATTERN] [--pdf-as docx|html|md] [--bilingual] [--memory] [--cores N] [--resume|--fresh] [--json] [PLACE]
      Translates documents, and those in folders, into name_LANGUAGE.ext beside them; nothing is overwritten. A gettext template (.pot)
      becomes a catalogue (.po). A run that was cut off is gone on with by the same command.
      --out    a folder for the translations, or with one document a file
      --name   how they are named: {name} and {lang} once each, for example {name}.{lang} (default: {name}_{lang})
      --pdf-as what the text of a PDF flows into (default: docx)
      --bilingual  a second file, source and translation paragraph by paragraph (Word, web pages, Markdown, plain text)
      --memory keeps the translations, and takes those that are known
      --cores  processes that translate side by side, each with the pack open (default: a processor each, up to 8, as memory allows)
      --resume goes on also when the document or the pack was changed since; --fresh starts anew; both with what was cut off only
      --json   a report on standard output
  summarize [--length headline|short|long] [--form paragraph|bullets] [--lane hybrid|llm] [--pack ID|DIR] [--sources] [--json | --jsonl] [PLACE]
            [FILE]
      Summarizes a text or a document in any format that is known here, or standard input. What is too long to be read at once is
      summarized in parts. What nothing in the text supports, and numbers and names that it does not hold, are told on standard error.
      --length default: short; --form default: paragraph
      --sources  after the summary, each sentence of it with those of the text that it rests on
      --json   one object: text, parts, and summary with ranges of the text; --sources writes them out
      --jsonl  each line of the input is an object {"text": …} with or without "id"; one object for each in the same order, with "error"
               where there is nothing to summarize
  memory list | import FILE.tmx... | export FILE.tmx --to LANGUAGE [--from LANGUAGE]
  glossary list | import FILE... | export FILE --to LANGUAGE [--from LANGUAGE]
      What documents are helped by: translations in TMX, terms in CSV or TBX. Terms are used by translate and document whenever there are
      any. Both lie where runs that were cut off are kept; TANDEM_DATA names another folder, the app's own perhaps.
  PLACE is where and how the models run:
      --provider automatic|cpu|webgpu|dml|coreml|cuda   automatic (default): where "packs probe" found the pack right and faster, else the CPU
      --threads  for reading, 1 to 64 (default: 2 where there are as many processors)
  packs list
  packs verify DIR
  packs import FOLDER|ZIP [--from LANGUAGE --to LANGUAGE [--prefix TEXT]]
      Checks a pack, tries it, and puts it into the first folder of TANDEM_PACKS, or else where the app keeps its own.
      A T5, Flan-T5, mT5, MADLAD, Marian, BART, mBART, mBART-50, M2M100 or NLLB model as Hugging Face Optimum exports it becomes a pack.
      --from, --to, --prefix   for a model that does not tell its languages, or what to put before a text
  packs remove ID
  packs probe [ID|DIR] [--provider webgpu|dml|coreml|cuda]
      Tests what this machine has besides the CPU: whether the pack writes the same there, and how fast. What was found is remembered.
      --provider   only this one, also where it ended or blocked an earlier test
  facts
      What a report of a bug needs to know of this machine, as JSON: versions, processor, memory, packs. No text and no name of yours.
  --help, --version

Packs are looked for in resources/packs, in the folders of TANDEM_PACKS and where the app keeps those that were imported.
Exit code: 0 done, 1 failed, 2 wrong usage.`;
