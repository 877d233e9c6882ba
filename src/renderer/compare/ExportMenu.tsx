import { Check, Copy, Download, Share } from 'lucide-react';
import { useId, useState } from 'react';
import { type AppApi } from '../../shared/app-api';
import { Button } from '../components/Button';
import { t } from '../i18n/i18n';
import { FORMAT_NAMES, FORMATS, type Format } from './export';
import { type ReportContext } from './circumstances';
import { buildCommit } from './build';
import styles from './ExportMenu.module.css';

interface ExportMenuProps {
  app: AppApi;
  version: string;
  title: string;
  /** What is in it, in one line. */
  holds: string;
  /** What each format is good for. */
  uses: Record<Format, string>;
  /** Null while there is nothing to export. */
  make: ((format: Format, context: ReportContext) => { name: string; text: string }) | null;
}

/** What was measured with its circumstances, as a file or in the clipboard. */
export function ExportMenu({ app, version, title, holds, uses, make }: ExportMenuProps) {
  const menu = useId();
  const [answer, setAnswer] = useState<{ format: Format; action: 'copy' | 'save'; words: string; ok: boolean } | null>(null);

  async function run(format: Format, action: 'copy' | 'save') {
    if (make === null) return;
    setAnswer(null);
    try {
      const machine = await app.call('getMachine', {});
      const { name, text } = make(format, { app: { version, commit: buildCommit }, machine });
      if (action === 'copy') {
        await app.call('copyText', { text });
        setAnswer({ format, action, words: t('compare.formatCopied', { format: FORMAT_NAMES[format] }), ok: true });
        return;
      }
      const saved = await app.call('saveTextFile', { suggestedName: name, text });
      if (saved.kind === 'saved') setAnswer({ format, action, words: t('compare.savedAs', { name: saved.name }), ok: true });
      if (saved.kind === 'failed') setAnswer({ format, action, words: saved.message, ok: false });
    } catch (thrown) {
      const reason = thrown instanceof Error ? thrown.message : String(thrown);
      setAnswer({ format, action, words: t('compare.exportFailed', { reason }), ok: false });
    }
  }

  const done = (format: Format, action: 'copy' | 'save') => answer?.ok === true && answer.format === format && answer.action === action;
  return (
    <>
      <Button look="outlined" icon={<Share size={16} aria-hidden="true" />} popoverTarget={menu} disabled={make === null} title={title}>
        {t('shell.export')}
      </Button>
      <div id={menu} popover="auto" role="dialog" aria-label={t('shell.export')} className={styles.menu}>
        <ul>
          {FORMATS.map((format) => (
            <li key={format} className={styles.format}>
              <span>
                {FORMAT_NAMES[format]}
                <small>{uses[format]}</small>
              </span>
              <Button
                icon={done(format, 'copy') ? <Check size={16} aria-hidden="true" /> : <Copy size={16} aria-hidden="true" />}
                aria-label={t('compare.copyAs', { format: FORMAT_NAMES[format] })}
                title={t('compare.copyAs', { format: FORMAT_NAMES[format] })}
                onClick={() => void run(format, 'copy')}
              />
              <Button
                icon={done(format, 'save') ? <Check size={16} aria-hidden="true" /> : <Download size={16} aria-hidden="true" />}
                aria-label={t('compare.saveAs', { format: FORMAT_NAMES[format] })}
                title={t('compare.saveAs', { format: FORMAT_NAMES[format] })}
                onClick={() => void run(format, 'save')}
              />
            </li>
          ))}
        </ul>
        <p className={styles.answer} role="status" data-tone={answer?.ok === false ? 'bad' : 'plain'}>
          {answer?.words ?? holds}
        </p>
      </div>
    </>
  );
}
