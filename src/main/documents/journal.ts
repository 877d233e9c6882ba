/**
 * What a job has done so far, on disk: JSON lines, only ever appended to. A line says all about one source sentence, so a line that is
 * damaged costs that sentence and no other. In memory are offsets, not texts.
 */
import { mkdir, open, rm, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import type { z } from 'zod';
import type { EngineTimes } from '../../shared/document';
import { reason } from '../reasons';
import { NO_TIMES, plusTimes } from './engine-times';
import { JobFailure } from './job-failure';
import { holdFolder, type Hold } from './job-hold';
import {
  editLineSchema,
  jsonOf,
  linesOf,
  lineSchema,
  segmentLineSchema,
  type JournalHeader,
  type JournalLine,
  type JournalOutput,
  type OutputFile,
  type Place,
  type RawLine,
  type SegmentLine,
} from './journal-lines';

const FILE = 'journal.jsonl';
/** So many bytes are read at a time: lines that are asked for one after the other mostly stand near each other. */
const WINDOW_BYTES = 256 * 1024;

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
  /** What was read last. */
  private window = { offset: 0, content: Buffer.alloc(0) };

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
    if (offset < this.window.offset || offset + bytes > this.window.offset + this.window.content.length)
      this.window = await this.windowAround(offset, offset + bytes);
    const start = offset - this.window.offset;
    return jsonOf(this.window.content.toString('utf8', start, start + bytes));
  }

  private async windowAround(from: number, to: number): Promise<Journal['window']> {
    const offset = from - (from % WINDOW_BYTES);
    const buffer = Buffer.alloc(Math.max(WINDOW_BYTES, to - offset));
    const { bytesRead } = await this.file.read(buffer, 0, buffer.length, offset);
    if (offset + bytesRead < to) {
      const there = Math.max(0, offset + bytesRead - from);
      throw new JobFailure(
        reason`What is translated of this document cannot be read: ${there} of ${to - from} bytes are there. Start it anew.`,
      );
    }
    return { offset, content: buffer.subarray(0, bytesRead) };
  }
}
