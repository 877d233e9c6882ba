/** What is wrong and what mends it, in words. Pure. */
import { type PackEntry } from '../../shared/app-api';
import type { EngineError } from '../../shared/inference/engine';
import { engineErrorWords } from '../engine/engine-error-words';
import { type EngineCondition } from '../engine/engine-store';
import { type Generation } from '../generation';
import { t, type TextKey } from '../i18n/i18n';

export type Remedy = 'translate' | 'restart' | 'rescan' | 'open-packs' | 'settings';

export interface Problem {
  title: string;
  message: string;
  remedies: readonly Remedy[];
  /** It may be the app's own mistake, or the machine's: a report is of use. */
  isReportable?: boolean;
}

const ERROR_TITLES = {
  'pack-missing': 'shell.problemPackMissing',
  'pack-damaged': 'shell.problemPackDamaged',
  'unsupported-request': 'shell.problemUnsupported',
  'unfit-text': 'shell.problemUnfitText',
  'bad-request': 'shell.problemBadRequest',
  'provider-failed': 'shell.problemProvider',
  'process-died': 'shell.problemDied',
  internal: 'shell.problemInternal',
} as const satisfies Record<EngineError['code'], TextKey>;

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

/** The others are a text's or a pack's, and say what mends them. */
const REPORTABLE: ReadonlySet<EngineError['code']> = new Set(['provider-failed', 'process-died', 'internal']);

/** The most pressing problem, null when there is none. What stops every text goes before what stopped the last one. */
export function findProblem(
  condition: EngineCondition,
  packs: readonly PackEntry[] | null,
  work: Pick<Generation, 'error'> | null,
): Problem | null {
  switch (condition.kind) {
    case 'stopped':
      return { title: t('shell.problemStopped'), message: condition.reason, remedies: ['restart'], isReportable: true };
    case 'unusable': {
      const message = `${t(`diagnosis.${condition.trouble}`)}\n${condition.reason}`;
      return { title: t('diagnosis.unusable'), message, remedies: ['restart'], isReportable: true };
    }
    case 'no-pack':
      return noPack(packs ?? []);
    case 'pack-failed':
      return fromError(condition.error);
    case 'starting':
    case 'restarting':
    case 'opening':
    case 'ready':
      return work?.error == null ? null : fromError(work.error);
    default:
      return condition satisfies never;
  }
}

function fromError(error: EngineError): Problem {
  const { code } = error;
  return {
    title: t(ERROR_TITLES[code]),
    message: engineErrorWords(error),
    remedies: ERROR_REMEDIES[code],
    isReportable: REPORTABLE.has(code),
  };
}

function noPack(packs: readonly PackEntry[]): Problem {
  const damaged = packs.flatMap((entry) => (entry.state === 'damaged' ? [`${folderName(entry.folder)}: ${entry.problem}`] : []));
  return damaged.length > 0
    ? { title: t('shell.problemNoneUsable'), message: damaged.join('\n'), remedies: ['rescan', 'open-packs'] }
    : {
        title: t('shell.problemNoPack'),
        message: t('shell.problemNoPackMessage'),
        remedies: ['open-packs', 'rescan'],
      };
}

export function folderName(folder: string): string {
  return folder.split(/[\\/]/).findLast((part) => part !== '') ?? folder;
}
