/**
 * Ids → text, one delta at a time. Knows a table of pieces, nothing of models.
 * Bytes that do not yet make a whole character are held back until they do.
 */
import type { Delta } from '../../shared/inference/delta';

/** What an id writes: text (`▁` already a space) or one byte of UTF-8. */
export type PieceText = string | number;
/** As PieceText; several bytes that are not whole characters, too. */
export type PieceBytes = PieceText | readonly number[];

const REPLACEMENT = '\ufffd';

/** The text of one growing output. Leading spaces are dropped: what surrounds a sentence is kept by the segmenter. */
export class Detokenizer {
  private readonly ids: number[] = [];
  /** UTF-16 length of the text after each id; bytes held back are not in it. */
  private readonly lengths: number[] = [];
  private pending: number[] = [];

  constructor(private readonly table: readonly PieceBytes[]) {}

  /** `keep` counts ids on the way in and UTF-16 code units on the way out. */
  push({ keep, append }: Delta<readonly number[]>): Delta<string> {
    const shown = this.length;
    if (keep < this.ids.length) this.cut(keep);
    const kept = Math.min(shown, this.length);
    let text = '';
    for (const id of append) {
      let piece = this.write(this.table[id] ?? '');
      if (kept === 0 && text === '') piece = piece.trimStart();
      text += piece;
      this.ids.push(id);
      this.lengths.push(kept + text.length);
    }
    return { keep: kept, append: text };
  }

  /** The end: bytes that never became a character are shown as one replacement character each. */
  finish(): Delta<string> {
    const text = REPLACEMENT.repeat(this.pending.length);
    this.pending = [];
    return { keep: this.length, append: text };
  }

  private get length(): number {
    return this.lengths.at(-1) ?? 0;
  }

  private write(piece: PieceBytes): string {
    if (typeof piece !== 'string') {
      this.hold(piece);
      return this.takeCharacters();
    }
    const broken = REPLACEMENT.repeat(this.pending.length);
    this.pending = [];
    return broken + piece;
  }

  private hold(bytes: number | readonly number[]): void {
    if (typeof bytes === 'number') this.pending.push(bytes);
    else this.pending.push(...bytes);
  }

  /** Takes whole characters, and bytes that cannot be part of one, off the front of the pending bytes. */
  private takeCharacters(): string {
    let text = '';
    while (this.pending.length > 0) {
      const wanted = sequenceLength(this.pending[0] ?? 0);
      const continued = this.pending.slice(1, wanted).every((byte) => (byte & 0xc0) === 0x80);
      if (wanted > this.pending.length && continued) break;
      const bytes = this.pending.slice(0, wanted);
      const character = Buffer.from(bytes).toString('utf8');
      // An overlong or surrogate sequence decodes to several replacement characters: give up its first byte only.
      const whole = continued && character.length === (wanted === 4 ? 2 : 1);
      text += whole ? character : REPLACEMENT;
      this.pending.splice(0, whole ? wanted : 1);
    }
    return text;
  }

  /** Back to the first `keep` ids; the bytes held back then are those after the last whole character. */
  private cut(keep: number): void {
    this.ids.length = keep;
    this.lengths.length = keep;
    this.pending = [];
    let first = keep;
    while (first > 0 && typeof (this.table[this.ids[first - 1] ?? -1] ?? '') !== 'string') first--;
    for (const id of this.ids.slice(first)) {
      const piece = this.table[id];
      if (piece !== undefined && typeof piece !== 'string') this.hold(piece);
      this.takeCharacters();
    }
  }
}

/** Bytes of the UTF-8 sequence that begins with `lead`; 1 for bytes that begin none. */
function sequenceLength(lead: number): number {
  if (lead >= 0xc2 && lead <= 0xdf) return 2;
  if (lead >= 0xe0 && lead <= 0xef) return 3;
  if (lead >= 0xf0 && lead <= 0xf4) return 4;
  return 1;
}
