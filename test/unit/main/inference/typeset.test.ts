import { describe, expect, it } from 'vitest';
import { inCapitals, inSmallLetters, isInCapitals } from '../../../../src/main/inference/typeset/capitals';
import { ended, typeset } from '../../../../src/main/inference/typeset/typeset';
import type { Inlines } from '../../../../src/shared/inlines';

const set = (source: string, target: string, to: string, from = 'en') => typeset([source], [target], { from, to })[0];

describe('quotation marks', () => {
  it.each([
    ['de', 'Das Buch »Krieg« kam.', 'Das Buch „Krieg“ kam.'],
    ['de', 'im Journal "Nature", das', 'im Journal „Nature“, das'],
    ['de', '“Ich weiß nicht,” sagte sie.', '„Ich weiß nicht“, sagte sie.'],
    ['fr', 'Il dit : "Entrez."', 'Il dit\u00a0: «\u00a0Entrez.\u00a0»'],
    ['fr', '«Je sais », dit-elle', '«\u00a0Je sais\u00a0», dit-elle'],
    ['fr', "l'article \"Un\"", "l'article «\u00a0Un\u00a0»"],
    ['de', 'Er sagte: "Ko', 'Er sagte: „Ko'],
  ])('%s: %s', (to, written, wanted) => expect(set('x', written, to)).toBe(wanted)); // prettier-ignore
  it.each([
    ['de', 'ein Rohr von 5" und eines von 7"'],
    ['de', 'sagte"Ja" er'],
    ['fr', 'commande « « git »'],
    ['es', 'El libro "Uno"'],
  ])('%s keeps %s', (to, written) => expect(set('x', written, to)).toBe(written)); // prettier-ignore
});

describe('French marks', () => {
  it.each([
    ['Attention !', 'Attention\u00a0!'],
    ['Vraiment ? !', 'Vraiment\u00a0?!'],
    ['Note: il faut', 'Note\u00a0: il faut'],
    ['il est 9:45 ; venez', 'il est 9:45\u00a0; venez'],
    ["Selon l' Ursula", "Selon l'Ursula"],
    ['3.7 %', '3.7\u00a0%'],
  ])('%s', (written, wanted) => expect(set('x', written, 'fr')).toBe(wanted)); // prettier-ignore
  it.each(['std::vector', 'C:\\Temp', 'voir :-)', 'http://a.example'])('keeps %s', (text) => expect(set('x', text, 'fr')).toBe(text));
});

describe('names', () => {
  it.each([
    ['Peter Miller', 'Peter-Miller', 'Peter Miller'],
    ['Ask J. R. Smith about it.', 'Fragen Sie J.-R.-Smith danach.', 'Fragen Sie J. R. Smith danach.'],
    ['the Émile Zola School', 'die Émile-Zola-Schule', 'die Émile-Zola-Schule'],
    ['the HTTP Server', 'der HTTP-Server', 'der HTTP-Server'],
    ['our web browser', 'unser Web-Browser', 'unser Web-Browser'],
    ['Anna-Lena Koch', 'Anna-Lena-Koch', 'Anna-Lena-Koch'],
    ['Old Peter Millers', 'Der alte Peter-Miller', 'Der alte Peter-Miller'],
  ])('%s: %s', (source, written, wanted) => expect(set(source, written, 'de')).toBe(wanted)); // prettier-ignore
});

describe('numbers', () => {
  it.each([
    ['2,500 books', '2,500 Bücher', 'de', '2.500 Bücher'],
    ['$1,234.56', '$1,234.56', 'de', '$1.234,56'],
    ['83,200,000', '83,200,000', 'fr', '83\u00a0200\u00a0000'],
    ['It is 1.5 GB and 3.7%.', 'Es sind 1.5 GB und 3.7 %.', 'de', 'Es sind 1,5 GB und 3,7\u00a0%.'],
    ['12,500 of 2,500', '2,500 und 12,500', 'de', '2.500 und 12.500'],
  ])('%s', (source, written, to, wanted) => expect(set(source, written, to)).toBe(wanted)); // prettier-ignore
  it('of German', () => expect(set('1.234,5 km', '1.234,5 km', 'en', 'de')).toBe('1,234.5 km'));
  it.each([
    ['See chapter 1.5 and 2.3.', 'Siehe Kapitel 1.5 und 2.3.'],
    ['version 2.10.1', 'Version 2.10.1'],
    ['on 12.05.2024', 'am 12.05.2024'],
    ['2,500 books', '2500 Bücher'],
  ])('keeps what may be none: %s', (source, written) => expect(set(source, written, 'de')).toBe(written)); // prettier-ignore
  it.each([
    ['In 2022 it was 7.', 'In 20222 war es 7.', 'In 2022 war es 7.'],
    ['1985', '1986', '1985'],
    ['83200000 people', '8320000 Leute', '83200000 Leute'],
  ])('repairs a slip: %s', (source, written, wanted) => expect(set(source, written, 'de')).toBe(wanted)); // prettier-ignore
  it.each([
    ['at 5 p.m.', 'um 17 Uhr'],
    ['2022 and 2023', '2023 und 2022'],
    ['in 1914', 'in 2022'],
    ['2022', '2022 und 5'],
  ])('leaves what is no slip: %s', (source, written) => expect(set(source, written, 'de')).toBe(written)); // prettier-ignore
});

describe('dates', () => {
  it.each([
    ['on March 3, 2021.', 'am March 3, 2021.', 'de', 'am 3. März 2021.'],
    ['on 17 March 2022', 'le 17 March 2022', 'fr', 'le 17 mars 2022'],
    ['on May 1st', 'le May 1st', 'fr', 'le 1er mai'],
    ['in June 1999', 'im June 1999', 'de', 'im Juni 1999'],
  ])('%s', (source, written, to, wanted) => expect(set(source, written, to)).toBe(wanted)); // prettier-ignore
  it('leaves a name, and a date that the source has not', () => {
    expect(set('April came.', 'April kam.', 'fr')).toBe('April kam.');
    expect(set('on 3/3', 'am March 3', 'de')).toBe('am March 3');
  });
});

describe('edges', () => {
  it.each([
    ['Second item: milk', 'élément : lait', 'fr', 'Élément\u00a0: lait'],
    ['Install npm.', 'npm installieren.', 'de', 'npm installieren.'],
    ['Phones', 'iPhones', 'de', 'iPhones'],
    ['and so on', 'und so weiter', 'de', 'und so weiter'],
  ])('%s', (source, written, to, wanted) => expect(set(source, written, to)).toBe(wanted)); // prettier-ignore
  it.each([
    ['Is it?', 'Est-ce cela', 'fr', 'Est-ce cela\u00a0?'],
    ['"It is."', 'Es ist', 'de', 'Es ist.'],
    ['It is.', 'Es ist!', 'de', 'Es ist!'],
    ['Milk', 'Milch', 'de', 'Milch'],
  ])('the last mark of %s', (source, written, to, wanted) => expect(ended([source], [written], { from: 'en', to })).toEqual([wanted])); // prettier-ignore
});

it('keeps codes in their places', () => {
  const source: Inlines = ['The "', { code: 4 }, 'big', { code: 5 }, '" one costs 1,000 $.'];
  const target: Inlines = ['Der "', { code: 4 }, 'große', { code: 5 }, '" kostet 1,000 $.'];
  expect(typeset(source, target, { from: 'en', to: 'de' })).toEqual(['Der „', { code: 4 }, 'große', { code: 5 }, '“ kostet 1.000 $.']);
  expect(typeset(['\ufffc "a"'], [{ code: 0 }, '\ufffc "a"'], { from: 'en', to: 'de' })).toEqual([{ code: 0 }, '\ufffc "a"']);
});

it('twice is as once', () => {
  for (const to of ['de', 'fr']) {
    const once = typeset(['On March 3, 2021 "x" cost $1,234.50!'], ['On March 3, 2021 "x" cost $1,234.50 !'], { from: 'en', to });
    expect(typeset(['On March 3, 2021 "x" cost $1,234.50!'], once, { from: 'en', to })).toEqual(once);
  }
});

describe('capitals', () => {
  it.each(['INTRODUCTION', 'SEE ALSO', 'TABLE OF CONTENTS', '1. NAME AND PLACE'])('%s', (text) => expect(isInCapitals([text])).toBe(true));
  it.each(['NATO', 'OK', 'USB IDE', 'Table', '1.5', 'IMPORTANT: no'])('not %s', (text) => expect(isInCapitals([text])).toBe(false));
  it('become small and large again, codes kept', () => {
    expect(inSmallLetters(['WHAT ', { code: 0 }, 'I', { code: 1 }, ' KNOW'])).toEqual(['What ', { code: 0 }, 'I', { code: 1 }, ' know']);
    expect(inCapitals(['Größe ', { code: 0 }], 'de')).toEqual(['GRÖSSE ', { code: 0 }]);
  });
});
