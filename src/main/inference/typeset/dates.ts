/** English dates that a model copied, as the target language writes them. Pure. */

const MONTHS = {
  en: ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'],
  de: ['Januar', 'Februar', 'März', 'April', 'Mai', 'Juni', 'Juli', 'August', 'September', 'Oktober', 'November', 'Dezember'],
  fr: ['janvier', 'février', 'mars', 'avril', 'mai', 'juin', 'juillet', 'août', 'septembre', 'octobre', 'novembre', 'décembre'],
};
const MONTH = `(${MONTHS.en.join('|')})`;
/** "March 3, 2021" and "March 3"; "3 March 2021", "3rd of March" and "March 2021", a month alone too. */
const MONTH_FIRST = new RegExp(`\\b${MONTH} (\\d{1,2})(?:st|nd|rd|th)?(?!\\d|\\.\\d)(?:,? (\\d{4})\\b)?`, 'g');
const DAY_FIRST = new RegExp(`\\b(?:(\\d{1,2})(?:st|nd|rd|th)? (?:of )?)?${MONTH}(?:,? (\\d{4}))?\\b`, 'g');

/** Only dates that stand in the target just as in the source. */
export function localizedDates(source: string, target: string, from: string, to: string): string {
  if (from !== 'en' || (to !== 'de' && to !== 'fr')) return target;
  const localized = (date: string, month = '', day = '', year = '') =>
    day + year !== '' && source.includes(date) ? dateIn(to, month, day, year) : date;
  return target
    .replace(MONTH_FIRST, (date: string, month: string, day: string, year?: string) => localized(date, month, day, year))
    .replace(DAY_FIRST, (date: string, day?: string, month?: string, year?: string) => localized(date, month, day, year));
}

function dateIn(language: 'de' | 'fr', month: string, day: string, year: string): string {
  const name = MONTHS[language][MONTHS.en.indexOf(month)] ?? month;
  const number = day === '' ? '' : language === 'de' ? `${Number(day)}.` : day === '1' ? '1er' : String(Number(day));
  return [number, name, year].filter((part) => part !== '').join(' ');
}
