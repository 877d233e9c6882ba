import { describe, expect, it } from 'vitest';
import { Glossary, usuallyMatchesCase, type Term } from '../../../src/shared/glossary';

const term = (source: string, target = source, matchCase = usuallyMatchesCase(source)): Term => ({ source, target, matchCase });
const found = (text: string, ...terms: Term[]) =>
  new Glossary(terms, 'en', 'de').find(text).map(({ start, end }) => text.slice(start, end));

describe('a term is found', () => {
  it.each([
    ['server', 'Both servers run; the Server’s disk is full.', ['servers', 'Server']],
    ['query', 'Queries and a query', ['Queries', 'query']],
    ['class', 'The class of classes', ['class', 'classes']],
    ['web server', 'A web-server and web servers', ['web-server', 'web servers']],
    ['e-mail', 'Send an E-Mail', ['E-Mail']],
    ['C++', 'In C++, not in AC++D or c', ['C++']],
    ['R&D', 'Our R&D team', ['R&D']],
  ])('%s', (source, text, expected) => expect(found(text, term(source))).toEqual(expected));

  it.each([
    ['server', 'The observer serves'],
    ['web server', 'the web, server'],
    ['IT', 'Is it here?'],
    ['art', 'A party'],
  ])('%s, but not in “%s”', (source, text) => expect(found(text, term(source))).toEqual([]));

  it('the longest first, the written form before another of its word', () => {
    const terms = [term('server', 'Server'), term('web server', 'Webserver'), term('servers', 'Serverlandschaft')];
    const text = 'The web server and the servers and a server';
    expect(new Glossary(terms, 'en', 'de').find(text).map((one) => one.term.target)).toEqual(['Webserver', 'Serverlandschaft', 'Server']);
  });

  it('in German and French endings', () => {
    expect(new Glossary([term('Vertrag')], 'de', 'en').find('Die Verträge, des Vertrags').length).toBe(2);
    expect(new Glossary([term('contrat général')], 'fr', 'en').find('les contrats généraux').length).toBe(1);
  });
});

describe('a translation has a term', () => {
  const holds = (translation: string, target: string, to = 'de') => new Glossary([], 'en', to).holds(translation, term('x', target));

  it.each([
    ['Die Verträge sind da.', 'Vertrag'],
    ['Den Datenbankservern fehlt etwas.', 'Server'],
    ['Der Serverraum ist kühl.', 'Server'],
    ['Mit dem neuen Vertrag', 'neuer Vertrag'],
    ['Wir schreiben C++.', 'C++'],
  ])('in “%s”', (translation, target) => expect(holds(translation, target)).toBe(true));

  it.each([
    ['Wir bedienen alle.', 'Server'],
    ['Die Beratung', 'Rat'],
    ['', 'Server'],
  ])('not in “%s”', (translation, target) => expect(holds(translation, target)).toBe(false));

  it('in French', () => {
    expect(holds('les serveurs', 'serveur', 'fr')).toBe(true);
    expect(holds('les observateurs', 'serveur', 'fr')).toBe(false);
  });

  it('each of them told once', () => {
    const glossary = new Glossary([term('cat', 'Kater'), term('dog', 'Köter')], 'en', 'de');
    expect(glossary.used('A cat, a dog, two cats.', 'Ein Kater, ein Hund, zwei Kater.')).toEqual([
      { source: 'cat', target: 'Kater', isUsed: true },
      { source: 'dog', target: 'Köter', isUsed: false },
    ]);
  });
});

describe('a word is swapped for a term', () => {
  const swapped = (translation: string, written: string, target: string) =>
    new Glossary([], 'en', 'de').swapped(translation, written, term('computer', target));

  it.each([
    ['Ich kaufe einen neuen Computer.', 'Computer', 'Rechner', 'Ich kaufe einen neuen Rechner.'],
    ['Mit den Computern', 'Computer.', 'Rechner', 'Mit den Rechnern'],
    ['Die Fotos sind da.', 'Foto', 'Aufnahme', 'Die Aufnahme sind da.'],
    ['Computer sind Computer.', 'Computer', 'elektronischer Rechner', 'Elektronischer Rechner sind elektronischer Rechner.'],
  ])('%s', (translation, written, target, expected) => expect(swapped(translation, written, target)).toBe(expected));

  it('only where it is the whole word, and no sentence', () => {
    expect(swapped('Ein Computerspiel', 'Computer', 'Rechner')).toBeNull();
    expect(swapped('Das ist ein Computer.', 'Das ist ein Computer.', 'Rechner')).toBeNull();
    expect(swapped('Computer', '', 'Rechner')).toBeNull();
  });
});
