import { describe, expect, it } from 'vitest';
import { isRetelling } from '../../../../../src/main/inference/summarize/retelling';
import { sentenceRanges } from '../../../../../src/main/inference/summarize/sentence-ranges';

const LETTER = `From next Monday, 3 May, the bridge on Station Road will be closed for repairs. The council expects the work to take six weeks. The
school bus will not stop at Mill Corner and Church Street until the bridge is open. Lessons begin at the usual time.`;

const retells = (sentence: string) => isRetelling(sentence, LETTER, [...sentenceRanges(LETTER)]);

describe('isRetelling', () => {
  it.each([
    'The bridge on Station Road will be closed for repairs.',
    'The council expects work to take six weeks.',
    'The bridge will be closed for repairs, and the council expects the work to take 6 weeks.',
    'The school bus will not stop at Mill Corner until the bridge is open.',
  ])('%s', (sentence) => expect(retells(sentence)).toBe(true));

  it.each([
    ['other words', 'Many parents are angry about the closed bridge on Station Road.'],
    ['another order', 'The school on Church Street will be closed for repairs.'],
    ['another unit', 'The council expects the work to take six days.'],
    ['another number', 'The council expects the work to take five weeks.'],
    ['another name', 'The bridge on Mill Road will be closed for repairs.'],
    ['a lost denial', 'The school bus will stop at Mill Corner and Church Street until the bridge is open.'],
    ['a lost condition', 'The school bus will not stop at Mill Corner and Church Street.'],
    ['a new denial', 'Lessons do not begin at the usual time.'],
    ['sentences that are no neighbours', 'The bridge on Station Road will be closed, and lessons begin at the usual time.'],
    ['nothing', 'This is it.'],
  ])('%s', (_, sentence) => expect(retells(sentence)).toBe(false));
});
