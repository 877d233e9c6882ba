/** What will run, derived from the settings and the packs at hand: the pack, the pair, the lane. Pure. */
import { type PackEntry, type Settings } from '../../shared/app-api';
import { BEST_BEAM_WIDTH, decodingOfWidth, hasLane, type LaneChoice, type RequestLane } from '../../shared/inference/lanes';
import { type GenerateInput } from '../../shared/inference-client';
import { isTranslating, usualBeamWidth, type Lane, type TranslatingManifest } from '../../shared/pack';
import { t } from '../i18n/i18n';

export interface Choice {
  pack: TranslatingManifest;
  from: string;
  to: string;
  /** What the user chose, or the nearest to it that the pack offers. */
  chosen: LaneChoice;
  lane: RequestLane;
  beamWidth: number;
}

/** In the order they are offered. */
const LANE_ORDER: readonly Lane[] = ['hybrid', 'llm', 'slm'];

const LANE_NAMES = {
  hybrid: 'shell.laneHybrid',
  llm: 'shell.laneLlm',
  slm: 'shell.laneSlm',
  exact: 'shell.laneExact',
  best: 'shell.laneBest',
} as const;

const LANE_MEANINGS = {
  hybrid: 'shell.laneHybridMeaning',
  llm: 'shell.laneLlmMeaning',
  slm: 'shell.laneSlmMeaning',
  exact: 'shell.laneExactMeaning',
  best: 'shell.laneBestMeaning',
} as const;

export const laneName = (lane: LaneChoice): string => t(LANE_NAMES[lane]);
export const laneMeaning = (lane: LaneChoice): string => t(LANE_MEANINGS[lane]);

/** Those that translate. */
export function usablePacks(packs: readonly PackEntry[]): TranslatingManifest[] {
  return packs.flatMap((entry) => (entry.state === 'ok' && isTranslating(entry.manifest) ? [entry.manifest] : []));
}

/** Settings that the packs cannot follow give way to the nearest that they can; null without a usable pack. */
export function chooseWork(packs: readonly PackEntry[], settings: Settings): Choice | null {
  const usable = usablePacks(packs);
  const pack = usable.find((candidate) => candidate.id === settings.packId) ?? usable[0];
  const firstTask = pack?.tasks[0];
  if (pack === undefined || firstTask === undefined) return null;
  const fromTasks = pack.tasks.filter((task) => task.from === settings.from);
  const task = fromTasks.find((candidate) => candidate.to === settings.to) ?? fromTasks[0] ?? firstTask;
  const offered = laneChoices(pack);
  const nearest = settings.lane === 'best' && !offered.includes('best') ? 'llm' : settings.lane;
  const chosen = offered.includes(nearest) ? nearest : (offered[0] ?? 'llm');
  const lane = chosen === 'best' ? 'llm' : chosen;
  return {
    pack,
    from: task.from,
    to: task.to,
    chosen,
    lane,
    beamWidth: lane === 'exact' ? 1 : Math.min(beamWidthFor(pack, chosen, settings), widestBeam(pack)),
  };
}

export function packLanes(pack: TranslatingManifest): Lane[] {
  return LANE_ORDER.filter((lane) => pack.lanes[lane] !== undefined);
}

/** What a request may run with the pack: its lanes, and `exact` where it has both that takes. */
export function offeredLanes(pack: TranslatingManifest): RequestLane[] {
  return [...packLanes(pack), ...(hasLane(pack, 'exact') ? (['exact'] as const) : [])];
}

/** Those for work of one's own: the small model alone is there to be compared, unless the pack has nothing else. */
export function workLanes(pack: TranslatingManifest): RequestLane[] {
  const lanes = offeredLanes(pack);
  return lanes.length === 1 ? lanes : lanes.filter((lane) => lane !== 'slm');
}

/** What a user chooses among, from the fastest to the best; without `best` where the LLM's lane is as careful by itself, or cannot be. */
export function laneChoices(pack: TranslatingManifest): LaneChoice[] {
  const canBeBetter = pack.lanes.llm !== undefined && usualBeamWidth(pack, 'llm') < BEST_BEAM_WIDTH && BEST_BEAM_WIDTH <= widestBeam(pack);
  return [...workLanes(pack), ...(canBeBetter ? (['best'] as const) : [])];
}

/** The width without a setting of the user's. */
export function usualWidth(pack: TranslatingManifest, chosen: LaneChoice): number {
  return chosen === 'best' ? BEST_BEAM_WIDTH : chosen === 'exact' ? 1 : usualBeamWidth(pack, chosen);
}

function beamWidthFor(pack: TranslatingManifest, chosen: LaneChoice, settings: Settings): number {
  const width = settings.beamWidth ?? usualWidth(pack, chosen);
  return chosen === 'best' ? Math.max(BEST_BEAM_WIDTH, width) : width;
}

/** A beam of `w` needs the best `2 * w` candidates of each step. */
export function widestBeam(pack: TranslatingManifest): number {
  return Math.max(1, Math.min(8, Math.floor(pack.topK / 2)));
}

export function sourceLanguages(pack: TranslatingManifest): string[] {
  return [...new Set(pack.tasks.map((task) => task.from))];
}

export function targetLanguages(pack: TranslatingManifest, from: string): string[] {
  return [...new Set(pack.tasks.filter((task) => task.from === from).map((task) => task.to))];
}

export function canSwap({ pack, from, to }: Omit<Choice, 'lane' | 'chosen'>): boolean {
  return pack.tasks.some((task) => task.from === to && task.to === from);
}

export function workInput(choice: Omit<Choice, 'chosen'>, text: string): GenerateInput {
  return {
    packId: choice.pack.id,
    task: { kind: 'translate', from: choice.from, to: choice.to },
    lane: choice.lane,
    decoding: decodingOfWidth(choice.beamWidth),
    priority: 'interactive',
    text,
  };
}
