/** What came of a walk, for a person. */
import { MEASURES, type Measure } from './usage';
import { settledSamples, sharedSlope } from './memory';
import { type Limit, type Walked } from './walk';

/**
 * Megabytes a minute that each may grow in the last two thirds of a walk: what it takes to notice after a day. The heaps are what the app
 * itself holds, and the code that was compiled for it, which levels off. The inference process is killed too often to have a slope;
 * `npm run bench:soak` holds it to a bar.
 */
const SLOPE_BARS: Partial<Record<Measure, number>> = {
  'main, resident': 1,
  'main, heap': 0.2,
  'window, resident': 1.5,
  'window, heap': 0.3,
};
/** Shorter walks tell nothing of memory. */
const LEAST_SAMPLES = 12;

export interface Circumstances {
  readonly seed: number;
  readonly limit: Limit;
  readonly commit: string;
  /** What of the suite could not be done here, and why. */
  readonly skipped: readonly string[];
}

/** Megabytes a minute in the last two thirds; null: not known. */
function slopeOf({ usage, minutes }: Walked, measure: Measure): number | null {
  const samples = usage.flatMap(({ samples: { [measure]: sample } }) => (sample === undefined ? [] : [sample]));
  return sharedSlope(settledSamples(samples, minutes));
}

/** One sentence for each measure that is over its bar. */
export function memoryFaults(walked: Walked): string[] {
  if (walked.usage.length < LEAST_SAMPLES) return [];
  return MEASURES.flatMap((measure) => {
    const bar = SLOPE_BARS[measure];
    const slope = slopeOf(walked, measure);
    return bar !== undefined && slope !== null && slope > bar
      ? [`${measure}: grows by ${slope.toFixed(2)} MB a minute, the bar is ${bar}.`]
      : [];
  });
}

export function reportOf(walked: Walked, { seed, limit, commit, skipped }: Circumstances): string {
  const { steps, faults, usage, minutes } = walked;
  const growth = memoryFaults(walked);
  const count = (isDisturbance: boolean) => {
    const names = steps.filter((step) => step.isDisturbance === isDisturbance).map(({ name }) => name);
    return [...new Set(names)]
      .map((name) => ({ name, times: names.filter((other) => other === name).length }))
      .sort((a, b) => b.times - a.times)
      .map(({ name, times }) => `${String(times).padStart(6)}  ${name}`);
  };
  const cell = (value: number | undefined, width: number) => (value === undefined ? '–' : value.toFixed(1)).padStart(width);
  const slopes = MEASURES.map((measure) => {
    const slope = slopeOf(walked, measure);
    const bar = SLOPE_BARS[measure];
    return `  ${measure.padEnd(20)} ${slope === null ? 'not known' : `${slope.toFixed(3)} MB a minute`}${bar === undefined ? '' : ` (bar ${bar})`}`;
  });
  return [
    `Soak of ${commit}, seed ${seed}: ${steps.length} steps in ${minutes.toFixed(1)} minutes, ${faults.length + growth.length} faults.`,
    `The same walk again: npm run soak -- --seed ${seed} --${limit.kind} ${limit.count}`,
    ...skipped.map((what) => `Not done: ${what}.`),
    '',
    'Actions',
    ...count(false),
    '',
    'Disturbances',
    ...count(true),
    '',
    'Memory in MB after collecting garbage, files main has open, nodes of the page; what its fields can undo counts for itself',
    `minute ${MEASURES.map((measure) => measure.padStart(20)).join(' ')}   files    nodes  to undo`,
    ...usage.map(
      (at) =>
        `${at.minutes.toFixed(1).padStart(6)} ${MEASURES.map((measure) => cell(at.samples[measure]?.megabytes, 20)).join(' ')} ${String(at.openFiles).padStart(7)} ${String(at.nodes).padStart(8)} ${String(at.nodesToUndo).padStart(8)}`,
    ),
    'Slope in the last two thirds',
    ...slopes,
    ...(usage.length < LEAST_SAMPLES ? [`  ${usage.length} samples are too few to be judged; ${LEAST_SAMPLES} are needed.`] : []),
    ...growth.map((what) => `FAULT: ${what}`),
    ...faults.flatMap((fault) => [
      '',
      `FAULT at step ${fault.step}`,
      fault.message,
      ...(fault.screenshot === null ? [] : [`Picture: ${fault.screenshot}`]),
      'Before it:',
      ...fault.before.map((line) => `  ${line}`),
    ]),
    '',
  ].join('\n');
}
