import { Check, Copy, Download } from 'lucide-react';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { type AppApi } from '../../shared/app-api';
import { t } from '../i18n/i18n';
import { useMenuCommand } from '../menu-commands';
import { Button } from './Button';
import styles from './OutputActions.module.css';

interface OutputActionsProps {
  app: AppApi;
  /** What is copied and saved. */
  text(): string;
  /** The name that the dialog begins with. */
  fileName(): string;
  hasText: boolean;
  /** Whether the menu's command is meant for it. */
  isShown: boolean;
  copyTitle: string;
  saveTitle: string;
  /** The text was copied or saved. */
  onUsed(): void;
}

const ACKNOWLEDGED_MS = 1_600;

/** Copies and saves what was written, and says whether it went well. */
export function OutputActions({ app, text, fileName, hasText, isShown, copyTitle, saveTitle, onUsed }: OutputActionsProps) {
  const [answer, setAnswer] = useState<{ action: 'copy' | 'save'; words: string; ok: boolean } | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);

  function acknowledge(action: 'copy' | 'save', words: string, ok = true) {
    clearTimeout(timer.current);
    setAnswer({ action, words, ok });
    if (ok) timer.current = setTimeout(() => setAnswer(null), ACKNOWLEDGED_MS);
  }

  function copy() {
    app.call('copyText', { text: text() }).then(
      () => {
        acknowledge('copy', t('shell.copied'));
        onUsed();
      },
      () => acknowledge('copy', t('shell.clipboardRefused'), false),
    );
  }

  async function save() {
    const saved = await app.call('saveTextFile', { suggestedName: fileName(), text: text() });
    if (saved.kind === 'saved') {
      acknowledge('save', t('shell.saved'));
      onUsed();
    }
    if (saved.kind === 'failed') acknowledge('save', saved.message, false);
  }

  useMenuCommand(app, 'saveTranslation', () => isShown && hasText && void save());

  const done = (action: 'copy' | 'save', icon: ReactNode) =>
    answer?.action === action && answer.ok ? <Check size={16} aria-hidden="true" /> : icon;
  return (
    <>
      {answer?.ok === false && <span className={styles.actionProblem}>{answer.words}</span>}
      <span className="visually-hidden" role="status">
        {answer?.words}
      </span>
      <Button icon={done('copy', <Copy size={16} aria-hidden="true" />)} title={copyTitle} disabled={!hasText} onClick={copy}>
        {answer?.action === 'copy' && answer.ok ? t('shell.copied') : t('shell.copy')}
      </Button>
      <Button
        icon={done('save', <Download size={16} aria-hidden="true" />)}
        title={saveTitle}
        disabled={!hasText}
        onClick={() => void save()}
      >
        {answer?.action === 'save' && answer.ok ? t('shell.saved') : t('shell.save')}
      </Button>
    </>
  );
}
