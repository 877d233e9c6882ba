import { describe, expect, it } from 'vitest';
import { inTwentyFourHours, toldIn24Hours } from '../../../../src/main/inference/typeset/times';

describe('times by 12 hours', () => {
  it.each([
    ['at 3:30 p.m. on Friday', 'at 15:30 on Friday'],
    ['We open at 9 am and close at 5 pm.', 'We open at 9:00 and close at 17:00.'],
    ['from 8:00 AM to 10:00 PM', 'from 8:00 to 22:00'],
    ['It ended at 11.45 p.m.', 'It ended at 23:45.'],
    ['12 a.m. or 12:30PM?', '0:00 or 12:30?'],
    ['9–11 am', '9:00–11:00'],
    ['2 to 4 p.m.', '14:00 to 16:00.'],
    ['Open 9-5 pm', 'Open 9:00-17:00'],
    ['10:30-1 p.m. daily', '10:30-13:00 daily'],
    ['between 12 and 2 PM', 'between 12:00 and 14:00'],
  ])('%s', (text, told) => expect(toldIn24Hours(text)).toBe(told)); // prettier-ignore

  it.each(['13 pm', '2:75 am', 'PM2.5', '1010 AM radio', 'Type = 3 amounts', "it's 2 am's fault", '$5 am', 'I am 9', '3 AMD'])(
    'none in %s',
    (text) => expect(toldIn24Hours(text)).toBe(text),
  );

  it('stay where the other language has them too, or the text is no English', () => {
    expect(inTwentyFourHours(['at 5 pm ', { code: 0 }], { from: 'en', to: 'fr' })).toEqual(['at 17:00 ', { code: 0 }]);
    expect(inTwentyFourHours(['at 5 pm'], { from: 'en', to: 'es' })).toEqual(['at 5 pm']);
    expect(inTwentyFourHours(['um 5 pm'], { from: 'de', to: 'fr' })).toEqual(['um 5 pm']);
  });
});
