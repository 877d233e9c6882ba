/** Command line → one command, or a usage error. Reads nothing and runs nothing. */
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { reflowFormatSchema, type ReflowFormat } from '../shared/document';
import {
  decodingSchema,
  requestLaneSchema,
  summaryFormSchema,
  summaryLengthSchema,
  type Decoding,
  type RequestLane,
  type SummaryForm,
  type SummaryLength,
} from '../shared/inference';
import { namePatternSchema, USUAL_NAME_PATTERN } from '../shared/output-name';
import { languageSchema, laneSchema, type Lane } from '../shared/pack';

export type Command =
  | { kind: 'help' }
  | { kind: 'version' }
  | {
      kind: 'translate';
      from: string;
      to: string;
      lane: RequestLane;
      decoding: Decoding;
      /** Id or folder; null: the first usable pack. */
      pack: string | null;
      json: boolean;
      /** Null: standard input. */
      file: string | null;
    }
  | {
      kind: 'document';
      from: string;
      to: string;
      lane: Lane;
      decoding: Decoding;
      /** Id or folder; null: the first usable pack. */
      pack: string | null;
      json: boolean;
      /** Files and folders. */
      inputs: string[];
      /** A file or a folder; null: beside the sources. */
      out: string | null;
      /** How translations are named. */
      namePattern: string;
      /** What PDFs become. */
      reflowInto: ReflowFormat;
      changed: 'ask' | 'keep' | 'fresh';
      /** Also writes source and translation paragraph by paragraph. */
      bilingual: boolean;
      /** Keeps translations, and takes those that are known. */
      memory: boolean;
    }
  | {
      kind: 'memory';
      list: 'memory' | 'glossary';
      verb: 'list' | 'import' | 'export';
      from: string;
      to: string;
      files: string[];
    }
  | {
      kind: 'summarize';
      length: SummaryLength;
      form: SummaryForm;
      /** Null: the hybrid where the pack has one, else the LLM. */
      lane: Lane | null;
      /** Id or folder; null: the first usable pack. */
      pack: string | null;
      json: boolean;
      /** Tell what each sentence rests on. */
      sources: boolean;
      /** One text, or one in each line. */
      input: 'text' | 'jsonl';
      /** Null: standard input. */
      file: string | null;
    }
  | { kind: 'packs-list' }
  | { kind: 'packs-verify'; folder: string }
  /** A folder or a zip. */
  | { kind: 'packs-import'; path: string; languages: { from: string; to: string; prefix: string | null } | null }
  | { kind: 'packs-remove'; id: string };

export const USAGE = `Usage:
  translate --to LANGUAGE [--from LANGUAGE] [--lane hybrid|llm|exact|slm] [--beam N] [--pack ID|DIR] [--json] [FILE]
      Translates FILE, or standard input, to standard output. Progress and errors go to standard error.
      --from   language of the text (default: en)
      --lane   hybrid: the large model reads, the small one writes (default); llm: the large one writes;
               exact: what llm writes, drafted by the small one where that is faster; slm: the small one alone
      --beam   how many candidates to keep, 1 to 8 (default: 1, greedy)
      --json   one object per input line: source, text, lane, tokens, timings; with exact: speculation
  document IN... [--to LANGUAGE] [--from LANGUAGE] [--out FILE|DIR] [--lane hybrid|llm|slm] [--beam N] [--pack ID|DIR]
           [--name PATTERN] [--pdf-as docx|html|md] [--bilingual] [--memory] [--resume|--fresh] [--json]
      Translates documents, and those in folders, into name_LANGUAGE.ext beside them; nothing is overwritten. A run that was cut off is
      gone on with by the same command.
      --out    a folder for the translations, or with one document a file
      --name   how they are named: {name} and {lang} once each, for example {name}.{lang} (default: {name}_{lang})
      --pdf-as what the text of a PDF flows into (default: docx)
      --bilingual  a second file, source and translation paragraph by paragraph (Word, web pages, Markdown, plain text)
      --memory keeps the translations, and takes those that are known
      --resume goes on also when the document or the pack was changed since; --fresh starts anew
      --json   a report on standard output
  summarize [--length headline|short|long] [--form paragraph|bullets] [--lane hybrid|llm] [--pack ID|DIR] [--sources] [--json] [FILE]
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
  packs list
  packs verify DIR
  packs import FOLDER|ZIP [--from LANGUAGE --to LANGUAGE [--prefix TEXT]]
      Checks a pack, tries it, and puts it into the first folder of TANDEM_PACKS, or else where the app keeps its own.
      A T5, mT5, MADLAD, Marian, BART, mBART-50, M2M100 or NLLB model as Hugging Face Optimum exports it becomes a pack.
      --from, --to, --prefix   for a model that does not tell its languages, or what to put before a text
  packs remove ID
  --help, --version

Packs are looked for in resources/packs, in the folders of TANDEM_PACKS and where the app keeps those that were imported.
Exit code: 0 done, 1 failed, 2 wrong usage.`;

/** A mistake of the person who typed; exit code 2. */
export class UsageError extends Error {}

export function parseCommand(args: readonly string[]): Command {
  const { values, positionals } = parse(args);
  const { help, version, ...options } = values;
  if (help) return { kind: 'help' };
  if (version) return { kind: 'version' };
  const [verb, ...rest] = positionals;
  if (verb === 'packs') return packsCommand(options, rest);
  if (options.prefix !== undefined) throw new UsageError('--prefix goes with packs import only.');
  if (verb === 'translate') return translateCommand(options, rest);
  if (verb === 'document') return documentCommand(options, rest);
  if (verb === 'summarize') return summarizeCommand(options, rest);
  if (verb === 'memory' || verb === 'glossary') return memoryCommand(verb, options, rest);
  throw new UsageError(
    verb === undefined
      ? 'Expected a command: translate, document, summarize, memory, glossary or packs.'
      : `Unknown command "${verb}"; expected translate, document, summarize, memory, glossary or packs.`,
  );
}

type Options = Omit<ReturnType<typeof parse>['values'], 'help' | 'version'>;

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      strict: true,
      options: {
        to: { type: 'string' },
        from: { type: 'string' },
        lane: { type: 'string' },
        beam: { type: 'string' },
        pack: { type: 'string' },
        json: { type: 'boolean' },
        prefix: { type: 'string' },
        out: { type: 'string' },
        name: { type: 'string' },
        'pdf-as': { type: 'string' },
        resume: { type: 'boolean' },
        fresh: { type: 'boolean' },
        bilingual: { type: 'boolean' },
        memory: { type: 'boolean' },
        length: { type: 'string' },
        form: { type: 'string' },
        sources: { type: 'boolean' },
        jsonl: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
        version: { type: 'boolean' },
      },
    });
  } catch (error) {
    // Node's advice after the first sentence is about its own options.
    if (error instanceof TypeError) throw new UsageError(`${error.message.replace(/\.?( [A-Z].*)?$/s, '')}.`);
    throw error;
  }
}

const NAMING = '{name} and {lang} once each, and what a file’s name may hold, for example {name}.{lang}';
const DOCUMENT_OPTIONS = ['out', 'name', 'pdf-as', 'resume', 'fresh', 'bilingual', 'memory'] as const;
const SUMMARY_OPTIONS = ['length', 'form', 'sources', 'jsonl'] as const;
const TRANSLATION_OPTIONS = ['to', 'from', 'beam'] as const;

function refuseForeign(options: Options, command: string, names: readonly (keyof Options)[], goesWith: string): void {
  const foreign = names.find((name) => options[name] !== undefined);
  if (foreign !== undefined) throw new UsageError(`--${foreign} does not go with ${command}; it goes with ${goesWith}.`);
}

function translateCommand(options: Options, files: readonly string[]): Command {
  refuseForeign(options, 'translate', DOCUMENT_OPTIONS, 'document');
  refuseForeign(options, 'translate', SUMMARY_OPTIONS, 'summarize');
  if (options.to === undefined) throw new UsageError('Expected --to with a language, for example --to de.');
  if (files.length > 1) throw new UsageError(`Expected one FILE, got ${files.length}.`);
  const file = files[0] ?? '-';
  return {
    kind: 'translate',
    from: checked(languageSchema, '--from', options.from ?? 'en', 'a language such as en'),
    to: checked(languageSchema, '--to', options.to, 'a language such as de'),
    lane: checked(requestLaneSchema, '--lane', options.lane ?? 'hybrid', requestLaneSchema.options.join(', ')),
    decoding: decodingOf(options.beam ?? '1'),
    pack: options.pack ?? null,
    json: options.json ?? false,
    file: file === '-' ? null : file,
  };
}

function summarizeCommand(options: Options, files: readonly string[]): Command {
  refuseForeign(options, 'summarize', DOCUMENT_OPTIONS, 'document');
  refuseForeign(options, 'summarize', TRANSLATION_OPTIONS, 'translate and document');
  if (options.json && options.jsonl) throw new UsageError('Expected --json or --jsonl, got both.');
  if (files.length > 1) throw new UsageError(`Expected one FILE, got ${files.length}.`);
  const file = files[0] ?? '-';
  return {
    kind: 'summarize',
    length: checked(summaryLengthSchema, '--length', options.length ?? 'short', summaryLengthSchema.options.join(', ')),
    form: checked(summaryFormSchema, '--form', options.form ?? 'paragraph', summaryFormSchema.options.join(', ')),
    lane: options.lane === undefined ? null : checked(laneSchema, '--lane', options.lane, 'hybrid or llm'),
    pack: options.pack ?? null,
    json: options.json ?? false,
    sources: options.sources ?? false,
    input: options.jsonl ? 'jsonl' : 'text',
    file: file === '-' ? null : file,
  };
}

function documentCommand(options: Options, inputs: readonly string[]): Command {
  refuseForeign(options, 'document', SUMMARY_OPTIONS, 'summarize');
  if (inputs.length === 0) throw new UsageError('Expected files or folders to translate.');
  if (options.resume && options.fresh) throw new UsageError('Expected --resume or --fresh, got both.');
  return {
    kind: 'document',
    from: checked(languageSchema, '--from', options.from ?? 'en', 'a language such as en'),
    to: checked(languageSchema, '--to', options.to ?? 'de', 'a language such as de'),
    lane: checked(laneSchema, '--lane', options.lane ?? 'hybrid', laneSchema.options.join(', ')),
    decoding: decodingOf(options.beam ?? '1'),
    pack: options.pack ?? null,
    json: options.json ?? false,
    inputs: [...inputs],
    out: options.out ?? null,
    namePattern: checked(namePatternSchema, '--name', options.name ?? USUAL_NAME_PATTERN, NAMING),
    reflowInto: checked(reflowFormatSchema, '--pdf-as', options['pdf-as'] ?? 'docx', reflowFormatSchema.options.join(', ')),
    changed: options.fresh ? 'fresh' : options.resume ? 'keep' : 'ask',
    bilingual: options.bilingual ?? false,
    memory: options.memory ?? false,
  };
}

function decodingOf(beam: string): Decoding {
  if (beam === '1') return { kind: 'greedy' };
  const width = /^\d+$/.test(beam) ? Number(beam) : Number.NaN;
  const parsed = decodingSchema.safeParse({ kind: 'beam', width });
  if (!parsed.success) throw new UsageError(`--beam: got "${beam}", expected a number from 1 to 8.`);
  return parsed.data;
}

function memoryCommand(list: 'memory' | 'glossary', options: Options, [verb, ...files]: readonly string[]): Command {
  const { from = 'en', to, ...others } = options;
  const foreign = Object.keys(others)[0];
  if (foreign !== undefined) throw new UsageError(`--${foreign} does not go with ${list}.`);
  if ((verb !== 'list' && verb !== 'import' && verb !== 'export') || (verb === 'list') !== (files.length === 0)) {
    throw new UsageError(`Expected "${list} list", "${list} import FILE..." or "${list} export FILE".`);
  }
  // A TMX file names its languages itself, and counts are told for all.
  if (to === undefined && (list === 'glossary' || verb === 'export'))
    throw new UsageError('Expected --to with a language, for example --to de.');
  const languages = {
    from: checked(languageSchema, '--from', from, 'a language such as en'),
    to: checked(languageSchema, '--to', to ?? 'de', 'a language such as de'),
  };
  return { kind: 'memory', list, verb, ...languages, files };
}

function packsCommand({ from, to, prefix, ...others }: Options, [verb, ...rest]: readonly string[]): Command {
  const foreign = Object.keys({ ...others, ...(verb === 'import' ? {} : defined({ from, to, prefix })) })[0];
  if (foreign !== undefined) throw new UsageError(`--${foreign} does not go with packs${verb === 'import' ? ' import' : ''}.`);
  if (verb === 'list' && rest.length === 0) return { kind: 'packs-list' };
  const [folder, ...more] = rest;
  if (folder !== undefined && more.length === 0) {
    if (verb === 'verify') return { kind: 'packs-verify', folder };
    if (verb === 'import') return { kind: 'packs-import', path: folder, languages: importLanguages(from, to, prefix) };
    if (verb === 'remove') return { kind: 'packs-remove', id: folder };
  }
  throw new UsageError('Expected "packs list", "packs verify DIR", "packs import FOLDER|ZIP" or "packs remove ID".');
}

function importLanguages(from: string | undefined, to: string | undefined, prefix: string | undefined) {
  if (from === undefined && to === undefined && prefix === undefined) return null;
  if (from === undefined || to === undefined) throw new UsageError('Expected --from and --to together, for example --from en --to de.');
  return {
    from: checked(languageSchema, '--from', from, 'a language such as en'),
    to: checked(languageSchema, '--to', to, 'a language such as de'),
    prefix: prefix ?? null,
  };
}

const defined = (options: Record<string, string | undefined>) =>
  Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));

function checked<T>(schema: z.ZodType<T>, name: string, value: string, expected: string): T {
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw new UsageError(`${name}: got "${value}", expected ${expected}.`);
  return parsed.data;
}
