import { Cpu, Square } from 'lucide-react';
import { type Lane, type PackManifest, type Provider } from '../../shared/pack';
import { ON_CPU, speedUp, type Comparison, type Places, type ProbeResult, type ProcessorsState } from '../../shared/processors';
import { Button } from '../components/Button';
import { ProgressBar } from '../components/ProgressBar';
import { PROVIDER_NAMES } from '../engine/EnginePill';
import { formatList, formatNumber, t } from '../i18n/i18n';
import { laneName } from '../translate/choice';
import styles from './PackTable.module.css';

interface ProcessorTestsProps {
  manifest: PackManifest;
  processors: ProcessorsState;
  /** The settings keep everything on the CPU, whatever tests found. */
  isCpuOnly: boolean;
  /** Why the open pack is on the CPU and not where it should run. */
  fallback: string | null;
  /** Null: every provider that did not end or block a test before. */
  onTest(provider: Provider | null): void;
  onCancel(): void;
  onForget(): void;
}

/** Which provider each lane runs on, how fast it is there against the CPU, or why it is not used; and the test that finds it out. */
export function ProcessorTests({ manifest, processors, isCpuOnly, fallback, onTest, onCancel, onForget }: ProcessorTestsProps) {
  const { providers, testing } = processors;
  const { results, places } = processors.packs[manifest.id] ?? { results: [], places: ON_CPU };
  const isTesting = testing?.packId === manifest.id;
  const isTested = results.length > 0;
  const isLeftAlone = (provider: Provider) => results.some((result) => result.provider === provider && isTrouble(result.outcome));
  return (
    <div className={styles.speed} role="group" aria-label={t('packs.processor')}>
      <div className={styles.line}>
        <h3>{t('packs.processor')}</h3>
        {isTesting ? (
          <Button look="outlined" icon={<Square size={14} aria-hidden="true" />} onClick={onCancel}>
            {t('shell.cancel')}
          </Button>
        ) : (
          !providers.every(isLeftAlone) && (
            <Button
              look="outlined"
              icon={<Cpu size={16} aria-hidden="true" />}
              disabled={testing !== null}
              aria-label={`${isTested ? t('packs.testAgain') : t('packs.testHere')}: ${manifest.name}`}
              onClick={() => onTest(null)}
            >
              {isTested ? t('packs.testAgain') : t('packs.testHere')}
            </Button>
          )
        )}
        {isTested && !isTesting && <Button onClick={onForget}>{t('packs.forgetTests')}</Button>}
        <span className={styles.note} role="status">
          {isTesting && t('packs.testing', { provider: PROVIDER_NAMES[testing.provider] })}
        </span>
      </div>
      {isTesting && <Progress share={testing.steps === 0 ? 0 : testing.done / testing.steps} />}
      {isTested ? (
        <Findings
          manifest={manifest}
          results={results}
          places={isCpuOnly || fallback !== null ? ON_CPU : places}
          onTryAgain={testing === null ? onTest : null}
        />
      ) : (
        <p className={styles.note}>
          {providers.length === 0
            ? t('packs.nothingElse')
            : t('packs.untested', { providers: formatList(providers.map((provider) => PROVIDER_NAMES[provider])) })}
        </p>
      )}
      {isCpuOnly && isTested && <p className={styles.note}>{t('packs.keptOnCpu')}</p>}
      {fallback !== null && (
        <p className={styles.damage} role="alert">
          {t('packs.fellBack', { reason: fallback })}
        </p>
      )}
    </div>
  );
}

/** Tested again only by its own button. */
const isTrouble = ({ kind }: ProbeResult['outcome']) => kind === 'crashed' || kind === 'hung';

function Progress({ share }: { share: number }) {
  const percent = Math.floor(100 * share);
  return <ProgressBar className={styles.track} label={t('packs.testProgress')} done={percent} all={100} />;
}

interface FindingsProps {
  manifest: PackManifest;
  results: readonly ProbeResult[];
  places: Places;
  /** Null: not now. */
  onTryAgain: ((provider: Provider) => void) | null;
}

function Findings({ manifest, results, places, onTryAgain }: FindingsProps) {
  const lanes = (['hybrid', 'llm', 'slm'] as const).filter((lane) => Object.hasOwn(manifest.lanes, lane));
  const isMeasured = results.some(({ outcome }) => outcome.kind === 'measured');
  return (
    <>
      {!isMeasured && <p className={styles.note}>{t('packs.onCpu')}</p>}
      {isMeasured && (
        <>
          <table className={styles.table}>
            <thead>
              <tr>
                <th scope="col">{t('shell.lane')}</th>
                <th scope="col">{t('packs.runsOn')}</th>
                <th scope="col">{t('packs.reading')}</th>
                <th scope="col">{t('packs.writing')}</th>
              </tr>
            </thead>
            <tbody>
              {lanes.map((lane) => (
                <tr key={lane}>
                  <th scope="row">{laneName(lane)}</th>
                  <td>{placeWords(places, lane)}</td>
                  <td>{ratioWords(results, null)}</td>
                  <td>{ratioWords(results, lane)}</td>
                </tr>
              ))}
            </tbody>
          </table>
          <p className={styles.note}>{t('packs.ratioMeaning')}</p>
        </>
      )}
      {results.map(({ provider, outcome }) => {
        if (outcome.kind === 'measured') return null;
        return (
          <div key={provider} className={styles.line}>
            <p className={styles.reason}>{troubleWords(provider, outcome)}</p>
            {isTrouble(outcome) && onTryAgain !== null && (
              <Button aria-label={`${t('packs.tryAgain')}: ${PROVIDER_NAMES[provider]}`} onClick={() => onTryAgain(provider)}>
                {t('packs.tryAgain')}
              </Button>
            )}
          </div>
        );
      })}
    </>
  );
}

function placeWords({ reading, lanes }: Places, lane: Lane): string {
  const writing = lanes[lane] ?? reading;
  if (writing === reading) return PROVIDER_NAMES[reading];
  return t('packs.readsWrites', { reading: PROVIDER_NAMES[reading], writing: PROVIDER_NAMES[writing] });
}

/** `lane`: what it writes with; null: what reads. */
function ratioWords(results: readonly ProbeResult[], lane: Lane | null): string {
  const words = results.flatMap(({ provider, outcome }) => {
    if (outcome.kind !== 'measured') return [];
    const comparison = (lane === null ? null : outcome.lanes[lane]) ?? outcome.reading;
    return [
      t(comparison.same === false ? 'packs.ratioWrong' : 'packs.ratio', { provider: PROVIDER_NAMES[provider], times: times(comparison) }),
    ];
  });
  return words.join(' · ');
}

function times(comparison: Comparison): string {
  const value = speedUp(comparison);
  return formatNumber(value, value < 0.1 ? 3 : value < 10 ? 1 : 0);
}

function troubleWords(provider: Provider, outcome: Exclude<ProbeResult['outcome'], { kind: 'measured' }>): string {
  const name = PROVIDER_NAMES[provider];
  switch (outcome.kind) {
    case 'unavailable':
      return t('packs.unavailable', { provider: name, reason: outcome.reason });
    case 'crashed':
      return outcome.during === 'test' ? t('packs.crashedInTest', { provider: name }) : t('packs.crashedAtWork', { provider: name });
    case 'hung':
      return t('packs.hung', { provider: name, seconds: formatNumber(outcome.limitMs / 1000) });
    default:
      return outcome satisfies never;
  }
}
