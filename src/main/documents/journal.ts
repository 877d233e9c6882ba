/**
 * What a job has done so far, on disk: JSON lines, only ever appended to. A line says all about one source sentence, so a line that is
 * damaged costs that sentence and no other. In memory are offsets, not texts.
 */
import { createReadStream } from 'node:fs';
import { mkdir, open, rm, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { documentOptionsSchema, engineTimesSchema, outcomeSchema, type EngineTimes } from '../../shared/document';
import { segmentReasonSchema } from '../../shared/inference/flags';
import { usedTermSchema } from '../../shared/glossary';
import { inlinesSchema } from '../../shared/inlines';
import { originSchema } from '../../shared/memory';
import { reason } from '../reasons';
import { NO_TIMES, plusTimes } from './engine-times';
import { holdFolder, type Hold } from './job-hold';
import { JobFailure } from './job-failure';

const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/);
const count = z.number().int().nonnegative();

/** What the translations were made from. A second header says what those after it were made from. */
const headerSchema = z.strictObject({
  kind: z.literal('header'),
  format: z.literal(1),
  appVersion: z.string(),
  input: z.strictObject({ path: z.string(), bytes: count, sha256: sha256Schema }),
  /** `sha256` of its manifest, which holds those of all its files. */
  pack: z.strictObject({ id: z.string(), version: z.string(), sha256: sha256Schema }),
  options: documentOptionsSchema,
});
export type JournalHeader = z.infer<typeof headerSchema>;

const segmentLineSchema = z.strictObject({
  kind: z.literal('segment'),
  /** `segmentKey` of the source. */
  key: z.string(),
  outcome: outcomeSchema,
  /** Null: the source. */
  inlines: inlinesSchema.nullable(),
  flags: z.array(segmentReasonSchema),
  confidence: z.number().nullable(),
  tokens: count,
  /** Why it failed. */
  message: z.string().nullable(),
  /** Whose translation it is, where the memory had it. */
  memory: originSchema.nullable().default(null),
  /** Of the glossary, in its source. */
  terms: z.array(usedTermSchema).default([]),
});
export type SegmentLine = z.infer<typeof segmentLineSchema>;

/** A person's own translation of the segment at a place, in reading order. */
const editLineSchema = z.strictObject({ kind: z.literal('edit'), index: count, key: z.string(), inlines: inlinesSchema });

/** Written before the file is put in its place, so that after a crash a job knows its own output. */
const outputLineSchema = z.strictObject({
  kind: z.literal('output'),
  path: z.string(),
  sha256: sha256Schema,
  /** Of the job's earlier output at this path. */
  replaces: sha256Schema.nullable(),
  file: z.enum(['translation', 'bilingual']).default('translation'),
});
export type JournalOutput = z.infer<typeof outputLineSchema>;
export type OutputFile = JournalOutput['file'];

const lineSchema = z.discriminatedUnion('kind', [
  headerSchema,
  segmentLineSchema,
  editLineSchema,
  outputLineSchema,
  /** What segments before it took: milliseconds that went by, and the sum of all engines' stages, which may have run side by side. */
  z.strictObject({ kind: z.literal('batch'), ms: z.number().nonnegative(), times: engineTimesSchema.default(NO_TIMES) }),
]);
export type JournalLine = z.infer<typeof lineSchema>;

const FILE = 'journal.jsonl';

/** Where a line is in the file, in bytes. */
interface Place {
  readonly offset: number;
  readonly bytes: number;
}

export type KnownSegment = Place & Pick<SegmentLine, 'outcome' | 'confidence' | 'tokens'> & { readonly flagged: boolean };

export class Journal {
  private readonly segments = new Map<string, KnownSegment>();
  /** By index. */
  private readonly edits = new Map<number, Place & { readonly key: string }>();
  private lastHeader: JournalHeader | null = null;
  private readonly lastOutputs = new Map<OutputFile, JournalOutput>();
  private sumMs = 0;
  private times = NO_TIMES;
  private end = 0;
  private written: Promise<void> = Promise.resolve();

  private constructor(
    private readonly file: FileHandle,
    private readonly hold: Hold,
  ) {}

  /**
   * The journal in a job's folder, made if there is none. A last line that was cut short is cut off. Throws `JobFailure` where another
   * process has it open: two that write would spoil it.
   */
  static async open(folder: string): Promise<Journal> {
    await mkdir(folder, { recursive: true });
    const hold = await holdFolder(folder);
    const file = await open(join(folder, FILE), 'a+');
    try {
      const journal = new Journal(file, hold);
      for await (const line of linesOf(join(folder, FILE))) journal.take(line);
      await file.truncate(journal.end);
      return journal;
    } catch (error) {
      await file.close();
      await hold.release();
      throw error;
    }
  }

  /** As `open`, without what was in it. */
  static async anew(folder: string): Promise<Journal> {
    const before = await Journal.open(folder);
    await before.close();
    await Journal.forget(folder);
    return Journal.open(folder);
  }

  static async forget(folder: string): Promise<void> {
    await rm(folder, { recursive: true, force: true });
  }

  /** The last one; null in a new journal. */
  get header(): JournalHeader | null {
    return this.lastHeader;
  }

  output(file: OutputFile): JournalOutput | null {
    return this.lastOutputs.get(file) ?? null;
  }

  /** Milliseconds that all runs of the job were translating. */
  get translateMs(): number {
    return this.sumMs;
  }

  /** Of all engines together, in all runs. */
  get engineTimes(): EngineTimes {
    return this.times;
  }

  /** Whether there is anything in it that was made from what the header says. */
  get isBegun(): boolean {
    return this.segments.size > 0;
  }

  segment(key: string): KnownSegment | undefined {
    return this.segments.get(key);
  }

  /** Failed segments count as unknown from now on, so that they are tried again. */
  forgetFailed(): void {
    for (const [key, { outcome }] of this.segments) if (outcome === 'failed') this.segments.delete(key);
  }

  isEdited(index: number, key: string): boolean {
    return this.edits.get(index)?.key === key;
  }

  async readSegment(key: string): Promise<SegmentLine | null> {
    const known = this.segments.get(key);
    return known ? segmentLineSchema.parse(await this.readLine(known)) : null;
  }

  /** Null where nothing was changed there, or where another source stood when it was. */
  async readEdit(index: number, key: string): Promise<z.infer<typeof editLineSchema> | null> {
    const edit = this.edits.get(index);
    return edit?.key === key ? editLineSchema.parse(await this.readLine(edit)) : null;
  }

  /**
   * Known to all readers of the journal when it resolves; on the disk itself after `sync`. Lines are written in the order of the calls; after
   * one that could not be, none is.
   */
  append(line: JournalLine): Promise<void> {
    this.written = this.written.then(() => this.write(line));
    return this.written;
  }

  sync(): Promise<void> {
    return this.file.sync();
  }

  async close(): Promise<void> {
    await this.file.close();
    await this.hold.release();
  }

  private async write(line: JournalLine): Promise<void> {
    const bytes = Buffer.from(`${JSON.stringify(line)}\n`);
    await this.file.appendFile(bytes);
    this.index(line, { offset: this.end, bytes: bytes.length });
    this.end += bytes.length;
  }

  private take({ text, offset, bytes }: RawLine): void {
    this.end = offset + bytes;
    const line = lineSchema.safeParse(jsonOf(text));
    if (line.success) this.index(line.data, { offset, bytes });
  }

  private index(line: JournalLine, place: Place): void {
    switch (line.kind) {
      case 'header':
        this.lastHeader = line;
        return;
      case 'segment': {
        const { key, outcome, confidence, tokens, flags } = line;
        this.segments.set(key, { ...place, outcome, confidence, tokens, flagged: flags.length > 0 });
        return;
      }
      case 'edit':
        this.edits.set(line.index, { ...place, key: line.key });
        return;
      case 'output':
        this.lastOutputs.set(line.file, line);
        return;
      case 'batch':
        this.sumMs += line.ms;
        this.times = plusTimes(this.times, line.times);
        return;
      default:
        line satisfies never;
    }
  }

  private async readLine({ offset, bytes }: Place): Promise<unknown> {
    const buffer = Buffer.alloc(bytes);
    const { bytesRead } = await this.file.read(buffer, 0, bytes, offset);
    if (bytesRead !== bytes)
      throw new JobFailure(
        reason`What is translated of this document cannot be read: ${bytesRead} of ${bytes} bytes are there. Start it anew.`,
      );
    return jsonOf(buffer.toString());
  }
}

interface RawLine extends Place {
  readonly text: string;
}

const NEWLINE = 0x0a;

/** Whole lines only. */
async function* linesOf(path: string): AsyncGenerator<RawLine> {
  let rest = Buffer.alloc(0);
  let offset = 0;
  for await (const piece of createReadStream(path)) {
    let buffer = Buffer.concat([rest, piece as Buffer]);
    for (let end = buffer.indexOf(NEWLINE); end >= 0; end = buffer.indexOf(NEWLINE)) {
      const bytes = end + 1;
      yield { text: buffer.toString('utf8', 0, end), offset, bytes };
      offset += bytes;
      buffer = buffer.subarray(bytes);
    }
    rest = buffer;
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
