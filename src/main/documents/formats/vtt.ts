/** WebVTT subtitles. Cue names, times, settings, notes, styles and regions stay; tags and times inside cues are codes. */
import { decodeHTML } from 'entities';
import { reason } from '../../reasons';
import { DocumentError, type Format } from '../format';
import { renamed, type Languages } from '../language-names';
import { type Cue, type CueMarkup, cueSpots } from './cues';
import { readSourceText } from './source-text';
import { type Replacement, spliced } from './splice';
import { milliseconds, type OpenCue, taggedPieces } from './srt';
import { textLines } from './text-lines';

export const vtt: Format = {
  id: 'vtt',
  name: 'WebVTT subtitles',
  extensions: ['vtt', 'webvtt'],
  read: (bytes) =>
    new Promise((resolve) => {
      const source = readSourceText(bytes);
      const { text } = source;
      resolve(spliced(source, cueSpots(text, vttCues(text), markupOf(text)), [], (languages) => headerName(text, languages)));
    }),
};

/** `Language: en` in the lines below `WEBVTT`. */
function headerName(text: string, languages: Languages): Replacement[] {
  const header = /^[^]*?(?:\r?\n|\r)(?=\r|\n|$)/.exec(text)?.[0] ?? '';
  const [whole = '', value = ''] = /^Language:[ \t]*([\w-]+)/m.exec(header) ?? [];
  const name = renamed(value, languages);
  const start = header.indexOf(whole) + whole.length - value.length;
  return name === null ? [] : [{ start, end: start + value.length, text: name }];
}

const TIME = /^[ \t]*(?:(\d{2,}):)?(\d{2}):(\d{2})\.(\d{3})[ \t]*-->[ \t]*(?:(\d{2,}):)?(\d{2}):(\d{2})\.(\d{3})/;

function vttCues(text: string): Cue[] {
  if (!/^WEBVTT(?:[ \t\r\n]|$)/.test(text)) {
    throw new DocumentError(
      reason`The file does not begin with “WEBVTT”, so it is no WebVTT subtitles. SubRip subtitles end in .srt: rename it.`,
    );
  }
  const cues: Cue[] = [];
  let cue: OpenCue | null = null;
  for (const line of textLines(text)) {
    const times = TIME.exec(line.text);
    if (times) {
      const [startMs, endMs] = [milliseconds(times.slice(1, 5)), milliseconds(times.slice(5, 9))];
      cue = { startMs, endMs, time: line.text.split('-->', 1)[0]?.trim() ?? '', lines: [] };
      cues.push(cue);
    } else if (line.text === '') {
      cue = null;
    } else {
      cue?.lines.push(line);
    }
  }
  return cues;
}

/** `<b>`, `<c.name>`, `<v Jane>`; `<00:01.000>` stands alone. */
const TAG = /<(\/?)(?:([a-z]+)(?:[.\s][^<>]*)?|\d[\d:.]*)?>/g;

const markupOf = (text: string): CueMarkup => ({
  pieces: (start, end) => taggedPieces(text, start, end, TAG, decodeHTML),
  escape: (plain) => plain.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('\u00a0', '&nbsp;'),
});
