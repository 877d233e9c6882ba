/** What a comparison would run, derived from the settings, the packs at hand and what was chosen here. Pure. */
import { type PackEntry, type Settings } from '../../shared/app-api';
import { type Lane, type PackManifest } from '../../shared/pack';
import { chooseWork, packLanes, type Choice } from '../translate/choice';

export interface LanguagePair {
  from: string;
  to: string;
}

export interface ComparisonChoice extends Omit<Choice, 'lane'> {
  /** Lanes of the pack, the reference first. */
  available: readonly Lane[];
  /** Those to run, in the same order. */
  lanes: readonly Lane[];
}

/** `pair` and `lanes` null: as in Translate, and all of them. Null without a usable pack. */
export function chooseComparison(
  packs: readonly PackEntry[],
  settings: Settings,
  { pair, lanes }: { pair: LanguagePair | null; lanes: readonly Lane[] | null },
): ComparisonChoice | null {
  const choice = chooseWork(packs, { ...settings, ...pair });
  if (choice === null) return null;
  const available = comparableLanes(choice.pack);
  const chosen = available.filter((lane) => lanes === null || lanes.includes(lane));
  const { pack, from, to, beamWidth } = choice;
  return { pack, from, to, beamWidth, available, lanes: chosen.length < 2 ? available : chosen };
}

/** The LLM first: the others are held against it. */
function comparableLanes(pack: PackManifest): Lane[] {
  const lanes = packLanes(pack);
  return [...lanes.filter((lane) => lane === 'llm'), ...lanes.filter((lane) => lane !== 'llm')];
}
