/** What a comparison would run, derived from the settings, the packs at hand and what was chosen here. Pure. */
import { type PackEntry, type Settings } from '../../shared/app-api';
import type { RequestLane } from '../../shared/inference/lanes';
import { type TranslatingManifest } from '../../shared/pack';
import { chooseWork, offeredLanes, type Choice } from '../translate/choice';

export interface LanguagePair {
  from: string;
  to: string;
}

export interface ComparisonChoice extends Omit<Choice, 'lane' | 'chosen'> {
  /** Lanes of the pack, the reference first. */
  available: readonly RequestLane[];
  /** Those to run, in the same order. */
  lanes: readonly RequestLane[];
}

/**
 * `pair` and `lanes` null: as in Translate, and all of them. Greedy unless a width was chosen, so that all lanes do the same work. Null without
 * a usable pack.
 */
export function chooseComparison(
  packs: readonly PackEntry[],
  settings: Settings,
  { pair, lanes }: { pair: LanguagePair | null; lanes: readonly RequestLane[] | null },
): ComparisonChoice | null {
  const choice = chooseWork(packs, { ...settings, ...pair, lane: 'llm', beamWidth: settings.beamWidth ?? 1 });
  if (choice === null) return null;
  const { pack, from, to, beamWidth } = choice;
  const available = comparableLanes(pack, beamWidth);
  const chosen = available.filter((lane) => lanes === null || lanes.includes(lane));
  return { pack, from, to, beamWidth, available, lanes: chosen.length < 2 ? available : chosen };
}

/** The LLM first: the others are held against it. The small model alone last: it is what they are better than. */
const COMPARED_ORDER: readonly RequestLane[] = ['llm', 'hybrid', 'exact', 'slm'];

/** A beam is not for the exact lane, which writes one output. */
function comparableLanes(pack: TranslatingManifest, beamWidth: number): RequestLane[] {
  const offered = offeredLanes(pack);
  return COMPARED_ORDER.filter((lane) => offered.includes(lane) && (lane !== 'exact' || beamWidth === 1));
}
