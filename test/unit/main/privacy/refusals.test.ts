import { expect, test } from 'vitest';
import { createRefusals } from '../../../../src/main/privacy/refusals';

const quiet = { info: () => {}, warn: () => {}, error: () => {} };

test('what was refused is counted by kind and host, and no address is kept or logged', () => {
  const lines: string[] = [];
  const refusals = createRefusals({ ...quiet, warn: (line) => lines.push(line) });
  refusals.note('request', 'https://example.com/a?text=secret');
  refusals.note('request', 'https://example.com/b');
  refusals.note('navigation', 'mailto:someone@example.org');
  refusals.note('permission', 'geolocation');
  refusals.note('window', 'https://example.com/');
  expect(refusals.list()).toEqual([
    { kind: 'request', what: 'example.com', count: 2 },
    { kind: 'navigation', what: 'mailto:', count: 1 },
    { kind: 'permission', what: 'geolocation', count: 1 },
    { kind: 'window', what: 'example.com', count: 1 },
  ]);
  expect(lines).toContain('new window refused: example.com');
  expect(lines.join()).not.toMatch(/secret|someone/);
});

test('ever new hosts are counted together in the end', () => {
  const refusals = createRefusals(quiet);
  for (let host = 0; host < 1_000; host++) refusals.note('request', `https://h${host}.example/`);
  refusals.note('request', 'https://h0.example/');
  expect(refusals.list()).toHaveLength(201);
  expect(refusals.list()[0]).toEqual({ kind: 'request', what: 'h0.example', count: 2 });
  expect(refusals.list().at(-1)).toEqual({ kind: 'request', what: '…', count: 800 });
});
