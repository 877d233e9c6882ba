/** How a summary stands, in words. Pure but for the language of the window. */
import { formatList, formatNumber, formatPercent, languageName, t } from '../i18n/i18n';
import { type SummaryRun } from './summary-run';

/** What the step that runs does, and which it is where there are several. */
export function stepWords(run: SummaryRun): string {
  const { parts, segment } = run;
  if (parts.length <= 1) return workWords(run);
  if (segment >= parts.length) return t('summarize.joining');
  const where = { part: formatNumber(segment + 1), parts: formatNumber(parts.length) };
  return isReading(run) ? withPercent(run, t('summarize.readingPart', where)) : t('summarize.writingPart', where);
}

/** What the step that runs does. */
export function workWords(run: SummaryRun): string {
  return isReading(run) ? withPercent(run, t('summarize.reading')) : t('summarize.writing');
}

const isReading = ({ stage }: SummaryRun) => stage !== 'decode' && stage !== 'detokenize';

const withPercent = ({ stage, fraction }: SummaryRun, what: string) =>
  stage === 'encode' && fraction !== null ? t('summarize.readPercent', { what, percent: formatPercent(fraction) }) : what;

export interface Verdict {
  words: string;
  tone: 'plain' | 'warn';
}

/** On the chosen sentence, or on the summary as a whole. */
export function verdictOf(run: SummaryRun, chosen: number | null): Verdict {
  const { summary, input, output, flagged, repaired } = run;
  const sentences = summary?.sentences ?? [];
  const sentence = chosen === null ? undefined : sentences[chosen];
  if (sentence !== undefined && chosen !== null) {
    const at = { at: formatNumber(chosen + 1), all: formatNumber(sentences.length) };
    if (sentence.isTaken) return { words: t('summarize.takenFrom', at), tone: 'plain' };
    const [best] = sentence.sources;
    const names = sentence.unknown.map(({ start, end }) => output.slice(start, end));
    const unknown = names.length === 0 ? [] : [t('summarize.unknownNames', { names: formatList(names) })];
    const rests =
      best === undefined
        ? t('summarize.restsOnNothing', at)
        : t('summarize.restsOn', { ...at, text: input.text.slice(best.start, best.end).trim() });
    return { words: [...unknown, rests].join(' '), tone: best === undefined || names.length > 0 ? 'warn' : 'plain' };
  }
  const reason = flagged[0]?.reason;
  if (reason === 'empty') return { words: t('summarize.empty'), tone: 'warn' };
  if (reason === 'length') return { words: t('summarize.cut'), tone: 'warn' };
  if (reason === 'loop') return { words: t('summarize.loop'), tone: 'warn' };
  const unsupported = sentences.filter(({ sources }) => sources.length === 0).length;
  if (unsupported > 0) return { words: t('summarize.toCheck', { count: unsupported }), tone: 'warn' };
  const origin = originOf(run);
  if (origin.length > 0) return { words: origin.join(' '), tone: 'plain' };
  if ((repaired ?? 0) > 0) return { words: t('summarize.repaired'), tone: 'plain' };
  return { words: `${t('summarize.allSupported')} ${t('summarize.lookHint')}`, tone: 'plain' };
}

/** What of it is the text's own words, and what was not shown. */
function originOf({ summary }: SummaryRun): string[] {
  if (summary === null) return [];
  const { sentences, leftOut, foreignLanguage } = summary;
  if (foreignLanguage !== undefined) return [t('summarize.foreign', { language: languageName(foreignLanguage) })];
  const taken = sentences.filter(({ isTaken }) => isTaken).length;
  if (taken > 0 && taken === sentences.length) {
    return [leftOut.unsupported > 0 ? t('summarize.allTakenInstead') : t('summarize.allTaken')];
  }
  const unsupported = Math.max(0, leftOut.unsupported - taken);
  return [
    ...(taken > 0 ? [t('summarize.someTaken', { count: taken })] : []),
    ...(unsupported > 0 ? [t('summarize.unsupportedOut', { count: unsupported })] : []),
    ...(leftOut.repeated > 0 ? [t('summarize.repeatedOut', { count: leftOut.repeated })] : []),
  ];
}
