import { Check, ClipboardList } from 'lucide-react';
import { createContext, useContext, useState } from 'react';
import { t } from '../i18n/i18n';
import { Button } from './Button';

/** Copies it; rejects where the clipboard did not take it. Given once, at the top of the window: every error may offer it. */
export const DiagnosisContext = createContext<() => Promise<unknown>>(() => Promise.reject(new Error('No diagnosis is offered here.')));

/** Puts what a report of a bug needs into the clipboard, and says so. */
export function CopyDiagnosis() {
  const copy = useContext(DiagnosisContext);
  const [answer, setAnswer] = useState<'copied' | 'refused' | null>(null);
  return (
    <>
      <Button
        icon={answer === 'copied' ? <Check size={16} aria-hidden="true" /> : <ClipboardList size={16} aria-hidden="true" />}
        title={t('diagnosis.copyMeaning')}
        onClick={() =>
          void copy().then(
            () => setAnswer('copied'),
            () => setAnswer('refused'),
          )
        }
      >
        {answer === 'copied' ? t('diagnosis.copied') : t('diagnosis.copy')}
      </Button>
      <span className={answer === 'refused' ? undefined : 'visually-hidden'} role="status">
        {answer === 'refused' ? t('shell.clipboardRefused') : answer === 'copied' ? t('diagnosis.copied') : ''}
      </span>
    </>
  );
}
