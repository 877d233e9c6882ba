/** What a summary will run on, derived from the settings and the packs at hand. Pure. */
import { type PackEntry, type Settings } from '../../shared/app-api';
import { type SummaryForm, type SummaryLength, isSummarizing, type SummarizingManifest } from '../../shared/pack';

export const LENGTHS = ['headline', 'short', 'long'] as const satisfies readonly SummaryLength[];
export const FORMS = ['paragraph', 'bullets'] as const satisfies readonly SummaryForm[];

export interface SummaryChoice {
  pack: SummarizingManifest;
  /** Those the pack has, in the order they are offered. */
  lanes: readonly SummaryLane[];
  lane: SummaryLane;
  length: SummaryLength;
  form: SummaryForm;
}

type SummaryLane = keyof SummarizingManifest['lanes'];
const LANE_ORDER = ['hybrid', 'llm'] as const satisfies readonly SummaryLane[];

/** What the pack does not have gives way to the nearest that it has; null without a pack that summarizes. */
export function chooseSummary(
  packs: readonly PackEntry[],
  { summaryLane, summaryLength, summaryForm }: Pick<Settings, 'summaryLane' | 'summaryLength' | 'summaryForm'>,
): SummaryChoice | null {
  const pack = packs.flatMap((entry) => (entry.state === 'ok' && isSummarizing(entry.manifest) ? [entry.manifest] : []))[0];
  const first = pack?.tasks[0];
  if (pack === undefined || first === undefined) return null;
  const ofLength = pack.tasks.filter((task) => task.length === summaryLength);
  const task = ofLength.find((candidate) => candidate.form === summaryForm) ?? ofLength[0] ?? first;
  const lanes = LANE_ORDER.filter((candidate) => pack.lanes[candidate] !== undefined);
  const lane = lanes.find((candidate) => candidate === summaryLane) ?? lanes[0] ?? 'llm';
  return { pack, lanes, lane, length: task.length, form: task.form };
}

/** The forms that the pack writes in this length. */
export function formsOf({ tasks }: SummarizingManifest, length: SummaryLength): SummaryForm[] {
  return FORMS.filter((form) => tasks.some((task) => task.length === length && task.form === form));
}

export function lengthsOf({ tasks }: SummarizingManifest): SummaryLength[] {
  return LENGTHS.filter((length) => tasks.some((task) => task.length === length));
}
