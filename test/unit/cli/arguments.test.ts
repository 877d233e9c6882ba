import { describe, expect, it } from 'vitest';
import { parseCommand, UsageError } from '../../../src/cli/arguments';

const parse = (line: string) => parseCommand(line === '' ? [] : line.split(' '));

describe('parseCommand', () => {
  it('fills in the defaults of translate', () => {
    expect(parse('translate --to de')).toEqual({
      kind: 'translate',
      from: 'en',
      to: 'de',
      lane: 'hybrid',
      decoding: null,
      pack: null,
      json: false,
      place: { provider: 'automatic', threads: null },
      file: null,
    });
  });

  it('takes every option, in any order', () => {
    expect(parse('translate text.txt --lane llm --beam 4 --from de --to en --pack tiny --json --provider cpu --threads 4')).toEqual({
      kind: 'translate',
      from: 'de',
      to: 'en',
      lane: 'llm',
      decoding: { kind: 'beam', width: 4 },
      pack: 'tiny',
      json: true,
      place: { provider: 'cpu', threads: 4 },
      file: 'text.txt',
    });
    expect(parse('translate --to de --lane exact')).toMatchObject({ lane: 'exact' });
    expect(parse('translate --to de -')).toMatchObject({ file: null });
    expect(parse('translate --to de --beam 1')).toMatchObject({ decoding: { kind: 'greedy' } });
  });

  it('knows the other commands', () => {
    expect(parse('packs list')).toEqual({ kind: 'packs-list' });
    expect(parse('packs verify some/dir')).toEqual({ kind: 'packs-verify', folder: 'some/dir' });
    expect(parse('packs import some.zip')).toEqual({ kind: 'packs-import', path: 'some.zip', languages: null });
    expect(parse('packs import some --from en --to de')).toEqual({
      kind: 'packs-import',
      path: 'some',
      languages: { from: 'en', to: 'de', prefix: null },
    });
    expect(parse('packs remove some')).toEqual({ kind: 'packs-remove', id: 'some' });
    expect(parse('packs probe')).toEqual({ kind: 'packs-probe', pack: null, provider: null });
    expect(parse('packs probe some --provider webgpu')).toEqual({ kind: 'packs-probe', pack: 'some', provider: 'webgpu' });
    expect(parse('facts')).toEqual({ kind: 'facts' });
    expect(parse('--help')).toEqual({ kind: 'help' });
    expect(parse('translate --help')).toEqual({ kind: 'help' });
    expect(parse('--version')).toEqual({ kind: 'version' });
  });

  it('reads what memory and glossary are to do', () => {
    expect(parse('memory list')).toMatchObject({ kind: 'memory', list: 'memory', verb: 'list', files: [] });
    expect(parse('memory import a.tmx b.tmx')).toMatchObject({ verb: 'import', files: ['a.tmx', 'b.tmx'] });
    expect(parse('glossary export --to fr out.tbx')).toMatchObject({
      list: 'glossary',
      verb: 'export',
      from: 'en',
      to: 'fr',
      files: ['out.tbx'],
    });
    expect(parse('document a.docx --memory --bilingual')).toMatchObject({ memory: true, bilingual: true, namePattern: null });
    expect(parse('document a.docx --name {name}.{lang}')).toMatchObject({ namePattern: '{name}.{lang}' });
    expect(parse('document a.docx')).toMatchObject({ cores: null });
    expect(parse('document a.docx --cores 3')).toMatchObject({ cores: 3 });
    expect(() => parse('document a.docx --cores 0')).toThrow('--cores: got "0", expected a number from 1 to 64');
    expect(() => parse('translate --to de --cores 2')).toThrow('--cores does not go with translate');
    expect(() => parse('document a.docx --name {name}')).toThrow(/--name: got "{name}", expected {name} and {lang}/);
  });

  it.each([
    ['', /Expected a command/],
    ['speak', /Unknown command "speak"/],
    ['translate', /Expected --to/],
    ['translate --to', /--to/],
    ['translate --to German', /--to: got "German"/],
    ['translate --to de --lane fast', /--lane: got "fast", expected llm, hybrid, slm/],
    ['translate --to de --beam 0', /--beam: got "0"/],
    ['translate --to de --beam 9', /--beam: got "9"/],
    ['translate --to de --beam two', /--beam: got "two"/],
    ['translate --to de --bogus', /--bogus/],
    ['translate --to de a b', /one FILE, got 2/],
    ['memory', /memory list/],
    ['memory import', /memory import FILE/],
    ['memory export a.tmx', /Expected --to/],
    ['glossary list', /Expected --to/],
    ['memory list --json', /--json does not go with memory/],
    ['translate --to de --memory', /--memory does not go with translate/],
    ['packs', /packs list/],
    ['packs list extra', /packs list/],
    ['packs verify', /packs verify DIR/],
    ['packs list --json', /--json does not go with packs/],
    ['packs probe a b', /packs probe \[ID\|DIR\]/],
    ['packs probe --provider cpu', /--provider: got "cpu", expected webgpu, dml, coreml, cuda/],
    ['packs probe --threads 2', /--threads does not go with packs probe/],
    ['packs list --provider webgpu', /--provider does not go with packs/],
    ['packs verify a --from en', /--from does not go with packs/],
    ['memory list --threads 2', /--threads does not go with memory/],
    ['translate --to de --provider abacus', /--provider: got "abacus", expected automatic, cpu, webgpu/],
    ['translate --to de --threads 0', /--threads: got "0", expected a number from 1 to 64/],
    ['translate --to de --threads two', /--threads: got "two"/],
    ['facts extra', /Expected "facts" alone, got extra/],
    ['facts --json', /--json does not go with facts/],
  ])('refuses "%s" in one line', (line, message) => {
    expect(() => parse(line)).toThrow(UsageError);
    expect(() => parse(line)).toThrow(message);
    expect(() => parse(line)).not.toThrow(/\n/);
  });
});
