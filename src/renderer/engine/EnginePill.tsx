import { RotateCw } from 'lucide-react';
import { useId } from 'react';
import { useStore } from 'zustand';
import type { Provider, PackManifest } from '../../shared/pack';
import { Button } from '../components/Button';
import { formatList, formatNumber, t, type TextKey } from '../i18n/i18n';
import { formatBytes } from '../units';
import { engineErrorWords } from './engine-error-words';
import { type EngineCondition, type EngineStore } from './engine-store';
import styles from './EnginePill.module.css';

interface EnginePillProps {
  engine: EngineStore;
  pack: PackManifest | null;
  condition: EngineCondition;
}

export const PROVIDER_NAMES: Record<Provider, string> = { cpu: 'CPU', webgpu: 'WebGPU', dml: 'DirectML', coreml: 'Core ML', cuda: 'CUDA' };

const TONES: Record<EngineCondition['kind'], 'good' | 'busy' | 'bad'> = {
  starting: 'busy',
  restarting: 'busy',
  stopped: 'bad',
  unusable: 'bad',
  'no-pack': 'bad',
  opening: 'busy',
  'pack-failed': 'bad',
  ready: 'good',
};

const WORDS = {
  starting: 'engine.starting',
  restarting: 'engine.restarting',
  stopped: 'engine.stopped',
  unusable: 'engine.stopped',
  'no-pack': 'engine.noPack',
  opening: 'shell.openingPack',
  'pack-failed': 'engine.packFailed',
  ready: 'engine.ready',
} as const satisfies Record<EngineCondition['kind'], TextKey>;

/** The engine in a few words; a press opens the rest. */
export function EnginePill({ engine, pack, condition }: EnginePillProps) {
  const details = useId();
  const status = useStore(engine, (state) => state.status);
  const sessions = status?.packs.find((candidate) => candidate.packId === pack?.id)?.sessions ?? [];
  const providers = [...new Set(sessions.map((session) => PROVIDER_NAMES[session.provider]))];
  const facts = condition.kind === 'ready' ? [pack?.name, formatList(providers), status && formatBytes(status.residentBytes)] : [];
  return (
    <div className={styles.corner}>
      <button type="button" className={styles.pill} popoverTarget={details}>
        <span className={styles.dot} data-tone={TONES[condition.kind]} aria-hidden="true" />
        <span className="visually-hidden">{t('engine.label', { state: t(WORDS[condition.kind]) })}</span>
        {facts.length === 0 ? (
          <span aria-hidden="true">{t(WORDS[condition.kind])}</span>
        ) : (
          facts.map((fact) => (
            <span key={fact} className={styles.fact}>
              {fact}
            </span>
          ))
        )}
      </button>
      <div id={details} popover="auto" className={styles.details}>
        <h2>{t('engine.title')}</h2>
        <Details engine={engine} pack={pack} condition={condition} />
      </div>
    </div>
  );
}

function Details({ engine, pack, condition }: EnginePillProps) {
  const { status, process } = useStore(engine);
  const packStatus = status?.packs.find((candidate) => candidate.packId === pack?.id);
  return (
    <>
      <dl className={styles.facts}>
        <dt>{t('engine.state')}</dt>
        <dd data-tone={TONES[condition.kind]}>
          {packStatus?.openMs != null && condition.kind === 'ready'
            ? t('engine.openedIn', { state: t('engine.ready'), seconds: formatNumber(packStatus.openMs / 1000, 1) })
            : t(WORDS[condition.kind])}
        </dd>
        {'reason' in process && (
          <>
            <dt>{t('engine.reason')}</dt>
            <dd>{process.reason}</dd>
          </>
        )}
        {process.kind === 'restarting' && (
          <>
            <dt>{t('engine.nextTry')}</dt>
            <dd>{t('engine.inSeconds', { seconds: formatNumber(process.retryMs / 1000, 1) })}</dd>
          </>
        )}
        {condition.kind === 'pack-failed' && (
          <>
            <dt>{t('engine.reason')}</dt>
            <dd>{engineErrorWords(condition.error)}</dd>
          </>
        )}
        {pack !== null && (
          <>
            <dt>{t('engine.pack')}</dt>
            <dd>
              {pack.name} {pack.version}
            </dd>
          </>
        )}
        {status !== null && (
          <>
            <dt>{t('engine.memory')}</dt>
            <dd>{formatBytes(status.residentBytes)}</dd>
            <dt>{t('engine.requests')}</dt>
            <dd>{status.pending === 0 ? t('engine.noRequests') : t('engine.pending', { count: status.pending })}</dd>
          </>
        )}
      </dl>
      {packStatus !== undefined && packStatus.sessions.length > 0 && (
        <table className={styles.sessions}>
          <thead>
            <tr>
              <th scope="col">{t('engine.part')}</th>
              <th scope="col">{t('engine.runsOn')}</th>
              <th scope="col">{t('engine.threads')}</th>
              <th scope="col">{t('engine.size')}</th>
            </tr>
          </thead>
          <tbody>
            {packStatus.sessions.map((session) => (
              <tr key={session.part}>
                <th scope="row">{session.part}</th>
                <td>{PROVIDER_NAMES[session.provider]}</td>
                <td>{session.threads}</td>
                <td>{formatBytes(session.bytes)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <div className={styles.actions}>
        <Button look="outlined" icon={<RotateCw size={14} aria-hidden="true" />} onClick={() => engine.restart()}>
          {t('shell.remedyRestart')}
        </Button>
      </div>
    </>
  );
}
