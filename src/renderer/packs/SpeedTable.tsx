import { Gauge, Square } from 'lucide-react';
import { Button } from '../components/Button';
import { formatNumber, t } from '../i18n/i18n';
import { laneName } from '../translate/choice';
import { type SpeedState } from './packs-store';
import styles from './PackTable.module.css';

interface SpeedTableProps {
  /** Null: not measured. */
  speed: SpeedState | null;
  packName: string;
  onMeasure(): void;
  onStop(): void;
}

/** What was measured here, lane by lane as it comes, and the button that measures. */
export function SpeedTable({ speed, packName, onMeasure, onStop }: SpeedTableProps) {
  const milliseconds = (ms: number) => t('packs.milliseconds', { ms: formatNumber(ms, ms < 10 ? 1 : 0) });
  const lanes = speed?.lanes ?? [];
  return (
    <div className={styles.speed} role="group" aria-label={t('packs.speed')}>
      <div className={styles.line}>
        <h3>{t('packs.speed')}</h3>
        {speed?.kind === 'measuring' ? (
          <Button look="outlined" icon={<Square size={14} aria-hidden="true" />} onClick={onStop}>
            {t('packs.stop')}
          </Button>
        ) : (
          <Button
            look="outlined"
            icon={<Gauge size={16} aria-hidden="true" />}
            aria-label={`${speed === null ? t('packs.measure') : t('packs.measureAgain')}: ${packName}`}
            onClick={onMeasure}
          >
            {speed === null ? t('packs.measure') : t('packs.measureAgain')}
          </Button>
        )}
        <span className={styles.note} role="status">
          {speed?.kind === 'measuring' && t('packs.measuring')}
        </span>
      </div>
      {speed?.problem != null && (
        <p className={styles.damage} role="alert">
          {speed.problem}
        </p>
      )}
      {lanes.length > 0 && (
        <>
          <table className={styles.table}>
            <thead>
              <tr>
                <th scope="col">{t('shell.lane')}</th>
                <th scope="col">{t('packs.perSentence')}</th>
                <th scope="col">{t('packs.reading')}</th>
                <th scope="col">{t('packs.writing')}</th>
              </tr>
            </thead>
            <tbody>
              {lanes.map(({ lane, medianMs, medianEncodeMs, tokensPerSecond }) => (
                <tr key={lane}>
                  <th scope="row">{laneName(lane)}</th>
                  <td>{milliseconds(medianMs)}</td>
                  <td>{milliseconds(medianEncodeMs)}</td>
                  <td>{t('packs.tokensPerSecond', { tokens: formatNumber(tokensPerSecond) })}</td>
                </tr>
              ))}
            </tbody>
          </table>
          <p className={styles.note}>{t('packs.speedMeaning', { count: lanes[0]?.sentences ?? 0 })}</p>
        </>
      )}
    </div>
  );
}
