/** `packs probe`: tests of what this machine has besides the CPU. */
import { laneSchema } from '../shared/pack';
import { speedUp, type Comparison, type Places, type ProbeOutcome } from '../shared/processors';
import { Processors } from '../main/providers/processors';
import { gpuProvidersHere } from '../main/providers/runtime';
import type { Command } from './arguments';
import { CommandFailure, findAnyPack } from './pack-folders';
import { checkPlace, openProbeResults, threadsOf } from './place';
import { startProbeProcess } from './probe-process';
import type { Output } from './translate';

type ProbeCommand = Extract<Command, { kind: 'packs-probe' }>;

/** Ctrl+C cancels; what is done is kept. */
export async function probePack({ pack: wanted, provider }: ProbeCommand, output: Output): Promise<void> {
  if (provider !== null) checkPlace({ provider, threads: null });
  const pack = await findAnyPack(wanted, process.env);
  const { id } = pack.manifest;
  const processors = new Processors({
    providers: gpuProvidersHere(),
    results: await openProbeResults(output.tell),
    packs: () => [pack],
    threads: () => threadsOf(null),
    start: () => startProbeProcess(),
    onState: ({ testing }) => output.progress(testing ? `${testing.provider} ${testing.done}/${testing.steps}` : ''),
    onPlaces: () => {},
  });
  const cancel = () => processors.cancel();
  process.once('SIGINT', cancel);
  try {
    await processors.test(id, provider);
  } catch (error) {
    throw new CommandFailure(error instanceof Error ? error.message : String(error), { cause: error });
  } finally {
    process.off('SIGINT', cancel);
  }
  const tested = processors.state().packs[id];
  if (!tested) throw new CommandFailure('Cancelled; nothing was found out.');
  for (const result of tested.results) await output.write(`${result.provider}: ${outcomeWords(result.outcome)}\n`);
  await output.write(`${id} ${placeWords(tested.places)}.\n`);
}

function outcomeWords(outcome: ProbeOutcome): string {
  switch (outcome.kind) {
    case 'measured': {
      const lanes = laneSchema.options.flatMap((lane) => {
        const comparison = outcome.lanes[lane];
        return comparison ? [`${lane} ${comparisonWords(comparison)}`] : [];
      });
      return [`reading ${comparisonWords(outcome.reading)}`, ...lanes].join('; ');
    }
    case 'unavailable':
      return `cannot be used here: ${outcome.reason}.`;
    case 'crashed':
      return `its process ended during ${outcome.during === 'test' ? 'the test' : 'work'}. It is left alone until --provider names it.`;
    case 'hung':
      return `told nothing for ${Math.round(outcome.limitMs / 1000)} s and was ended. It is left alone until --provider names it.`;
    default:
      return outcome satisfies never;
  }
}

function comparisonWords(comparison: Comparison): string {
  const { same, cpuMs, ms } = comparison;
  const speed = `${speedUp(comparison).toPrecision(2)} times as fast as the CPU (${ms.toFixed(1)} ms, CPU ${cpuMs.toFixed(1)} ms)`;
  return same === false ? `${speed}, but not the same` : speed;
}

function placeWords({ reading, lanes }: Places): string {
  const writing = Object.entries(lanes).map(([lane, provider]) => `${lane} writes on ${provider}`);
  return [`reads on ${reading}`, ...writing].join(', ');
}
