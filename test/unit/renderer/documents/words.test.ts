import { describe, expect, it } from 'vitest';
import {
  addedWords,
  announceState,
  checkWords,
  factWords,
  leftWords,
  markerWords,
  menuActions,
  primaryAction,
  queueWords,
  remainingWords,
  segmentNotes,
  stateWords,
} from '../../../../src/renderer/documents/words';
import { formatPercent } from '../../../../src/renderer/i18n/i18n';
import { type DocumentReport } from '../../../../src/shared/document';
import { DONE, job, segment } from './scripted-app';

const report: DocumentReport = {
  segments: 1212,
  translated: 1212,
  kept: 0,
  failed: 0,
  flagged: 0,
  edited: 0,
  repeated: 0,
  recalled: 0,
  bilingual: null,
  left: [],
  tokens: 9000,
  translateMs: 0,
  times: null,
  output: '/documents/report_de.docx',
};

describe('words of a job', () => {
  it('say what it is', () => {
    expect(factWords(job('report'))).toEqual(['Word document', 'English to German', 'Hybrid']);
  });

  it('say how it stands', () => {
    expect(stateWords({ kind: 'waiting' })).toEqual(['Waiting']);
    expect(stateWords({ kind: 'translating', done: 120, segments: 1212, remainingMs: null })).toEqual([
      'Translating',
      '120 of 1,212 segments',
    ]);
    expect(stateWords({ kind: 'translating', done: 0, segments: 1, remainingMs: 150_000 })).toEqual([
      'Translating',
      '0 of 1 segment',
      'about 3 min left',
    ]);
    expect(stateWords({ kind: 'paused', progress: null })).toEqual(['Paused, not begun yet']);
    expect(stateWords({ kind: 'paused', progress: { done: 3, segments: 9 } })).toEqual(['Paused', '3 of 9 segments']);
    expect(stateWords({ kind: 'failed', reason: 'The disk is full.', progress: null })).toEqual(['Failed', 'The disk is full.']);
    expect(stateWords({ kind: 'changed', what: 'input', message: 'The file was changed.' })).toEqual(['Changed', 'The file was changed.']);
  });

  it('say what came of it: segments that failed are not among those that are done', () => {
    expect(stateWords({ kind: 'done', report })).toEqual(['Done', '1,212 of 1,212 segments']);
    expect(checkWords(report)).toBeNull();
    const mixed = { ...report, translated: 1200, kept: 10, failed: 2, flagged: 4, edited: 1, translateMs: 41_000 };
    expect(stateWords({ kind: 'done', report: mixed })).toEqual([
      'Done',
      '1,210 of 1,212 segments',
      '10 kept as they were',
      '1 edited',
      'took 41.0 s',
    ]);
    expect(checkWords(mixed)).toBe('6 to check');
    expect(stateWords({ kind: 'done', report: { ...report, segments: 0, translated: 0 } })).toEqual([
      'Done',
      'No text to translate in this file',
    ]);
    const left = [
      { what: '2 images', why: 'Text in images is not read.' },
      { what: '1 macro project', why: 'Macros are programs.' },
    ];
    expect(leftWords({ ...report, left })).toBe('2 images, 1 macro project');
  });

  it('tell the time left without more exactness than there is', () => {
    expect(remainingWords(9_999)).toBe('a few seconds left');
    expect(remainingWords(10_000)).toBe('less than a minute left');
    expect(remainingWords(60_001)).toBe('about 2 min left');
    expect(remainingWords(3_600_000)).toBe('about 1 h 0 min left');
    expect(remainingWords(5_399_000)).toBe('about 1 h 30 min left');
  });

  it('count the queue, what goes on first', () => {
    expect(queueWords([job('a', DONE), job('b'), job('c', { kind: 'reading' }), job('d', DONE)])).toBe(
      '4 files: 1 reading, 1 waiting, 2 done',
    );
    expect(queueWords([job('a')])).toBe('1 file: 1 waiting');
  });

  it('say what adding came to where the list does not', () => {
    expect(addedWords({ added: ['a'], skipped: [] })).toBeNull();
    expect(addedWords({ added: [], skipped: [] })).toBe('No file to translate was found there');
    expect(addedWords({ added: ['a'], skipped: [{ path: '/x', why: 'hidden' }] })).toBe('1 file left out');
  });

  it('offer what can be done in its state', () => {
    expect(primaryAction({ kind: 'changed', what: 'pack', message: '' })).toBeNull();
    expect(primaryAction({ kind: 'failed', reason: '', progress: null })).toBe('retry');
    expect(menuActions({ kind: 'paused', progress: null })).toEqual(['source', 'remove']);
    expect(menuActions({ kind: 'done', report })).toEqual(['review', 'folder', 'source', 'remove']);
    expect(menuActions(DONE)).toContain('retryFailed');
  });

  it('tell a screen reader ends and questions, not every step', () => {
    expect(announceState(job('report', { kind: 'translating', done: 1, segments: 2, remainingMs: null }))).toBeNull();
    expect(announceState(job('report', DONE))).toBe(
      'report.docx: Done, 211 of 212 segments, 11 kept as they were, took 41.0 s, 4 to check.',
    );
    expect(announceState(job('report', { kind: 'failed', reason: 'The disk is full.', progress: null }))).toBe(
      'report.docx: Failed, The disk is full.',
    );
  });
});

describe('words of a segment', () => {
  it('say why to look at it, the most pressing first', () => {
    const notes = segmentNotes(
      segment(0, { outcome: 'failed', flags: ['loop', 'numbers'], message: 'The engine stopped.', edited: true }),
      'de',
    );
    expect(notes).toEqual([
      { tone: 'bad', words: 'The engine stopped.' },
      { tone: 'warn', words: 'Began to repeat itself, the repetition was cut.' },
      { tone: 'warn', words: 'Numbers differ from the source.' },
      { tone: 'plain', words: 'Edited' },
    ]);
    expect(segmentNotes(segment(0), 'de')).toEqual([]);
    expect(segmentNotes(segment(0, { outcome: 'kept' }), 'de')).toEqual([{ tone: 'plain', words: 'Kept: it is in German already.' }]);
    expect(formatPercent(0.826)).toBe('83 %');
  });

  it('say what is wrong with its markers and what to do', () => {
    expect(markerWords({ kind: 'missing', markers: [2] })).toBe('⟦2⟧ is missing. Put it back.');
    expect(markerWords({ kind: 'missing', markers: [1, 2, 3] })).toBe('⟦1⟧, ⟦2⟧ and ⟦3⟧ are missing. Put them back.');
    expect(markerWords({ kind: 'twice', markers: [1] })).toBe('⟦1⟧ stands here more than once. Keep one of each.');
    expect(markerWords({ kind: 'unknown', markers: [7] })).toBe('⟦7⟧ is not in the source. Take it out.');
  });
});
