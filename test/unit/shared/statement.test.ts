import { describe, expect, it } from 'vitest';
import { segment } from '../../../src/shared/segment';
import { isStatement } from '../../../src/shared/statement';

describe('isStatement', () => {
  it.each([
    'function greet(name) {',
    '  const total = sum(rows);',
    'let x = 5;',
    'if (count > 3) {',
    '} else {',
    'return total;',
    "import { join } from 'node:path';",
    'from pathlib import Path',
    'import numpy as np',
    '#include <stdio.h>',
    'def average(values):',
    'class Reader(Base):',
    'for row in rows:',
    'if name == "":',
    'print("The file was saved.")',
    'console.log(`Hello ${name}`);',
    'console.log(text);',
    'free(buffer);',
    'total += price * 3  # with tax',
    'names = ["Anna", "Ben"]',
    '$ npm install --save-dev typescript',
    'export default class Panel extends Component {',
    'public static void main(String[] args) {',
    'body {',
  ])('is of a program: %s', (line) => {
    expect(isStatement(line)).toBe(true);
  });

  it.each([
    'The function returns the number of rows.',
    'Let us begin at eight;',
    'Return the device within ten days;',
    'Import data',
    'For example:',
    'If you have time (and I hope so), come at eight:',
    'Please bring the form(s) with you.',
    'Price = cost plus tax',
    'H = Half-installed',
    'x is greater than 5; otherwise the test fails.',
    '$ matches the end of the string.',
    'getpgid() returns the group of the process.',
    'emacs(1) is a screen editor. (somewhat extended)',
    'Default = False means that nothing is written.',
    'Class reunion: all are welcome',
    'While (as you know) we wait:',
    'Anna (my sister)',
    'Hello, {',
    'item(s);',
    'Reisende(n);',
  ])('is text: %s', (line) => {
    expect(isStatement(line)).toBe(false);
  });

  // A pattern that went back and forth over one of these would not come to an end.
  it.each(['(', 'a(', 'a.', 'a[', '("', 'a = ', 'a - ', '(a)', 'export '])('ends on the worst of lines: %s', (part) => {
    expect(isStatement(part.repeat(300).slice(0, 300))).toBe(false);
    expect(isStatement(`x = ${part.repeat(300).slice(0, 295)}\u2026`)).toBe(false);
  });
});

it('lines of a program are gaps, what their comments say is text', () => {
  const text = 'Copy this:\n\nfunction greet(name) {\n  // Says hello.\n  return hello;\n}\n\nThen run it.';
  expect([...segment(text)].filter(({ kind }) => kind === 'sentence').map((piece) => piece.text)).toEqual([
    'Copy this:',
    'Says hello.',
    'Then run it.',
  ]);
  expect([...segment(text)].map((piece) => piece.text).join('')).toBe(text);
});
