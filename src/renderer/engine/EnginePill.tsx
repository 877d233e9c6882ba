import { RotateCw } from 'lucide-react';
import { useId } from 'react';
import { useStore } from 'zustand';
import { type Provider } from '../../shared/inference';
import { type PackManifest } from '../../shared/pack';
import { Button } from '../components/Button';
import { formatBytes } from '../units';
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
  'no-pack': 'bad',
  opening: 'busy',
  'pack-failed': 'bad',
  ready: 'good',
};

const WORDS: Record<EngineCondition['kind'], string> = {
  starting: 'Starting',
  restarting: 'Restarting',
  stopped: 'Stopped',
  'no-pack': 'No pack',
  opening: 'Opening the pack',
  'pack-failed': 'Pack failed',
  ready: 'Ready',
};

/** The engine in a few words; a press opens the rest. */
export function EnginePill({ engine, pack, condition }: EnginePillProps) {
  const details = useId();
  const status = useStore(engine, (state) => state.status);
  const sessions = status?.packs.find((candidate) => candidate.packId === pack?.id)?.sessions ?? [];
  const providers = [...new Set(sessions.map((session) => PROVIDER_NAMES[session.provider]))];
  const facts = condition.kind === 'ready' ? [pack?.name, providers.join(' and '), status && formatBytes(status.residentBytes)] : [];
  return (
    <div className={styles.corner}>
      <button
        type="button"
        className={styles.pill}
        popoverTarget={details}
        aria-label={`Engine: ${[WORDS[condition.kind], ...facts].join(', ')}`}
      >
        <span className={styles.dot} data-tone={TONES[condition.kind]} aria-hidden="true" />
        {facts.length === 0 ? <span>{WORDS[condition.kind]}</span> : facts.map((fact) => <span key={fact}>{fact}</span>)}
      </button>
      <div id={details} popover="auto" className={styles.details}>
        <h2>Engine</h2>
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
        <dt>State</dt>
        <dd data-tone={TONES[condition.kind]}>
          {WORDS[condition.kind]}
          {packStatus?.openMs != null && condition.kind === 'ready' && `, pack opened in ${(packStatus.openMs / 1000).toFixed(1)} s`}
        </dd>
        {'reason' in process && (
          <>
            <dt>Reason</dt>
            <dd>{process.reason}</dd>
          </>
        )}
        {process.kind === 'restarting' && (
          <>
            <dt>Next try</dt>
            <dd>in {(process.retryMs / 1000).toFixed(1)} s</dd>
          </>
        )}
        {condition.kind === 'pack-failed' && (
          <>
            <dt>Reason</dt>
            <dd>{condition.error.message}</dd>
          </>
        )}
        {pack !== null && (
          <>
            <dt>Pack</dt>
            <dd>
              {pack.name} {pack.version}
            </dd>
          </>
        )}
        {status !== null && (
          <>
            <dt>Memory</dt>
            <dd>{formatBytes(status.residentBytes)}</dd>
            <dt>Requests</dt>
            <dd>{status.pending === 0 ? 'none' : `${status.pending} running or waiting`}</dd>
          </>
        )}
      </dl>
      {packStatus !== undefined && packStatus.sessions.length > 0 && (
        <table className={styles.sessions}>
          <thead>
            <tr>
              <th scope="col">Part</th>
              <th scope="col">Runs on</th>
              <th scope="col">Threads</th>
              <th scope="col">Size</th>
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
          Restart the engine
        </Button>
      </div>
    </>
  );
}
