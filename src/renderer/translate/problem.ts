/** What is wrong and what mends it, in words. Pure. */
import { type PackEntry } from '../../shared/app-api';
import { type EngineError } from '../../shared/inference';
import { type EngineCondition } from '../engine/engine-store';
import { type Generation } from '../generation';

export type Remedy = 'translate' | 'restart' | 'rescan' | 'open-packs' | 'settings';

export interface Problem {
  title: string;
  message: string;
  remedies: readonly Remedy[];
}

const ERROR_TITLES: Record<EngineError['code'], string> = {
  'pack-missing': 'The pack is missing',
  'pack-damaged': 'The pack is damaged',
  'unsupported-request': 'This pack cannot do that',
  'unfit-text': 'There is nothing to summarize here',
  'bad-request': 'This text could not be translated',
  'provider-failed': 'The processor or graphics unit refused the work',
  'process-died': 'The engine stopped',
  internal: 'Something went wrong in the engine',
};

const ERROR_REMEDIES: Record<EngineError['code'], readonly Remedy[]> = {
  'pack-missing': ['rescan', 'open-packs'],
  'pack-damaged': ['rescan', 'open-packs'],
  'unsupported-request': ['settings'],
  'unfit-text': [],
  'bad-request': ['translate'],
  'provider-failed': ['restart', 'settings'],
  'process-died': ['translate'],
  internal: ['translate', 'restart'],
};

/** The most pressing problem, null when there is none. What stops every text goes before what stopped the last one. */
export function findProblem(condition: EngineCondition, packs: readonly PackEntry[] | null, generation: Generation | null): Problem | null {
  switch (condition.kind) {
    case 'stopped':
      return { title: 'The engine has stopped', message: condition.reason, remedies: ['restart'] };
    case 'no-pack':
      return noPack(packs ?? []);
    case 'pack-failed':
      return fromError(condition.error);
    case 'starting':
    case 'restarting':
    case 'opening':
    case 'ready':
      return generation?.error == null ? null : fromError(generation.error);
    default:
      return condition satisfies never;
  }
}

function fromError(error: EngineError): Problem {
  return { title: ERROR_TITLES[error.code], message: error.message, remedies: ERROR_REMEDIES[error.code] };
}

function noPack(packs: readonly PackEntry[]): Problem {
  const damaged = packs.flatMap((entry) => (entry.state === 'damaged' ? [`${folderName(entry.folder)}: ${entry.problem}`] : []));
  return damaged.length > 0
    ? { title: 'No pack can be used', message: damaged.join('\n'), remedies: ['rescan', 'open-packs'] }
    : {
        title: 'No pack here yet',
        message: 'A pack holds the models and languages. Put one into the packs folder, then look again.',
        remedies: ['open-packs', 'rescan'],
      };
}

export function folderName(folder: string): string {
  return folder.split(/[\\/]/).findLast((part) => part !== '') ?? folder;
}
