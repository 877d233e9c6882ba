import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CodeKinds } from '../../../../src/main/inference/codes/code-kinds';
import type { Answer } from '../../../../src/main/inference/draft-sentence';
import { sameNumbers } from '../../../../src/main/inference/faults';
import { Tokenizer } from '../../../../src/main/inference/tokenizer';
import { translateSentence } from '../../../../src/main/inference/translate-sentence';
import type { CodePair } from '../../../../src/shared/check-codes';
import { Glossary, type Term } from '../../../../src/shared/glossary';
import type { Inlines } from '../../../../src/shared/inlines';
import { type Lane, translatingManifestSchema } from '../../../../src/shared/pack';

const TINY = resolve('test/fixtures/packs/tiny');
const json = (file: string): unknown => JSON.parse(readFileSync(join(TINY, file), 'utf8'));
const tokenizer = new Tokenizer(json('tokenizer.json'));
const manifest = translatingManifestSchema.parse(json('pack.json'));
const addedTokens = (json('tokenizer.json') as { added_tokens: { id: number; content: string }[] }).added_tokens;
const codeIds = Array.from({ length: 8 }, (_, k) => addedTokens.find(({ content }) => content === `<extra_id_${k}>`)?.id ?? -1);
const PREFIX = manifest.tasks[0]?.prefix ?? '';
const B: CodePair = [0, 1];

/** What the model writes: text with the numbers of codes in prompt order, or the ending alone. */
type Script = (lane: Lane, hasCodes: boolean) => Inlines | 'loop' | 'length';

interface Options {
  lane?: Lane;
  pairs?: readonly CodePair[];
  ids?: number[];
  terms?: readonly Term[];
}

function translate(source: Inlines, script: Script, { lane = 'hybrid', pairs = [], ids = codeIds, terms = [] }: Options = {}) {
  const pack = { tokenizer, manifest: { ...manifest, tokenizer: { ...manifest.tokenizer, codeIds: ids } } };
  const steps = translateSentence(source, {
    pack,
    prefix: PREFIX,
    from: 'en',
    to: 'de',
    lane,
    kinds: new CodeKinds(pairs),
    glossary: new Glossary(terms, 'en', 'de'),
  });
  const asked: { lane: Lane; hasCodes: boolean; ids: readonly number[] }[] = [];
  for (let step = steps.next(); ;) {
    if (step.done) return { ...step.value, flags: [...step.value.flags], asked };
    const ask = step.value;
    asked.push(ask);
    const written = script(ask.lane, ask.hasCodes);
    step = steps.next(typeof written === 'string' ? { ids: [], ending: written } : answerOf(written));
  }
}

function answerOf(written: Inlines): Answer {
  const ids = written.flatMap((inline) =>
    typeof inline === 'string' ? tokenizer.encode('', inline).slice(0, -1) : [codeIds[inline.code] ?? -1],
  );
  return { ids, ending: 'stop' };
}

describe('tokenizing codes', () => {
  it('takes each stretch as if alone, codes as single ids, then the end of sentence', () => {
    const alone = (text: string) => tokenizer.encode('', text).slice(0, -1);
    const [prefixId, ...rest] = tokenizer.encodeInlines(PREFIX, ['Click ', { code: 7 }, 'Save', { code: 2 }, ' to '], codeIds);
    expect(prefixId).toBe(tokenizer.encode(PREFIX, '')[0]);
    expect(rest).toEqual([...alone('Click'), codeIds[0], ...alone('Save'), codeIds[1], ...alone('to'), manifest.tokenizer.eosId]);
  });

  it('never takes text for a code, and no more codes than there are ids', () => {
    const ids = tokenizer.encodeInlines(PREFIX, ['<extra_id_0> <extra_id_1>', { code: 0 }], codeIds);
    expect(ids.filter((id) => codeIds.includes(id))).toEqual([codeIds[0]]);
    expect(() => tokenizer.encodeInlines(PREFIX, [{ code: 0 }, { code: 1 }], [5])).toThrow(RangeError);
  });
});

describe('a sentence', () => {
  const source: Inlines = ['Open ', { code: 0 }, 'the file', { code: 1 }, ' now.'];

  it('takes the codes from where the model puts them', () => {
    const { inlines, flags, asked } = translate(source, () => ['Jetzt', { code: 0 }, 'die Datei', { code: 1 }, 'öffnen.'], { pairs: [B] });
    expect(inlines).toEqual(['Jetzt ', { code: 0 }, 'die Datei', { code: 1 }, ' öffnen.']);
    expect(flags).toEqual([]);
    expect(asked).toMatchObject([{ lane: 'hybrid', hasCodes: true }]);
  });

  it('asks the LLM lane about the same prompt when codes are missing, double or crossing', () => {
    const right: Inlines = [{ code: 0 }, 'Datei', { code: 1 }, 'öffnen.'];
    for (const wrong of [['Datei öffnen.'], [{ code: 0 }, 'Datei', { code: 1 }, { code: 1 }], [{ code: 1 }, 'Datei', { code: 0 }]]) {
      const { inlines, flags, asked } = translate(source, (lane) => (lane === 'llm' ? right : wrong), { pairs: [B] });
      expect(inlines).toEqual([{ code: 0 }, 'Datei', { code: 1 }, ' öffnen.']);
      expect(flags).toEqual([]);
      expect(asked.map(({ lane }) => lane)).toEqual(['hybrid', 'llm']);
      expect(asked[1]?.ids).toBe(asked[0]?.ids);
    }
  });

  it('else translates without codes, places them by position and says so', () => {
    const { inlines, flags, asked } = translate(source, () => ['Öffne jetzt die Datei.'], { pairs: [B] });
    expect(asked.map(({ lane, hasCodes }) => `${lane} ${hasCodes}`)).toEqual(['hybrid true', 'llm true', 'hybrid false']);
    expect(inlines).toEqual(['Öffne ', { code: 0 }, 'jetzt die', { code: 1 }, ' Datei.']);
    expect(flags).toEqual(['codes']);
  });

  it('keeps the source where nothing is written at all', () => {
    const { inlines, flags, asked } = translate(source, () => [], { pairs: [B] });
    expect(inlines).toEqual(source);
    expect(flags.sort()).toEqual(['codes', 'empty']);
    expect(asked).toHaveLength(4);
    expect(translate(['Open.'], () => [], { lane: 'llm' })).toMatchObject({ inlines: ['Open.'], flags: ['empty'] });
  });

  it('is written again by the LLM lane after a loop, an end at the limit, nothing, or far too little', () => {
    const long: Inlines = ['This is a long sentence that says a lot about very little.'];
    const good: Inlines = ['Dies ist ein langer Satz, der wenig sagt.'];
    for (const bad of ['loop', 'length', [], ['Dies.']] as const) {
      const repaired = translate(long, (lane) => (lane === 'llm' ? good : bad));
      expect(repaired).toMatchObject({ inlines: good, flags: [] });
      expect(repaired.answers).toHaveLength(1);
    }
    expect(translate(long, () => ['Dies.'])).toMatchObject({ inlines: ['Dies.'], flags: ['short'] });
    expect(translate(long, (lane) => (lane === 'llm' ? [] : ['Dies.']))).toMatchObject({ inlines: ['Dies.'], flags: ['short'] });
    for (const lane of ['llm', 'slm'] as const) {
      expect(translate(long, () => ['Dies.'], { lane })).toMatchObject({ asked: [{ lane }], flags: ['short'] });
    }
  });

  it('is asked for with times as its language tells them', () => {
    const { inlines, flags, asked } = translate(['We close at 5:30 p.m.'], () => ['Wir schließen um 17:30 Uhr.']);
    expect(asked.map(({ ids }) => ids)).toEqual(
      translate(['We close at 17:30.'], () => ['x'])
        .asked.map(({ ids }) => ids)
        .slice(0, 1),
    );
    expect({ inlines, flags }).toEqual({ inlines: ['Wir schließen um 17:30 Uhr.'], flags: [] });
  });

  it('is flagged when its numbers differ', () => {
    expect(translate(['I have 3 files.'], () => ['Ich habe 3 Dateien.']).flags).toEqual([]);
    expect(translate(['I have 3 files.'], () => ['Ich habe 4 Dateien.']).flags).toEqual(['numbers']);
  });
});

describe('a pack that knows no codes', () => {
  const none = { ids: [] as number[], pairs: [B] };

  it('leaves codes at the edges where they are and flags nothing', () => {
    const { inlines, flags } = translate([{ code: 0 }, 'Open the file.', { code: 1 }, { code: 2 }], () => ['Öffne die Datei.'], none);
    expect(inlines).toEqual([{ code: 0 }, 'Öffne die Datei.', { code: 1 }, { code: 2 }]);
    expect(flags).toEqual([]);
  });

  it('translates clauses that a code separates one by one', () => {
    const { inlines, flags, asked } = translate(['Open it:', { code: 4 }, ' the file.'], () => ['Hallo.'], none);
    expect(inlines).toEqual(['Hallo.', { code: 4 }, ' Hallo.']);
    expect(asked).toHaveLength(2);
    expect(flags).toEqual([]);
  });

  it('places codes within a clause by position and says so', () => {
    const { inlines, flags } = translate(['Open ', { code: 0 }, 'files', { code: 1 }, '.'], () => ['Dateien öffnen.'], none);
    expect(inlines).toEqual(['Dateien ', { code: 0 }, 'öffnen', { code: 1 }, '.']);
    expect(flags).toEqual(['codes']);
  });

  it('as does one that knows fewer than there are', () => {
    const many: Inlines = ['Open ', { code: 0 }, 'a', { code: 1 }, ' b.'];
    expect(translate(many, () => ['Auf x y.'], { ids: codeIds.slice(0, 1), pairs: [B] }).flags).toEqual(['codes']);
  });
});

describe('sameNumbers', () => {
  it.each([
    ['1,000.50 and 3', '3 und 1.000,50'],
    ['10 000', '10.000'],
    ['no', 'nein'],
    ['in 2024, 12 files', '12 Dateien in 2024'],
    ['at 3:30 p.m.', 'um 15:30 Uhr'],
    ['until 5 pm', 'bis 17 Uhr'],
    ['until 5 pm', 'jusqu’à 17 h 00'],
    ['at 9 am', 'um neun (9 Uhr)'],
  ])('%s = %s', (a, b) => expect(sameNumbers(a, b)).toBe(true)); // prettier-ignore

  it.each([
    ['12 files', '21 Dateien'],
    ['3', 'drei'],
    ['5 and 5', '5'],
    ['until 5 pm', 'bis 18 Uhr'],
    ['1.5', '15.0'],
  ])('%s ≠ %s', (a, b) => expect(sameNumbers(a, b)).toBe(false)); // prettier-ignore
});

describe('a sentence with a term of the glossary', () => {
  const source: Inlines = ['Servers are ', { code: 0 }, 'down', { code: 1 }, '.'];
  const terms = [{ source: 'server', target: 'Rechner', matchCase: false }];
  const pairs = [B];
  const plain: Inlines = ['Server sind ', { code: 0 }, 'aus', { code: 1 }, '.'];

  it('is written once where the term is used', () => {
    const used: Inlines = ['Die Rechner sind ', { code: 0 }, 'aus', { code: 1 }, '.'];
    const { inlines, flags, asked, terms: told } = translate(source, () => used, { pairs, terms });
    expect({ inlines, flags, told }).toEqual({ inlines: used, flags: [], told: [{ source: 'server', target: 'Rechner', isUsed: true }] });
    expect(asked).toHaveLength(1);
  });

  /** What the model writes, ask by ask; the last goes on. */
  const inTurn = (...written: Inlines[]): Script => {
    let asks = 0;
    return () => written[Math.min(asks++, written.length - 1)] ?? [];
  };

  it('has it in place of the model’s own word, where that is known', () => {
    const { inlines, flags, asked, terms: told } = translate(source, inTurn(plain, ['Server.']), { pairs, terms });
    expect(inlines).toEqual(['Rechner sind ', { code: 0 }, 'aus', { code: 1 }, '.']);
    expect({ flags, told }).toEqual({ flags: [], told: [{ source: 'server', target: 'Rechner', isUsed: true }] });
    expect(asked).toHaveLength(2);
  });

  it('is else written again around the term', () => {
    // In the order of the prompt: the term is code 0, the bold pair 1 and 2.
    const again: Inlines = [{ code: 0 }, 'sind ', { code: 1 }, 'aus', { code: 2 }, '.'];
    const { inlines, flags, terms: told } = translate(source, inTurn(plain, ['Diener'], again), { pairs, terms });
    expect(inlines).toEqual(['Rechner sind ', { code: 0 }, 'aus', { code: 1 }, '.']);
    expect({ flags, told }).toEqual({ flags: [], told: [{ source: 'server', target: 'Rechner', isUsed: true }] });
  });

  it('keeps what it was and is flagged where the model loses the term, or has no codes', () => {
    const lost = translate(source, () => plain, { pairs, terms });
    expect(lost).toMatchObject({ inlines: plain, flags: ['glossary'], terms: [{ isUsed: false }] });
    const without = translate(['Servers are down.'], () => ['Server sind aus.'], { terms, ids: [] });
    expect(without).toMatchObject({ inlines: ['Server sind aus.'], flags: ['glossary'] });
  });

  it('begins it with a capital at the start of a sentence', () => {
    const lower = [{ source: 'server', target: 'ein Rechner', matchCase: false }];
    const written = translate(['Server down.'], inTurn(['Server aus.'], ['Diener'], [{ code: 0 }, 'ist aus.']), {
      terms: lower,
    });
    expect(written).toMatchObject({ inlines: ['Ein Rechner ist aus.'], flags: [] });
  });
});

describe('what is wrong', () => {
  it('asks the LLM lane where a number is lost, and takes what is right', () => {
    const { inlines, isRepaired, flags } = translate(['I have 3 dogs.'], (lane) => [
      lane === 'llm' ? 'Ich habe 3 Hunde.' : 'Ich habe Hunde.',
    ]);
    expect({ inlines, isRepaired, flags }).toEqual({ inlines: ['Ich habe 3 Hunde.'], isRepaired: true, flags: [] });
  });

  it('flags what says the same twice, and the source does not', () => {
    const twice = 'Ein Hund, der wartet, und ein Hund, der wartet, ging.';
    expect(translate(['A dog that waits went.'], () => [twice]).flags).toEqual(['repeats']);
    expect(translate(['A dog that waits, and a dog that waits, went.'], () => [twice]).flags).toEqual([]);
  });

  it('flags what is hardly translated, not names and not what languages share', () => {
    expect(translate(['It costs euros (about twelve dollars).'], () => ['It costs euros (about twelve dollars).']).flags).toEqual([
      'untranslated',
    ]);
    expect(translate(['Anna, Peter and Paul.'], () => ['Anna, Peter und Paul.']).flags).toEqual([]);
  });

  it('reads capitals as a sentence and writes them as capitals', () => {
    const { asked, inlines } = translate(['OPEN THE WINDOW'], () => ['Öffnen Sie das Fenster']);
    expect(asked[0]?.ids).toEqual(tokenizer.encode(PREFIX, 'Open the window'));
    expect(inlines).toEqual(['ÖFFNEN SIE DAS FENSTER']);
  });
});
