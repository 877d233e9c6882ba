/**
 * The Unigram model of a tokenizer.json: the most probable cutting of a normalized text into pieces (Viterbi), with byte fallback.
 * Written here because the library's own has no byte fallback and lets text that looks like a control token ("</s>", "<0x41>") become one.
 */

/** A node of the trie of pieces; `id` is -1 where no piece ends. */
interface TrieNode {
  id: number;
  readonly children: Map<number, TrieNode>;
}

export interface UnigramVocabulary {
  /** Piece and log-probability by id. */
  pieces: readonly (readonly [piece: string, score: number])[];
  unkId: number;
  byteFallback: boolean;
  /** Pieces that text never becomes. */
  control: ReadonlySet<string>;
}

/** What an unknown character costs below the least probable piece; SentencePiece's constant. */
const UNKNOWN_PENALTY = 10;

export class Unigram {
  private readonly root: TrieNode = { id: -1, children: new Map() };
  private readonly scores: Float64Array;
  private readonly unknownScore: number;
  private readonly unkId: number;
  /** Id of each byte's piece; null without byte fallback. */
  private readonly byteIds: readonly number[] | null;

  constructor({ pieces, unkId, byteFallback, control }: UnigramVocabulary) {
    this.scores = Float64Array.from(pieces, ([, score]) => score);
    this.unknownScore = this.scores.reduce((least, score) => Math.min(least, score), Infinity) - UNKNOWN_PENALTY;
    this.unkId = unkId;
    const bytes = new Map<number, number>();
    pieces.forEach(([piece], id) => {
      const byte = byteOfPiece(piece);
      if (byte !== null) bytes.set(byte, id);
      else if (!control.has(piece) && piece !== '') this.insert(piece, id);
    });
    this.byteIds = byteFallback && bytes.size === 256 ? Array.from({ length: 256 }, (_, byte) => bytes.get(byte) ?? unkId) : null;
  }

  /** `text` is normalized and pre-tokenized (spaces are pieces' own `▁`) and well-formed. Linear in its length. */
  encode(text: string): number[] {
    const length = text.length;
    // For each end position: best score of a cutting that ends there, its last piece and where that begins. -1 is an unknown character.
    const best = new Float64Array(length + 1).fill(-Infinity);
    const lastId = new Int32Array(length + 1);
    const lastStart = new Int32Array(length + 1);
    best[0] = 0;
    for (let start = 0; start < length; start++) {
      const base = best[start] ?? -Infinity;
      if (base === -Infinity) continue;
      const codePointLength = (text.codePointAt(start) ?? 0) > 0xffff ? 2 : 1;
      let single = false;
      let node: TrieNode | undefined = this.root;
      for (let end = start; end < length;) {
        node = node.children.get(text.charCodeAt(end));
        end++;
        if (!node) break;
        if (node.id < 0) continue;
        single ||= end - start === codePointLength;
        const score = base + (this.scores[node.id] ?? 0);
        if (score > (best[end] ?? 0)) {
          best[end] = score;
          lastId[end] = node.id;
          lastStart[end] = start;
        }
      }
      const end = start + codePointLength;
      if (!single && base + this.unknownScore > (best[end] ?? 0)) {
        best[end] = base + this.unknownScore;
        lastId[end] = -1;
        lastStart[end] = start;
      }
    }
    return this.backtrack(text, lastId, lastStart);
  }

  private backtrack(text: string, lastId: Int32Array, lastStart: Int32Array): number[] {
    const reversed: number[] = [];
    let unknownEnd = -1;
    for (let end = text.length; end > 0; end = lastStart[end] ?? 0) {
      const id = lastId[end] ?? -1;
      const start = lastStart[end] ?? 0;
      if (id >= 0) {
        reversed.push(id);
        continue;
      }
      if (unknownEnd < 0) unknownEnd = end;
      // A run of unknown characters is one unknown token, or its bytes.
      if (start === 0 || (lastId[start] ?? -1) >= 0) {
        if (this.byteIds) {
          const bytes = Buffer.from(text.slice(start, unknownEnd), 'utf8');
          for (let i = bytes.length - 1; i >= 0; i--) reversed.push(this.byteIds[bytes[i] ?? 0] ?? this.unkId);
        } else reversed.push(this.unkId);
        unknownEnd = -1;
      }
    }
    return reversed.reverse();
  }

  private insert(piece: string, id: number): void {
    let node = this.root;
    for (let i = 0; i < piece.length; i++) {
      const unit = piece.charCodeAt(i);
      let child = node.children.get(unit);
      if (!child) node.children.set(unit, (child = { id: -1, children: new Map() }));
      node = child;
    }
    node.id = id;
  }
}

/** `<0x41>` → 65; null for other pieces. */
export function byteOfPiece(piece: string): number | null {
  return /^<0x[0-9A-F]{2}>$/.test(piece) ? Number.parseInt(piece.slice(3, 5), 16) : null;
}
