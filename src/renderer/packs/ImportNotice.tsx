import { CircleCheck, TriangleAlert } from 'lucide-react';
import { type PackImport } from '../../shared/pack-library';
import { Button } from '../components/Button';
import { ProgressBar } from '../components/ProgressBar';
import { t } from '../i18n/i18n';
import { formatBytes } from '../units';
import { ImportQuestion } from './ImportQuestion';
import styles from './ImportNotice.module.css';

interface ImportNoticeProps {
  state: PackImport;
  onAnswer(from: string, to: string, prefix: string | null): void;
  onCancel(): void;
  onDismiss(): void;
}

/** The import that is under way, or what the last one came to. */
export function ImportNotice({ state, onAnswer, onCancel, onDismiss }: ImportNoticeProps) {
  switch (state.kind) {
    case 'none':
      return null;
    case 'running': {
      const share = state.totalBytes === 0 ? 0 : Math.floor((100 * state.bytes) / state.totalBytes);
      return (
        <section className={styles.notice} data-kind="running" aria-label={t('packs.importing', { name: state.name })}>
          <div className={styles.words}>
            <strong>{t('packs.importing', { name: state.name })}</strong>
            <p aria-live="polite">{stageWords(state)}</p>
            <ProgressBar className={styles.track} label={t('packs.importProgress')} done={share} all={100} />
          </div>
          <Button look="outlined" onClick={onCancel}>
            {t('shell.cancel')}
          </Button>
        </section>
      );
    }
    case 'asks':
      return <ImportQuestion question={state} onAnswer={onAnswer} onDismiss={onDismiss} />;
    case 'imported': {
      const { name, version, replacedVersion: before, notApplied } = state;
      return (
        <section className={styles.notice} data-kind="imported" role="status">
          <CircleCheck size={18} aria-hidden="true" />
          <div className={styles.words}>
            <p>{before === null ? t('packs.imported', { name, version }) : t('packs.replaced', { name, version, before })}</p>
            {notApplied.length > 0 && <p className={styles.note}>{t('packs.notApplied', { settings: notApplied.join(', ') })}</p>}
          </div>
          <Button onClick={onDismiss}>{t('shell.putAway')}</Button>
        </section>
      );
    }
    case 'refused':
      return (
        <section className={styles.notice} data-kind="refused" role="alert">
          <TriangleAlert size={18} aria-hidden="true" />
          <div className={styles.words}>
            <strong>{t('packs.refused', { name: state.name })}</strong>
            <p>{state.problem}</p>
            <p className={styles.note}>{t('packs.nothingLeft')}</p>
          </div>
          <Button onClick={onDismiss}>{t('shell.putAway')}</Button>
        </section>
      );
    default:
      return state satisfies never;
  }
}

function stageWords({ stage, file, bytes, totalBytes }: Extract<PackImport, { kind: 'running' }>): string {
  switch (stage) {
    case 'reading':
      return t('packs.stageReading');
    case 'copying':
      return t('packs.stageCopying', { file: file ?? '', done: formatBytes(bytes), all: formatBytes(totalBytes) });
    case 'checking':
      return t('packs.stageChecking', { file: file ?? '' });
    case 'testing':
      return t('packs.stageTesting');
    default:
      return stage satisfies never;
  }
}
