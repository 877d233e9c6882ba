/**
 * Subtitles: sentences over cues. A block is the text of consecutive cues up to the end of a sentence, as one line; its translation is
 * divided over the same cues by the lengths of their texts, at word borders, before a clause where one is near.
 */
import type { Inline, Inlines } from '../../../shared/inlines';
import type { Block, Code } from '../format';
import { runSpot, type Piece } from './inline-run';
import type { Replacement, Slice, Spot } from './splice';

export interface Cue {
  readonly startMs: number;
  readonly endMs: number;
  /** `00:01:02,500` */
  readonly time: string;
  /** Lines of text, one after the other; offsets in UTF-16 code units, line breaks not included. */
  readonly lines: readonly { readonly start: number; readonly end: number }[];
}

/** How a kind of subtitles marks up its text. */
export interface CueMarkup {
  /** Tags and entities of one line; text between them is plain. */
  pieces(start: number, end: number): Piece[];
  /** Writes text so that it is read as such. */
  escape(text: string): string;
}

/** Sentences do not go on over a longer pause, over more cues or more text. */
const LONGEST_PAUSE_MS = 3000;
const MOST_CUES = 8;
const LONGEST_TEXT = 600;
/** What a line of subtitles holds, in UTF-16 code units. */
const LINE_WIDTH = 42;

/** A part of a cue that is translated together: the whole cue, or what one of two speakers says. */
interface Part {
  readonly cue: Cue;
  readonly spot: Spot;
  readonly text: string;
  readonly lineCount: number;
  /** What one of several speakers in one cue says: never joined with other cues. */
  readonly isOwn: boolean;
  /** Whether a mark before it, or a name, says that someone else speaks. */
  readonly isNewSpeaker: boolean;
}

export function cueSpots(text: string, cues: readonly Cue[], markup: CueMarkup): Spot[] {
  const newline = text.includes('\r\n') ? '\r\n' : text.includes('\n') || !text.includes('\r') ? '\n' : '\r';
  const spots: Spot[] = [];
  let group: Part[] = [];
  const flush = (): void => {
    if (group.length > 0) spots.push(sentenceSpot(group, newline));
    group = [];
  };
  for (const cue of cues) {
    const parts = partsOf(text, cue, markup);
    if (parts.length === 0) flush();
    for (const part of parts) {
      const last = group.at(-1);
      if (last && !goesOn(last, part, group)) flush();
      group.push(part);
    }
  }
  flush();
  return spots;
}

const SPEAKER_DASH = /^(?:[-–—‐]\s*\S|>>)/;
/** "ANNA: Hello." */
const SPEAKER_NAME = /^\p{Lu}[\p{Lu}\d .'’-]{1,30}:\s/u;
/** A dash alone may also stand where a sentence goes on. */
const NEW_SPEAKER = /^(?:>>|[-–—‐]\s*["'“‘«¿¡([]*\p{Lu})/u;
/** A line that is a sound: "(door opens)". */
const SOUND = /^(?:\([^()]*\)|\[[^[\]]*\])$/u;

const isSpeaker = (line: string): boolean => SPEAKER_DASH.test(line) || SPEAKER_NAME.test(line);

function partsOf(text: string, cue: Cue, markup: CueMarkup): Part[] {
  const lines = cue.lines.map((line) => ({ pieces: markup.pieces(line.start, line.end), raw: text.slice(line.start, line.end) }));
  const spoken = lines.map(({ pieces }) =>
    pieces
      .map((piece) => (piece.kind === 'text' ? piece.text : ''))
      .join('')
      .trim(),
  );
  const speakers = spoken.filter(isSpeaker).length;
  const groups: number[][] = [];
  for (const [number, line] of spoken.entries()) {
    const last = groups.at(-1);
    if (!last || isSpeaker(line) || SOUND.test(line) || SOUND.test(spoken[number - 1] ?? '')) groups.push([number]);
    else last.push(number);
  }
  return groups.flatMap((numbers) => {
    const pieces: Piece[] = [];
    for (const number of numbers) {
      const line = cue.lines[number];
      const own = lines[number]?.pieces ?? [];
      if (!line) continue;
      if (pieces.length > 0) pieces.push({ kind: 'text', text: ' ', start: line.start, end: line.start });
      pieces.push(...(speakers > 0 && pieces.length === 0 ? withoutDash(text, own) : own));
    }
    const spot = runSpot(text, pieces, cue.time, (written) => markup.escape(written));
    if (!spot) return [];
    const plain = spot.block.inlines.map((inline) => (typeof inline === 'string' ? inline : '')).join('');
    const first = spoken[numbers[0] ?? 0] ?? '';
    const isNewSpeaker = NEW_SPEAKER.test(first) || SPEAKER_NAME.test(first);
    return [{ cue, spot, text: plain, lineCount: numbers.length, isOwn: speakers > 0 && groups.length > 1, isNewSpeaker }];
  });
}

function withoutDash(text: string, pieces: readonly Piece[]): Piece[] {
  const at = pieces.findIndex((piece) => piece.kind === 'text' && piece.text.trim() !== '');
  const first = pieces[at];
  if (first?.kind !== 'text') return [...pieces];
  const dash = /^\s*(?:[-–—‐]\s*|>>\s*)/.exec(text.slice(first.start, first.end))?.[0] ?? '';
  return pieces.with(at, { ...first, text: first.text.slice(dash.length), start: first.start + dash.length });
}

const SENTENCE_END = /[.!?…。！？♪♫:)\]]["'”’»)\]]*$/u;
const ELLIPSIS_END = /(?:\.\.\.?|…|[,;–—-])["'”’]*$/u;
const SENTENCE_START = /^["'“‘«¿¡([]*(?:\p{Lu}|\d)/u;
/** Sounds and songs are no part of the sentence before. */
const ASIDE = /^[[(♪♫#*]/u;

function goesOn(last: Part, next: Part, group: readonly Part[]): boolean {
  if (last.isOwn || next.isOwn || next.isNewSpeaker || last.cue === next.cue) return false;
  if (next.cue.startMs - last.cue.endMs > LONGEST_PAUSE_MS || next.cue.startMs < last.cue.startMs) return false;
  if (group.length >= MOST_CUES || group.reduce((sum, part) => sum + part.text.length, 0) > LONGEST_TEXT) return false;
  if (ASIDE.test(next.text) || ASIDE.test(last.text)) return false;
  if (ELLIPSIS_END.test(last.text)) return !SENTENCE_START.test(next.text) || /[,;]$/.test(last.text);
  return !SENTENCE_END.test(last.text);
}

function sentenceSpot(parts: readonly Part[], newline: string): Spot {
  const inlines: Inline[] = [];
  const codes: Code[] = [];
  const origins: { part: Part; code: number }[] = [];
  for (const part of parts) {
    const shift = codes.length;
    if (inlines.length > 0) append(inlines, ' ');
    for (const inline of part.spot.block.inlines) {
      append(inlines, typeof inline === 'string' ? inline : { code: inline.code + shift });
    }
    for (const [number, code] of part.spot.block.codes.entries()) {
      origins.push({ part, code: number });
      if (code.kind === 'open') codes.push({ kind: 'open', close: code.close + shift });
      else codes.push(code.kind === 'close' ? { kind: 'close', open: code.open + shift } : code);
    }
  }
  const block: Block = { inlines, codes, place: parts[0]?.cue.time ?? '' };
  const write = (code: number, slice: Slice): string => {
    const origin = origins[code];
    return origin ? (origin.part.spot.replace([{ code: origin.code }], slice)[0]?.text ?? '') : '';
  };
  const start = parts[0]?.spot.start ?? 0;
  const end = parts.at(-1)?.spot.end ?? start;
  const replace = (translation: Inlines, slice: Slice): Replacement[] => {
    const shares = divided(translation, codes, parts);
    return parts.map((part, number) => {
      const words = broken(shares[number] ?? [], part.isOwn ? part.lineCount : Math.max(2, part.lineCount));
      const text = words
        .map((inline) => (typeof inline === 'string' ? escapedLines(part, inline, slice, newline) : write(inline.code, slice)))
        .join('');
      return { start: part.spot.start, end: part.spot.end, text };
    });
  };
  return { block, start, end, replace };
}

const escapedLines = (part: Part, text: string, slice: Slice, newline: string): string =>
  text
    .split('\n')
    .map((line) => (line === '' ? '' : (part.spot.replace([line], slice)[0]?.text ?? '')))
    .join(newline);

function append(inlines: Inline[], inline: Inline): void {
  const last = inlines.at(-1);
  if (typeof inline === 'string' && typeof last === 'string') inlines[inlines.length - 1] = last + inline;
  else inlines.push(inline);
}

/** A translation's text with its codes aside: at which offset of the text each stands. */
interface Flat {
  readonly text: string;
  readonly codes: readonly { readonly at: number; readonly code: number }[];
}

function flattened(inlines: Inlines): Flat {
  let text = '';
  const codes: { at: number; code: number }[] = [];
  for (const inline of inlines) {
    if (typeof inline === 'string') text += inline.replaceAll(/\s*[\n\r]+\s*/g, ' ');
    else codes.push({ at: text.length, code: inline.code });
  }
  return { text, codes };
}

/** One share a part; a pair that is open at a border is closed before it and opened again behind it. */
function divided(translation: Inlines, codes: readonly Code[], parts: readonly Part[]): Inlines[] {
  const flat = flattened(translation);
  const cuts = [0, ...cutPoints(flat.text, parts), flat.text.length];
  const shares: Inlines[] = [];
  let open: number[] = [];
  for (let number = 0; number < parts.length; number++) {
    const from = cuts[number] ?? 0;
    const to = cuts[number + 1] ?? from;
    const isLast = number === parts.length - 1;
    const share: Inline[] = open.map((code) => ({ code }));
    let done = from;
    const textUntil = (end: number): void => {
      const part = flat.text.slice(done, end);
      const text = done === from ? part.trimStart() : part;
      if (text !== '') append(share, end === to ? text.trimEnd() : text);
      done = end;
    };
    for (const { at, code } of flat.codes) {
      const closes = codes[code]?.kind === 'close';
      // At a border, what closes belongs before it and what opens behind it.
      const here = (at > from || (at === from && (number === 0 || !closes))) && (at < to || (at === to && (isLast || closes)));
      if (!here) continue;
      textUntil(at);
      share.push({ code });
      if (codes[code]?.kind === 'open') open.push(code);
      if (closes) open.pop();
    }
    textUntil(to);
    for (const code of open.toReversed()) {
      const opening = codes[code];
      if (opening?.kind === 'open') share.push({ code: opening.close });
    }
    if (isLast) open = [];
    shares.push(share);
  }
  return shares;
}

/** Where the text is cut, one point less than parts, ascending; every share has a word while there are enough. */
function cutPoints(text: string, parts: readonly Part[]): number[] {
  const total = parts.reduce((sum, part) => sum + part.text.length, 0);
  let borders = Array.from(text.matchAll(/\S(?=\s+\S)/gu), (match) => match.index + match[0].length);
  if (borders.length < parts.length - 1) {
    const points = Array.from(new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(text), ({ index }) => index);
    borders = points.slice(1);
  }
  const cuts: number[] = [];
  let used = 0;
  let sourceLength = 0;
  for (const [number, part] of parts.slice(0, -1).entries()) {
    sourceLength += part.text.length;
    const target = (text.length * sourceLength) / total;
    const last = borders.length - (parts.length - 1 - number);
    let best = Math.min(used, Math.max(0, borders.length - 1));
    let bestDistance = Infinity;
    for (let index = used; index <= last; index++) {
      const border = borders[index] ?? 0;
      const isClause = /[,;:.!?…–—]$/.test(text.slice(Math.max(0, border - 1), border));
      const distance = Math.abs(border - target) - (isClause ? LINE_WIDTH / 6 : 0);
      if (distance < bestDistance) {
        best = index;
        bestDistance = distance;
      }
      if (border > target + LINE_WIDTH) break;
    }
    cuts.push(borders[best] ?? text.length);
    used = best + 1;
  }
  return cuts;
}

/** Line breaks as `\n` in place of spaces: lines of about equal length, as many as the text needs and the cue may have. */
function broken(share: Inlines, mostLines: number): Inlines {
  const { text, codes } = flattened(share);
  const count = Math.min(mostLines, Math.ceil(text.length / LINE_WIDTH));
  const characters = text.split('');
  for (let line = 1; line < count; line++) {
    const target = (text.length * line) / count;
    const nearest = (best: number, character: string, at: number): number =>
      character === ' ' && Math.abs(at - target) < Math.abs(best - target) ? at : best;
    const at = characters.reduce(nearest, -Infinity);
    if (at > 0) characters[at] = '\n';
  }
  const result: Inline[] = [];
  let done = 0;
  const write = (end: number): void => {
    if (end > done) append(result, characters.slice(done, end).join(''));
    done = end;
  };
  for (const { at, code } of codes) {
    write(at);
    result.push({ code });
  }
  write(text.length);
  return result;
}
