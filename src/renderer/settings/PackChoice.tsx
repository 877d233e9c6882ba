import { type PackEntry } from '../../shared/app-api';
import { isTranslating } from '../../shared/pack';
import { Button } from '../components/Button';
import { languageName, t } from '../i18n/i18n';
import { usablePacks } from '../translate/choice';
import { folderName } from '../translate/problem';
import { formatBytes } from '../units';
import styles from './PackChoice.module.css';

interface PackChoiceProps {
  packs: readonly PackEntry[] | null;
  chosen: string | null;
  onChoose(packId: string): void;
}

/** The packs, and which one translates. */
export function PackChoice({ packs, chosen, onChoose }: PackChoiceProps) {
  if (packs === null) return <p className={styles.note}>{t('settings.lookingForPacks')}</p>;
  if (packs.length === 0) return <p className={styles.note}>{t('settings.noPackFound')}</p>;
  const selectable = usablePacks(packs).length > 1;
  return (
    <ul className={styles.packs}>
      {packs.map((entry) => (
        <li key={entry.folder} className={styles.pack}>
          {entry.state === 'ok' ? (
            <>
              <div>
                <strong>{entry.manifest.name}</strong> {entry.manifest.version}
                <p className={styles.note}>
                  {isTranslating(entry.manifest)
                    ? entry.manifest.tasks
                        .map((task) => t('shell.pair', { from: languageName(task.from), to: languageName(task.to) }))
                        .join(', ')
                    : t('settings.summarizes', { language: languageName(entry.manifest.language) })}
                </p>
                <p className={styles.note}>
                  {formatBytes(entry.bytes)} · {entry.manifest.licence} · {entry.bundled ? t('settings.cameWithApp') : t('settings.added')}
                </p>
              </div>
              {entry.manifest.id === chosen ? (
                <span className={styles.inUse}>{t('settings.inUse')}</span>
              ) : (
                selectable &&
                isTranslating(entry.manifest) && (
                  <Button look="outlined" onClick={() => onChoose(entry.manifest.id)}>
                    {t('settings.use')}
                  </Button>
                )
              )}
            </>
          ) : (
            <div>
              <strong>{folderName(entry.folder)}</strong>
              <p className={styles.damage}>{entry.problem}</p>
            </div>
          )}
        </li>
      ))}
    </ul>
  );
}
