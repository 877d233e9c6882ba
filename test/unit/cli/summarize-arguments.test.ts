import { describe, expect, it } from 'vitest';
import { parseCommand, UsageError } from '../../../src/cli/arguments';

describe('summarize', () => {
  it('has defaults', () => {
    expect(parseCommand(['summarize'])).toEqual({
      kind: 'summarize',
      length: 'short',
      form: 'paragraph',
      lane: null,
      pack: null,
      json: false,
      place: { provider: 'automatic', threads: null },
      sources: false,
      input: 'text',
      file: null,
    });
  });

  it('takes its options', () => {
    const options = ['--length', 'long', '--form', 'bullets', '--lane', 'llm', '--pack', 'p', '--sources', '--json', 'a.docx'];
    expect(parseCommand(['summarize', ...options])).toEqual({
      kind: 'summarize',
      length: 'long',
      form: 'bullets',
      lane: 'llm',
      pack: 'p',
      json: true,
      place: { provider: 'automatic', threads: null },
      sources: true,
      input: 'text',
      file: 'a.docx',
    });
    expect(parseCommand(['summarize', '--jsonl', '-'])).toMatchObject({ input: 'jsonl', file: null });
  });

  it.each([
    [['summarize', '--length', 'tiny'], '--length: got "tiny", expected headline, short, long.'],
    [['summarize', '--form', 'poem'], '--form: got "poem", expected paragraph, bullets.'],
    [['summarize', '--lane', 'exact'], '--lane: got "exact", expected hybrid or llm.'],
    [['summarize', '--to', 'de'], '--to does not go with summarize; it goes with translate and document.'],
    [['summarize', '--out', 'x'], '--out does not go with summarize; it goes with document.'],
    [['summarize', '--json', '--jsonl'], 'Expected --json or --jsonl, got both.'],
    [['summarize', 'a', 'b'], 'Expected one FILE, got 2.'],
    [['translate', '--to', 'de', '--length', 'long'], '--length does not go with translate; it goes with summarize.'],
    [['document', 'a', '--sources'], '--sources does not go with document; it goes with summarize.'],
  ])('%j is wrong usage', (args, message) => {
    expect(() => parseCommand(args)).toThrow(new UsageError(message));
  });
});
