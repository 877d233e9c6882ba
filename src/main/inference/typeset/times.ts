/**
 * English times by 12 hours, as German and French tell them: "3:30 p.m." → "15:30". Put so before a model reads them, which then has no hour to
 * reckon. Pure.
 */
import type { Inlines } from '../../../shared/inlines';

const HOUR = '(1[0-2]|0?[1-9])(?:[:.]([0-5]\\d))?';
/** "9:00 a.m.", "5PM"; "9–11 am" and "9 to 5 pm", whose first time does not say which half of the day it is in. */
const TIME = new RegExp(`(?<![\\d.,:$€£-])(?:${HOUR}( ?[-–—] ?| to | and ))?${HOUR} ?([ap])(?:\\.m(?:\\.|\\b)|m\\b)(?!['’\\w])`, 'gi');
const LANGUAGES: readonly string[] = ['de', 'fr'];

/** The same where the languages need it, else as it is. The dot of "p.m." at the very end stays: it ends the sentence as well. */
export const inTwentyFourHours = (source: Inlines, { from, to }: { from: string; to: string }): Inlines =>
  from === 'en' && LANGUAGES.includes(to) ? source.map((inline) => (typeof inline === 'string' ? toldIn24Hours(inline) : inline)) : source;

export function toldIn24Hours(text: string): string {
  return text.replace(
    TIME,
    (
      time,
      from: string | undefined,
      fromMinute: string | undefined,
      between: string | undefined,
      hour: string,
      minute: string | undefined,
      half: string,
      at: number,
    ) => {
      const end = minutes(hour, minute, half);
      const told = clock(end) + (time.endsWith('.') && at + time.length === text.trimEnd().length ? '.' : '');
      if (from === undefined) return told;
      const begin = minutes(from, fromMinute, half);
      // "9 to 5 pm" begins in the morning.
      return `${clock(begin < end ? begin : (begin + 12 * 60) % (24 * 60))}${between ?? ''}${told}`;
    },
  );
}

const minutes = (hour: string, minute: string | undefined, half: string) =>
  60 * ((Number(hour) % 12) + (half.toLowerCase() === 'p' ? 12 : 0)) + Number(minute ?? 0);

const clock = (time: number) => `${Math.floor(time / 60)}:${String(time % 60).padStart(2, '0')}`;
