/** SubRip subtitles. Numbers and times stay; tags such as `<i>` and `{\an8}` are codes. */
import { reason } from '../../reasons';
import { DocumentError, type Format, type Left } from '../format';
import { LEFT_OUT } from '../left-out';
import { type Cue, type CueMarkup, cueSpots } from './cues';
import type { Piece } from './inline-run';
import { readSourceText } from './source-text';
import { spliced } from './splice';
import { textLines, type TextLine } from './text-lines';

export const srt: Format = {
  id: 'srt',
  name: 'SubRip subtitles',
  extensions: ['srt'],
  read: (bytes) =>
    new Promise((resolve) => {
      const source = readSourceText(bytes);
      const left: Left[] = [];
      const cues = srtCues(source.text, left);
      resolve(spliced(source, cueSpots(source.text, cues, markupOf(source.text)), left));
    }),
};

const TIME = /^[ \t]*(\d{1,3}):(\d{1,2}):(\d{1,2})[,.:](\d{1,3})[ \t]*-->[ \t]*(\d{1,3}):(\d{1,2}):(\d{1,2})[,.:](\d{1,3})/;

export interface OpenCue extends Cue {
  readonly lines: TextLine[];
}

function srtCues(text: string, left: Left[]): Cue[] {
  const cues: Cue[] = [];
  let cue: OpenCue | null = null;
  let strayLines = 0;
  for (const line of textLines(text)) {
    const times = TIME.exec(line.text);
    if (times) {
      // Without a blank line before it, the number of this cue was taken for text of the last.
      if (/^\s*\d+\s*$/.test(cue?.lines.at(-1)?.text ?? '')) cue?.lines.pop();
      const [startMs, endMs] = [milliseconds(times.slice(1, 5)), milliseconds(times.slice(5, 9))];
      cue = { startMs, endMs, time: line.text.split('-->', 1)[0]?.trim() ?? '', lines: [] };
      cues.push(cue);
    } else if (line.text.trim() === '') {
      if (cue && cue.lines.length > 0) cue = null;
    } else if (cue) {
      cue.lines.push(line);
    } else if (!/^\s*\d+\s*$/.test(line.text)) {
      strayLines++;
    }
  }
  if (cues.length === 0) {
    throw new DocumentError(
      reason`The file has no times as “00:00:01,000 --> 00:00:02,000”, so it is no SubRip subtitles. Choose another file.`,
    );
  }
  if (strayLines > 0) left.push({ what: LEFT_OUT.lines(strayLines), why: reason`they stand outside of any cue` });
  return cues;
}

/** Hours, minutes, seconds, and a fraction as SubRip and WebVTT write them. */
export function milliseconds([hours = '0', minutes = '0', seconds = '0', fraction = '0']: readonly string[]): number {
  return ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000 + Number(fraction.padEnd(3, '0'));
}

const TAG = /<(\/?)([A-Za-z]+)(?:[ =][^<>]*)?>|\{\\[^{}]*\}/g;

const markupOf = (text: string): CueMarkup => ({
  pieces: (start, end) => taggedPieces(text, start, end, TAG, (plain) => plain),
  // Nothing is escaped in SubRip: a letter behind "<" would begin a tag.
  escape: (plain) => plain.replaceAll(/<(?=[A-Za-z/])/g, '‹').replaceAll('-->', '→'),
});

/** A line cut at its tags; the pattern's groups are the slash and the name, and codes without a name stand alone. */
export function taggedPieces(text: string, start: number, end: number, tag: RegExp, decode: (plain: string) => string): Piece[] {
  const pieces: Piece[] = [];
  let done = start;
  const plain = (to: number): void => {
    if (to > done) pieces.push({ kind: 'text', text: decode(text.slice(done, to)), start: done, end: to });
  };
  for (const match of text.slice(start, end).matchAll(tag)) {
    const [whole, slash, name] = match;
    const at = start + match.index;
    plain(at);
    done = at + whole.length;
    if (name === undefined) pieces.push({ kind: 'alone', spoken: false, start: at, end: done });
    else pieces.push({ kind: slash === '/' ? 'close' : 'open', name: name.toLowerCase(), start: at, end: done });
  }
  plain(end);
  return pieces;
}
