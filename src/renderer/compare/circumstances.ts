/** Where, when and with what something was measured: what a reader of exported numbers must know. Pure. */
import { type Machine } from '../../shared/app-api';
import type { Decoding } from '../../shared/inference/lanes';
import { formatNumber, languageName, t } from '../i18n/i18n';
import { workInput } from '../translate/choice';
import { type Sessions } from './compare-run';
import { isSummary, type Compared, type SummaryShape } from './compared';

export interface Circumstances {
  /** ISO 8601. */
  measuredAt: string;
  app: { version: string; commit: string };
  machine: Machine;
  pack: { id: string; version: string; name: string };
  task: { from: string; to: string } | SummaryShape;
  settings: { decoding: Decoding; sessions: { part: string; provider: string; threads: number }[] };
}

export interface ReportContext {
  app: { version: string; commit: string };
  machine: Machine;
}

export function circumstancesOf(choice: Compared, startedAt: Date, sessions: Sessions, { app, machine }: ReportContext): Circumstances {
  const { pack } = choice;
  return {
    measuredAt: startedAt.toISOString(),
    app,
    machine,
    pack: { id: pack.id, version: pack.version, name: pack.name },
    task: isSummary(choice) ? { length: choice.length, form: choice.form } : { from: choice.from, to: choice.to },
    settings: {
      decoding: isSummary(choice) ? { kind: 'greedy' } : workInput({ ...choice, lane: 'llm' }, '').decoding,
      sessions: sessions.map(({ part, provider, threads }) => ({ part, provider, threads })),
    },
  };
}

/** For people: a name and its value each. */
export function circumstanceFacts({ measuredAt, app, machine, pack, task, settings }: Circumstances): [string, string][] {
  return [
    [t('compare.measured'), measuredAt],
    [
      t('compare.machine'),
      t('compare.machineFacts', {
        processor: machine.processor,
        cores: machine.cores,
        memory: gibibytes(machine.memoryBytes),
        system: machine.system,
      }),
    ],
    [t('compare.pack'), `${pack.name} (${pack.id} ${pack.version})`],
    [t('compare.app'), t('compare.appFacts', app)],
    'form' in task
      ? [t('compare.summaries'), `${t(`summarize.${task.length}`)}, ${t(`summarize.${task.form}`)}`]
      : [t('compare.languages'), t('shell.pair', { from: languageName(task.from), to: languageName(task.to) })],
    [
      t('compare.decoding'),
      settings.decoding.kind === 'greedy' ? t('compare.greedy') : t('compare.beamOf', { width: settings.decoding.width }),
    ],
    [
      t('compare.threads'),
      settings.sessions.map(({ part, provider, threads }) => `${part} ${threads} (${provider})`).join(', ') || t('compare.unknown'),
    ],
  ];
}

/** For spreadsheets, in every row, so that rows of several files can be put together. */
export function circumstanceCells({ measuredAt, app, machine, pack, task, settings }: Circumstances): Record<string, string | number> {
  return {
    measured_at: measuredAt,
    app_version: app.version,
    app_commit: app.commit,
    processor: machine.processor,
    cores: machine.cores,
    memory_bytes: machine.memoryBytes,
    system: machine.system,
    pack: pack.id,
    pack_version: pack.version,
    ...task,
    decoding: settings.decoding.kind,
    beam_width: settings.decoding.kind === 'beam' ? settings.decoding.width : 1,
    threads: settings.sessions.map(({ part, threads }) => `${part}: ${threads}`).join('; '),
  };
}

const gibibytes = (bytes: number) => `${formatNumber(bytes / 2 ** 30, 1)} GiB`;
