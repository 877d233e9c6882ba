/** Command line → one command, or a usage error. Reads nothing and runs nothing. */
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { reflowFormatSchema, type ReflowFormat } from '../shared/document';
import { decodingSchema, requestLaneSchema, type Decoding, type RequestLane } from '../shared/inference/lanes';
import { namePatternSchema } from '../shared/output-name';
import {
  summaryFormSchema,
  summaryLengthSchema,
  type SummaryForm,
  type SummaryLength,
  languageSchema,
  laneSchema,
  providerSchema,
  type Lane,
  type Provider,
} from '../shared/pack';

/** Where and how the models run. */
export interface Place {
  /** `automatic`: as tests chose. */
  provider: Provider | 'automatic';
  /** For reading; null: chosen from the number of processors. */
  threads: number | null;
}

export type Command =
  | { kind: 'help' }
  | { kind: 'version' }
  | {
      kind: 'translate';
      from: string;
      to: string;
      lane: RequestLane;
      /** Null: as the lane is meant to be used. */
      decoding: Decoding | null;
      /** Id or folder; null: the first usable pack. */
      pack: string | null;
      json: boolean;
      place: Place;
      /** Null: standard input. */
      file: string | null;
    }
  | {
      kind: 'document';
      from: string;
      to: string;
      lane: Lane;
      /** Null: as the lane is meant to be used. */
      decoding: Decoding | null;
      /** Id or folder; null: the first usable pack. */
      pack: string | null;
      json: boolean;
      place: Place;
      /** Files and folders. */
      inputs: string[];
      /** A file or a folder; null: beside the sources. */
      out: string | null;
      /** How translations are named; null: as usual. */
      namePattern: string | null;
      /** What PDFs become; null: the usual. */
      reflowInto: ReflowFormat | null;
      changed: 'ask' | 'keep' | 'fresh';
      /** Also writes source and translation paragraph by paragraph. */
      bilingual: boolean;
      /** Keeps translations, and takes those that are known. */
      memory: boolean;
      /** How many to use; null: chosen from what the machine has. */
      cores: number | null;
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
      place: Place;
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
  | { kind: 'packs-remove'; id: string }
  /** An id or a folder, null: the first usable pack; a provider, null: all that did not end or block a test before. */
  | { kind: 'packs-probe'; pack: string | null; provider: Provider | null }
  | { kind: 'facts' };

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
  if (verb === 'facts') return factsCommand(options, rest);
  const known = 'translate, document, summarize, memory, glossary, packs or facts';
  throw new UsageError(verb === undefined ? `Expected a command: ${known}.` : `Unknown command "${verb}"; expected ${known}.`);
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
        cores: { type: 'string' },
        length: { type: 'string' },
        form: { type: 'string' },
        sources: { type: 'boolean' },
        jsonl: { type: 'boolean' },
        provider: { type: 'string' },
        threads: { type: 'string' },
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

const placeSchema = z.enum(['automatic', ...providerSchema.options]);
const gpuSchema = providerSchema.exclude(['cpu']);
const countSchema = z.string().regex(/^\d+$/).transform(Number).pipe(z.number().min(1).max(64));

const NAMING = '{name} and {lang} once each, and what a file’s name may hold, for example {name}.{lang}';
const DOCUMENT_OPTIONS = ['out', 'name', 'pdf-as', 'resume', 'fresh', 'bilingual', 'memory', 'cores'] as const;
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
    decoding: options.beam === undefined ? null : decodingOf(options.beam),
    pack: options.pack ?? null,
    json: options.json ?? false,
    place: placeOf(options),
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
    place: placeOf(options),
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
    decoding: options.beam === undefined ? null : decodingOf(options.beam),
    pack: options.pack ?? null,
    json: options.json ?? false,
    place: placeOf(options),
    inputs: [...inputs],
    out: options.out ?? null,
    namePattern: options.name === undefined ? null : checked(namePatternSchema, '--name', options.name, NAMING),
    reflowInto:
      options['pdf-as'] === undefined
        ? null
        : checked(reflowFormatSchema, '--pdf-as', options['pdf-as'], reflowFormatSchema.options.join(', ')),
    changed: options.fresh ? 'fresh' : options.resume ? 'keep' : 'ask',
    bilingual: options.bilingual ?? false,
    memory: options.memory ?? false,
    cores: options.cores === undefined ? null : checked(countSchema, '--cores', options.cores, 'a number from 1 to 64'),
  };
}

function decodingOf(beam: string): Decoding {
  if (beam === '1') return { kind: 'greedy' };
  const width = /^\d+$/.test(beam) ? Number(beam) : Number.NaN;
  const parsed = decodingSchema.safeParse({ kind: 'beam', width });
  if (!parsed.success) throw new UsageError(`--beam: got "${beam}", expected a number from 1 to 8.`);
  return parsed.data;
}

function placeOf({ provider = 'automatic', threads }: Options): Place {
  return {
    provider: checked(placeSchema, '--provider', provider, placeSchema.options.join(', ')),
    threads: threads === undefined ? null : checked(countSchema, '--threads', threads, 'a number from 1 to 64'),
  };
}

function factsCommand(options: Options, rest: readonly string[]): Command {
  const [foreign] = Object.keys(options);
  if (foreign !== undefined) throw new UsageError(`--${foreign} does not go with facts.`);
  if (rest.length > 0) throw new UsageError(`Expected "facts" alone, got ${rest.join(' ')}.`);
  return { kind: 'facts' };
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

function packsCommand(options: Options, [verb, ...rest]: readonly string[]): Command {
  const own = { import: ['from', 'to', 'prefix'], probe: ['provider'] }[verb ?? ''] ?? [];
  const foreign = Object.keys(options).find((name) => !own.includes(name));
  if (foreign !== undefined) throw new UsageError(`--${foreign} does not go with packs${own.length > 0 ? ` ${verb ?? ''}` : ''}.`);
  if (verb === 'list' && rest.length === 0) return { kind: 'packs-list' };
  const [folder, ...more] = rest;
  if (verb === 'probe' && more.length === 0) {
    const { provider } = options;
    const asked = provider === undefined ? null : checked(gpuSchema, '--provider', provider, gpuSchema.options.join(', '));
    return { kind: 'packs-probe', pack: folder ?? null, provider: asked };
  }
  if (folder !== undefined && more.length === 0) {
    if (verb === 'verify') return { kind: 'packs-verify', folder };
    if (verb === 'import') return { kind: 'packs-import', path: folder, languages: importLanguages(options) };
    if (verb === 'remove') return { kind: 'packs-remove', id: folder };
  }
  throw new UsageError(
    'Expected "packs list", "packs verify DIR", "packs import FOLDER|ZIP", "packs remove ID" or "packs probe [ID|DIR]".',
  );
}

function importLanguages({ from, to, prefix }: Options) {
  if (from === undefined && to === undefined && prefix === undefined) return null;
  if (from === undefined || to === undefined) throw new UsageError('Expected --from and --to together, for example --from en --to de.');
  return {
    from: checked(languageSchema, '--from', from, 'a language such as en'),
    to: checked(languageSchema, '--to', to, 'a language such as de'),
    prefix: prefix ?? null,
  };
}

function checked<T>(schema: z.ZodType<T>, name: string, value: string, expected: string): T {
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw new UsageError(`${name}: got "${value}", expected ${expected}.`);
  return parsed.data;
}
