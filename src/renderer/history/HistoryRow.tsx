import { Copy, CornerUpLeft, Pin, PinOff, Trash2 } from 'lucide-react';
import { type HistoryEntry } from '../../shared/history';
import { Button } from '../components/Button';
import { formatDateTime, languageName, t } from '../i18n/i18n';
import { textDirection } from '../text-direction';
import { laneName } from '../translate/choice';
import { formatMs } from '../translate/timeline';
import styles from './HistoryRow.module.css';

interface HistoryRowProps {
  entry: HistoryEntry;
  onOpen(): void;
  onPin(): void;
  onCopy(): void;
  onRemove(): void;
}

/** Of a text so much is in the list; the rest is cut by the line count. UTF-16 code units. */
const EXCERPT = 600;

/** One entry: both texts beside each other, how they were made, and what can be done with them. */
export function HistoryRow({ entry, onOpen, onPin, onCopy, onRemove }: HistoryRowProps) {
  const { kind, from, to, source, output, atMs, isPinned, pack, lane, totalMs } = entry;
  const about = excerpt(source, 60);
  return (
    <li className={styles.row} data-entry={entry.id} data-pinned={isPinned || undefined}>
      <div className={styles.texts}>
        <p lang={from} dir={textDirection(source)}>
          {excerpt(source, EXCERPT)}
        </p>
        <p lang={to} dir={textDirection(output)} className={styles.output}>
          {excerpt(output, EXCERPT)}
        </p>
      </div>
      <div className={styles.foot}>
        <p className={styles.facts}>
          <span>{formatDateTime(new Date(atMs))}</span>
          <span>{kind === 'summary' ? t('shell.summarize') : t('shell.pair', { from: languageName(from), to: languageName(to) })}</span>
          <span>{laneName(lane)}</span>
          <span>{pack}</span>
          <span>{formatMs(totalMs)}</span>
        </p>
        <div className={styles.actions}>
          <Button
            icon={<CornerUpLeft size={16} aria-hidden="true" />}
            aria-label={t('history.openEntry', { text: about })}
            onClick={onOpen}
          >
            {t('shell.open')}
          </Button>
          <Button
            icon={<Copy size={16} aria-hidden="true" />}
            aria-label={t('history.copyEntry', { text: about })}
            title={t('history.copyOutput')}
            onClick={onCopy}
          />
          <Button
            icon={isPinned ? <PinOff size={16} aria-hidden="true" /> : <Pin size={16} aria-hidden="true" />}
            aria-label={t('history.pinEntry', { text: about })}
            aria-pressed={isPinned}
            title={isPinned ? t('history.unpin') : t('history.pin')}
            onClick={onPin}
          />
          <Button
            icon={<Trash2 size={16} aria-hidden="true" />}
            aria-label={t('history.removeEntry', { text: about })}
            title={t('history.remove')}
            onClick={onRemove}
          />
        </div>
      </div>
    </li>
  );
}

function excerpt(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length).trimEnd()}…`;
}
