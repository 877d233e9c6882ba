import { CircleCheck, CircleDashed, Download, RefreshCw, TriangleAlert } from 'lucide-react';
import { useEffect } from 'react';
import { useStore } from 'zustand';
import { type PackEntry } from '../../shared/app-api';
import { type PrivacyReport } from '../../shared/privacy';
import { Button } from '../components/Button';
import { Switch } from '../components/Switch';
import { type EngineStore } from '../engine/engine-store';
import { formatDateTime, formatNumber, t } from '../i18n/i18n';
import { Group, Row } from '../settings/Rows';
import { type SettingsStore } from '../settings/settings-store';
import { KeptList } from './KeptList';
import { type PrivacyStore } from './privacy-store';
import { fuseWords, keptName, kindWords, packWords, reportAsMarkdown, socketWords } from './words';
import styles from './PrivacyPanel.module.css';

interface PrivacyPanelProps {
  engine: EngineStore;
  settings: SettingsStore;
  privacy: PrivacyStore;
}

/** What proves that nothing leaves the machine, and what is kept on it. */
export function PrivacyPanel({ engine, settings, privacy }: PrivacyPanelProps) {
  const { report, deleted, saved, problem } = useStore(privacy);
  const packs = useStore(engine, (state) => state.packs) ?? [];
  const version = useStore(engine, (state) => state.info?.version) ?? '';
  const { privateMode } = useStore(settings, (state) => state.settings);
  useEffect(() => privacy.look(), [privacy]);
  const done =
    deleted !== null ? t('privacy.deleted', { what: keptName(deleted) }) : saved !== null ? t('privacy.saved', { name: saved }) : '';

  return (
    <main className={styles.panel} aria-label={t('shell.privacy')}>
      <div className={styles.column}>
        <header className={styles.head}>
          <h1>{t('shell.privacy')}</h1>
          <Button icon={<RefreshCw size={16} aria-hidden="true" />} onClick={privacy.look}>
            {t('privacy.lookAgain')}
          </Button>
          <Button
            look="outlined"
            icon={<Download size={16} aria-hidden="true" />}
            disabled={report === null}
            onClick={() => report !== null && privacy.save(reportAsMarkdown(report, packs, privateMode, version))}
          >
            {t('privacy.saveReport')}
          </Button>
        </header>
        <p className={styles.promise}>{t('privacy.promise')}</p>
        <p className={done === '' ? 'visually-hidden' : styles.done} role="status">
          {done}
        </p>
        {problem !== null && (
          <p className={styles.problem} role="alert">
            {problem}
          </p>
        )}
        {report === null && problem === null && (
          <p className={styles.note} role="status">
            {t('privacy.looking')}
          </p>
        )}
        {report !== null && (
          <>
            <Connections report={report} />
            <RefusedTable report={report} />
            <Held report={report} />
            <PackHashes packs={packs} verifiedMs={report.verifiedMs} />
            <Group title={t('privacy.kept')}>
              <Row name={t('settings.privateMode')} note={t('settings.privateNote')}>
                <Switch label={t('settings.privateMode')} on={privateMode} onChange={(on) => settings.change({ privateMode: on })} />
              </Row>
              <KeptList kept={report.kept} onShow={privacy.show} onDelete={privacy.remove} />
            </Group>
          </>
        )}
      </div>
    </main>
  );
}

function Connections({ report: { sockets } }: { report: PrivacyReport }) {
  const outward = sockets?.outward ?? [];
  return (
    <Group title={t('privacy.connections')}>
      <Row name={t('privacy.toOthers')} note={socketWords(sockets)}>
        {sockets === null ? null : outward.length === 0 ? (
          <span className={styles.good}>
            <CircleCheck size={16} aria-hidden="true" /> {t('privacy.none')}
          </span>
        ) : (
          <span className={styles.bad}>
            <TriangleAlert size={16} aria-hidden="true" /> {outward.join(', ')}
          </span>
        )}
      </Row>
    </Group>
  );
}

function RefusedTable({ report: { refused, startedMs } }: { report: PrivacyReport }) {
  return (
    <Group title={t('privacy.refused', { when: formatDateTime(new Date(startedMs)) })}>
      {refused.length === 0 ? (
        <p className={styles.note}>{t('privacy.refusedNone')}</p>
      ) : (
        <>
          <table className={styles.table}>
            <thead>
              <tr>
                <th scope="col">{t('privacy.what')}</th>
                <th scope="col">{t('privacy.whereTo')}</th>
                <th scope="col">{t('privacy.times')}</th>
              </tr>
            </thead>
            <tbody>
              {refused.map(({ kind, what, count }) => (
                <tr key={`${kind} ${what}`}>
                  <td>{kindWords(kind)}</td>
                  <td>{what}</td>
                  <td>{formatNumber(count)}</td>
                </tr>
              ))}
            </tbody>
          </table>
          <p className={styles.note}>{t('privacy.refusedNote')}</p>
        </>
      )}
    </Group>
  );
}

function Held({ report: { contentPolicy, fuses, isPackaged } }: { report: PrivacyReport }) {
  return (
    <Group title={t('privacy.held')}>
      <Row name={t('privacy.session')} note={contentPolicy === null ? t('privacy.sessionOfSource') : t('privacy.sessionNote')}>
        {null}
      </Row>
      <details className={styles.details}>
        <summary>
          {t('privacy.contentPolicy')}
          <span className={styles.note}>{contentPolicy === null ? t('privacy.contentPolicyMissing') : t('privacy.contentPolicyNote')}</span>
        </summary>
        {contentPolicy !== null && (
          <ul className={styles.list}>
            {contentPolicy.split('; ').map((rule) => (
              <li key={rule}>
                <code>{rule}</code>
              </li>
            ))}
          </ul>
        )}
      </details>
      <details className={styles.details}>
        <summary>
          {t('privacy.fuses')}
          <span className={styles.note}>{isPackaged ? fuseWords(fuses) : t('privacy.fusesOfSource')}</span>
        </summary>
        <ul className={styles.list}>
          {(fuses ?? []).map(({ name, isOn, isMeantOn }) => (
            <li key={name} data-tone={isOn === isMeantOn ? 'good' : 'plain'}>
              <code>{name}</code> {isOn ? t('privacy.on') : t('privacy.off')}{' '}
              {isOn !== isMeantOn && <span className={styles.note}>{isMeantOn ? t('privacy.meantOn') : t('privacy.meantOff')}</span>}
            </li>
          ))}
        </ul>
      </details>
    </Group>
  );
}

function PackHashes({ packs, verifiedMs }: { packs: readonly PackEntry[]; verifiedMs: Readonly<Record<string, number>> }) {
  return (
    <Group title={t('privacy.packHashes')}>
      {packs.length === 0 && <p className={styles.note}>{t('settings.noPackFound')}</p>}
      {packs.map((entry) => {
        const { name, state, isSound } = packWords(entry, verifiedMs[entry.folder]);
        return (
          <Row key={entry.folder} name={name} note={state}>
            {isSound ? (
              <CircleCheck size={16} className={styles.goodIcon} aria-hidden="true" />
            ) : entry.state === 'damaged' ? (
              <TriangleAlert size={16} className={styles.badIcon} aria-hidden="true" />
            ) : (
              <CircleDashed size={16} className={styles.plainIcon} aria-hidden="true" />
            )}
          </Row>
        );
      })}
    </Group>
  );
}
