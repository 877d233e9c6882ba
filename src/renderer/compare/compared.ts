/** What a comparison compares, translations or summaries of one text, and what is asked of the engine for each lane. Knows no store and no view. */
import { type PackEntry, type Settings } from '../../shared/app-api';
import { lanesOf, type RequestLane } from '../../shared/inference/lanes';
import { type GenerateEvent, type GenerateInput, type InferenceClient } from '../../shared/inference-client';
import type { SummaryForm, SummaryLength, SummarizingManifest } from '../../shared/pack';
import { t } from '../i18n/i18n';
import { chooseSummary } from '../summarize/summary-choice';
import { laneMeaning, workInput } from '../translate/choice';
import { chooseComparison, type ComparisonChoice, type LanguagePair } from './lanes';

export const COMPARED_TASKS = ['translate', 'summarize'] as const;
export type ComparedTask = (typeof COMPARED_TASKS)[number];

export interface SummaryShape {
  length: SummaryLength;
  form: SummaryForm;
}

/** `exact` is the LLM that copies spans of the text and verifies them; `llm` writes token by token. */
export interface SummaryComparison extends SummaryShape {
  pack: SummarizingManifest;
  available: readonly RequestLane[];
  /** Those to run, the reference first. */
  lanes: readonly RequestLane[];
}

export type Compared = ComparisonChoice | SummaryComparison;

export interface ComparedChoice {
  task: ComparedTask;
  /** Null: as in Translate. */
  pair: LanguagePair | null;
  /** Null: as in Summarize. */
  shape: SummaryShape | null;
  /** Null: all. */
  lanes: readonly RequestLane[] | null;
}

export const isSummary = (choice: Compared): choice is SummaryComparison => 'form' in choice;

export const taskOf = (choice: Compared): ComparedTask => (isSummary(choice) ? 'summarize' : 'translate');

/** Null without a pack for the task. */
export function chooseCompared(packs: readonly PackEntry[], settings: Settings, chosen: ComparedChoice): Compared | null {
  if (chosen.task === 'translate') return chooseComparison(packs, settings, chosen);
  const { length: summaryLength, form: summaryForm } = chosen.shape ?? { length: settings.summaryLength, form: settings.summaryForm };
  const choice = chooseSummary(packs, { ...settings, summaryLength, summaryForm });
  if (choice === null) return null;
  const { pack, length, form } = choice;
  const available: RequestLane[] = ['llm', 'exact', ...(pack.lanes.hybrid ? (['hybrid'] as const) : [])];
  const lanes = available.filter((lane) => chosen.lanes === null || chosen.lanes.includes(lane));
  return { pack, length, form, available, lanes: lanes.length < 2 ? available : lanes };
}

/** Of what is written. */
export const writtenLanguage = (choice: Compared): string => (isSummary(choice) ? choice.pack.language : choice.to);

export const readLanguage = (choice: Compared): string => (isSummary(choice) ? choice.pack.language : choice.from);

/** Whether the lane reads with the large model's encoder, or with the whole of it. */
export const readsEncoding = (choice: Compared, lane: RequestLane): boolean =>
  isSummary(choice) || lanesOf(lane).some((part) => choice.pack.lanes[part]?.prefillFrom !== 'tokens');

export function meaningOf(choice: Compared, lane: RequestLane): string {
  if (!isSummary(choice)) return laneMeaning(lane);
  if (lane === 'exact') return t('compare.copyingMeaning');
  return lane === 'llm' ? t('compare.plainMeaning') : laneMeaning(lane);
}

/** What the engine tells of one lane's run. Summaries give way to what is typed, whatever their priority. */
export async function* eventsOf(
  engine: InferenceClient,
  choice: Compared,
  lane: RequestLane,
  text: string,
  signal: AbortSignal,
  priority: GenerateInput['priority'] = 'interactive',
): AsyncGenerator<GenerateEvent, void, undefined> {
  if (!isSummary(choice)) {
    yield* engine.generate({ ...workInput({ ...choice, lane }, text), priority }, signal);
    return;
  }
  const { pack, length, form } = choice;
  const drafts = lane === 'exact' ? 'copied' : 'none';
  const input = { packId: pack.id, lane: lane === 'hybrid' ? ('hybrid' as const) : ('llm' as const), length, form, drafts, text } as const;
  for await (const event of engine.summarize(input, signal)) if (event.kind !== 'plan' && event.kind !== 'part') yield event;
}
