import { TriangleAlert, X } from 'lucide-react';
import { useEffect, useState } from 'react';
import { type AppApi } from '../../shared/app-api';
import { Button } from '../components/Button';
import { t } from '../i18n/i18n';
import styles from './Notices.module.css';

/** What main has to tell without having been asked, e.g. that a damaged file was set aside; above every screen until put away. */
export function Notices({ app }: { app: AppApi }) {
  const [notices, setNotices] = useState<readonly string[]>([]);
  useEffect(() => {
    const fail = (error: unknown) => setNotices([error instanceof Error ? error.message : String(error)]);
    app.call('listNotices', {}).then(setNotices, fail);
    // A history that is damaged shows when it is first read.
    return app.on('historyChanged', () => void app.call('listNotices', {}).then(setNotices, fail));
  }, [app]);
  useEffect(
    () =>
      app.on('translateText', (text) => {
        const empty = t('habits.clipboardEmpty');
        setNotices((shown) => [...shown.filter((notice) => notice !== empty), ...(text.trim() === '' ? [empty] : [])]);
      }),
    [app],
  );
  if (notices.length === 0) return null;
  return (
    <section className={styles.notices} aria-label={t('habits.notices')}>
      {notices.map((notice) => (
        <p key={notice} className={styles.notice} role="alert">
          <TriangleAlert size={16} aria-hidden="true" />
          <span>{notice}</span>
          <Button
            icon={<X size={16} aria-hidden="true" />}
            aria-label={t('shell.putAway')}
            title={t('shell.putAway')}
            onClick={() => setNotices(notices.filter((other) => other !== notice))}
          />
        </p>
      ))}
    </section>
  );
}
