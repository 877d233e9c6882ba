import { expect, test } from 'vitest';
import { srt } from '../../../../src/main/documents/formats/srt';
import { vtt } from '../../../../src/main/documents/formats/vtt';
import { read, shown, translated } from './properties';

const SRT = `1
00:00:01,000 --> 00:00:03,000
<i>When I was young, I never</i>
<i>thought that this</i>

2
00:00:03,100 --> 00:00:05,000
would <b>ever</b> happen to me.

3
00:00:05,200 --> 00:00:07,000
- Who are you?
- Nobody.
`;

test('SubRip: a sentence over two cues is one block and is divided again; speakers are their own', async () => {
  const sentence = '<0>When I was young, I never</1> <2>thought that this</3> would <4>ever</5> happen to me.';
  expect(shown(await read(srt, SRT))).toEqual([sentence, 'Who are you?', 'Nobody.']);
  const german = '<0>Als ich jung war, hätte ich nie</1> <2>gedacht, dass mir das</3> <4>jemals</5> passieren würde.';
  expect(await translated(srt, SRT, { [sentence]: german, 'Nobody.': 'Niemand.' })).toBe(
    SRT.replace(/<i>When[\s\S]*this<\/i>/, '<i>Als ich jung war, hätte\nich nie</i> <i>gedacht, dass mir</i>')
      // A pair that is open where the cue ends is closed there and opened again.
      .replace('would <b>ever</b> happen to me.', '<i>das</i> <b>jemals</b> passieren würde.')
      .replace('Nobody.', 'Niemand.'),
  );
});

test('WebVTT: names, settings, notes and styles stay; entities are read and written', async () => {
  const text =
    'WEBVTT\n\nSTYLE\n::cue { color: red }\n\nNOTE not this one\n\nintro\n00:01.000 --> 00:02.000 align:start\n<v Jane>Salt &amp; pepper, <i>please</i>.\n';
  expect(shown(await read(vtt, text))).toEqual(['Salt & pepper, <0>please</1>.']);
  expect(await translated(vtt, text, { 'Salt & pepper, <0>please</1>.': 'Salz & <0>Pfeffer</1> < 3.' })).toBe(
    text.replace('Salt &amp; pepper, <i>please</i>.', 'Salz &amp; <i>Pfeffer</i> &lt; 3.'),
  );
});

test('who speaks next begins anew, in a cue and after it; a dash alone may go on', async () => {
  const cues = (...texts: string[]) => texts.map((text, at) => `${at + 1}\n00:00:0${at},000 --> 00:00:0${at},900\n${text}\n`).join('\n');
  expect(shown(await read(srt, cues('>> JOHN: I RUN IT', ">> AND WE'RE THE OWNERS.")))).toEqual([
    'JOHN: I RUN IT',
    "AND WE'RE THE OWNERS.",
  ]);
  expect(shown(await read(srt, cues('- I told him not to go', '- And he went')))).toEqual(['I told him not to go', 'And he went']);
  expect(shown(await read(srt, cues('I told him –', '– not to go.')))).toHaveLength(1);
  const named = cues(
    'CHRISTY: Hi.\nAL: How are you?',
    'And they all laughed\n(CHUCKLES)',
    '[Door opens]\nWho would',
    'ever have thought so?',
  );
  const lines = [
    'CHRISTY: Hi.',
    'AL: How are you?',
    'And they all laughed',
    '(CHUCKLES)',
    '[Door opens]',
    'Who would ever have thought so?',
  ];
  expect(shown(await read(srt, named))).toEqual(lines);
  expect(await translated(srt, named, { 'AL: How are you?': 'AL: Wie geht’s?', '(CHUCKLES)': '(LACHT)' })).toBe(
    named.replace('How are you?', 'Wie geht’s?').replace('CHUCKLES', 'LACHT'),
  );
});
