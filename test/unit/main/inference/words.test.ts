import { describe, expect, it } from 'vitest';
import { endsWord, wordAt } from '../../../../src/main/inference/words';

/** A byte, control tokens (empty), pieces. */
const TABLE = ['', ' Bahn', 'hof', 's', '.', ' der', ' ', "'", 'eau', ' l', 0xc3, 0xbc, '-', ' (', 'Haus'];
const id = (piece: string | number) => TABLE.indexOf(piece);

describe('a word of tokens', () => {
  it.each<[string, (string | number)[], string | number, boolean]>([
    ['goes on with letters', [' Bahn'], 'hof', false],
    ['goes on over an apostrophe', [' l', "'"], 'eau', false],
    ['goes on over a hyphen', [' Bahn', '-'], 'Haus', false],
    ['ends where a space comes', [' Bahn', 'hof'], ' der', true],
    ['ends where a full stop comes', [' Bahn', 'hof'], '.', true],
    ['ends with its sentence, and at a code', [' Bahn'], '', true],
    ['that is a sign is whole', [' ('], 'Haus', true],
    ['has more than a space', [' '], 'Haus', false],
    ['may be cut in a character', [' Bahn'], 0xc3, false],
    ['may be cut in a character that is not whole', [' Bahn', 0xc3], 0xbc, false],
  ])('%s', (_name, word, next, isWhole) => {
    expect(endsWord(word.map(id), id(next), TABLE)).toBe(isWhole);
  });
});

describe('a word of a text', () => {
  it.each([
    ['Wo ist der Bahnhof?', 10, 'Bahnhof'],
    ['Wo ist der Bahnhof?', 11, 'Bahnhof'],
    ['Wo ist der Bahnhof?', 15, 'Bahnhof'],
    ['Wo ist der Bahnhof?', 18, '?'],
    ['Wo ist der Bahnhof?', 19, ''],
    ["C'est l'eau.", 6, "l'eau"],
    ['Straße 5 km', 7, '5'],
    ['', 0, ''],
  ])('%s at %i', (text, at, word) => {
    expect(wordAt(text, at)).toBe(word);
  });
});
