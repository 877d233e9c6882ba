import { CircleCheck, CircleDashed, TriangleAlert } from 'lucide-react';
import { useId, useState } from 'react';
import { type PackEntry } from '../../shared/app-api';
import { isTranslating, type PackManifest } from '../../shared/pack';
import { type PackCheck } from '../../shared/pack-library';
import { type ProcessorsState } from '../../shared/processors';
import { Button } from '../components/Button';
import { formatList, formatNumber, languageName, t } from '../i18n/i18n';
import { laneName, offeredLanes } from '../translate/choice';
import { folderName } from '../translate/problem';
import { formatBytes } from '../units';
import { type PacksStore, type SpeedState } from './packs-store';
import { ProcessorTests } from './ProcessorTests';
import { QualityTable } from './QualityTable';
import { SpeedTable } from './SpeedTable';
import styles from './PackCard.module.css';

interface PackCardProps {
  entry: PackEntry;
  check: PackCheck;
  /** Null: not measured. */
  speed: SpeedState | null;
  /** Null: not known yet. */
  processors: ProcessorsState | null;
  isCpuOnly: boolean;
  /** Why the open pack is on the CPU and not where it should run. */
  fallback: string | null;
  isChosen: boolean;
  isRemovable: boolean;
  /** Why the last call about this pack failed. */
  problem: string | null;
  packs: PacksStore;
  onUse(packId: string): void;
}

/** One pack: what it is, whether it is sound, and what can be done with it. */
export function PackCard(props: PackCardProps) {
  const { entry, check, speed, processors, isCpuOnly, fallback, isChosen, isRemovable, problem, packs, onUse } = props;
  const [isAsking, setIsAsking] = useState(false);
  const titleId = useId();
  const name = entry.state === 'ok' ? entry.manifest.name : folderName(entry.folder);
  const translating = entry.state === 'ok' && isTranslating(entry.manifest) ? entry.manifest : null;

  return (
    <article className={styles.card} aria-labelledby={titleId}>
      <header className={styles.head}>
        <h2 id={titleId}>{name}</h2>
        {entry.state === 'ok' && <span className={styles.note}>{entry.manifest.version}</span>}
        <span className={styles.note}>{entry.bundled ? t('packs.cameWithApp') : isRemovable ? t('packs.wasImported') : null}</span>
        <span className={styles.gap} />
        {isChosen && <span className={styles.inUse}>{t('packs.inUse')}</span>}
        {!isChosen && translating !== null && (
          <Button look="outlined" onClick={() => onUse(translating.id)}>
            {t('packs.use')}
          </Button>
        )}
      </header>
      <Soundness entry={entry} check={check} />
      {problem !== null && (
        <p className={styles.damage} role="alert">
          {problem}
        </p>
      )}
      {entry.state === 'ok' && <Facts manifest={entry.manifest} bytes={entry.bytes} />}
      {entry.state === 'ok' && (
        <details className={styles.details}>
          <summary>{t('packs.quality')}</summary>
          <QualityTable manifest={entry.manifest} />
        </details>
      )}
      {translating !== null && (
        <SpeedTable speed={speed} onMeasure={() => packs.measure(translating)} onStop={packs.stopMeasuring} packName={name} />
      )}
      {entry.state === 'ok' && processors !== null && (
        <ProcessorTests
          manifest={entry.manifest}
          processors={processors}
          isCpuOnly={isCpuOnly}
          fallback={fallback}
          onTest={(provider) => packs.testProcessors(entry.folder, entry.manifest.id, provider)}
          onCancel={packs.cancelProcessorTest}
          onForget={() => packs.forgetProcessors(entry.folder, entry.manifest.id)}
        />
      )}
      {isAsking ? (
        <div key="question" className={styles.question} role="group" aria-label={t('packs.remove')}>
          <p>{t('packs.removeQuestion', { name, size: formatBytes(entry.state === 'ok' ? entry.bytes : 0) })}</p>
          <Button look="outlined" autoFocus onClick={() => setIsAsking(false)}>
            {t('packs.removeNo')}
          </Button>
          <Button
            look="primary"
            onClick={() => {
              setIsAsking(false);
              packs.remove(entry.folder);
            }}
          >
            {t('packs.removeYes')}
          </Button>
        </div>
      ) : (
        <div key="actions" className={styles.actions}>
          <Button disabled={check === 'checking'} onClick={() => packs.check(entry.folder)}>
            {t('packs.checkAgain')}
          </Button>
          <Button onClick={() => packs.showFolder(entry.folder)}>{t('packs.showFolder')}</Button>
          {isRemovable && <Button onClick={() => setIsAsking(true)}>{t('packs.remove')}</Button>}
        </div>
      )}
    </article>
  );
}

function Soundness({ entry, check }: { entry: PackEntry; check: PackCheck }) {
  if (entry.state === 'damaged') {
    return (
      <p className={styles.state} data-state="failed">
        <TriangleAlert size={16} aria-hidden="true" />
        <span>
          <strong>{t('packs.failed')}</strong> {entry.problem}
        </span>
      </p>
    );
  }
  const words = { waiting: t('packs.waiting'), checking: t('packs.checking'), verified: t('packs.verified') }[check];
  const Icon = check === 'verified' ? CircleCheck : CircleDashed;
  return (
    <p className={styles.state} data-state={check}>
      <Icon size={16} aria-hidden="true" />
      <span>
        <strong>{words}</strong> {check === 'verified' && t('packs.verifiedMeaning')}
      </span>
    </p>
  );
}

function Facts({ manifest, bytes }: { manifest: PackManifest; bytes: number }) {
  const parts = { encoder: t('packs.partEncoder'), llm: t('packs.partLlm'), hybrid: t('packs.partHybrid'), slm: t('packs.partSlm') };
  const parameters = (['encoder', 'llm', 'hybrid', 'slm'] as const).flatMap((part) => {
    const count = manifest.parameters[part];
    return count === undefined
      ? []
      : [t('packs.parametersOf', { part: parts[part], millions: formatNumber(count / 1e6, count < 1e7 ? 1 : 0) })];
  });
  const lanes = isTranslating(manifest)
    ? offeredLanes(manifest)
    : (['llm', 'hybrid'] as const).filter((lane) => manifest.lanes[lane] !== undefined);
  const rows: [string, string][] = [
    [
      t('packs.tasks'),
      isTranslating(manifest) ? t('packs.translates') : t('packs.summarizes', { language: languageName(manifest.language) }),
    ],
    ...(isTranslating(manifest) ? [[t('packs.languages'), pairsOf(manifest.tasks)] satisfies [string, string]] : []),
    [t('packs.lanes'), formatList(lanes.map(laneName))],
    [t('packs.size'), t('packs.onDisk', { size: formatBytes(bytes) })],
    ...(parameters.length > 0 ? [[t('packs.parameters'), parameters.join(' · ')] satisfies [string, string]] : []),
    [t('packs.licence'), manifest.licence],
    ...(manifest.training === '' ? [] : [[t('packs.made'), manifest.training] satisfies [string, string]]),
  ];
  return (
    <dl className={styles.facts}>
      {rows.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** Beyond these, a list of pairs says less than its languages. */
const MOST_PAIRS = 12;

function pairsOf(tasks: readonly { from: string; to: string }[]): string {
  if (tasks.length <= MOST_PAIRS)
    return tasks.map(({ from, to }) => t('shell.pair', { from: languageName(from), to: languageName(to) })).join(', ');
  return formatList([...new Set(tasks.flatMap(({ from, to }) => [from, to]))].map(languageName));
}
