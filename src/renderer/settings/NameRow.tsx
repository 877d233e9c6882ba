import { useId, useState } from 'react';
import { namedBy, namePatternProblem, type NamePatternProblem } from '../../shared/output-name';
import { t } from '../i18n/i18n';
import { Row } from './Rows';
import styles from './NameRow.module.css';

interface NameRowProps {
  pattern: string;
  onChange(pattern: string): void;
}

function problemWords(problem: NamePatternProblem): string {
  switch (problem) {
    case 'no-name':
      return t('settings.namingNoName', { sign: '{name}' });
    case 'no-language':
      return t('settings.namingNoLanguage', { sign: '{lang}' });
    case 'forbidden':
      return t('settings.namingForbidden', { signs: '< > : " / \\ | ? *' });
    case 'unknown':
      return t('settings.namingUnknown', { name: '{name}', language: '{lang}' });
    case 'end':
      return t('settings.namingEnd');
    case 'long':
      return t('settings.namingLong');
    default:
      return problem satisfies never;
  }
}

/** How translated documents are named: what is typed is shown on an example, and kept where it can be used. */
export function NameRow({ pattern, onChange }: NameRowProps) {
  const [typed, setTyped] = useState(pattern);
  const noteId = useId();
  const problem = namePatternProblem(typed);
  const example = `${namedBy(problem === null ? typed : pattern, t('settings.namingReport'), 'de')}.docx`;
  return (
    <Row
      name={t('settings.naming')}
      note={problem === null ? t('settings.namingNote', { source: `${t('settings.namingReport')}.docx`, example }) : problemWords(problem)}
      noteId={noteId}
      tone={problem === null ? 'plain' : 'bad'}
    >
      <input
        className={styles.pattern}
        type="text"
        aria-label={t('settings.naming')}
        aria-describedby={noteId}
        aria-invalid={problem !== null}
        value={typed}
        spellCheck={false}
        onChange={(event) => {
          setTyped(event.target.value);
          if (namePatternProblem(event.target.value) === null) onChange(event.target.value);
        }}
        onBlur={() => problem !== null && setTyped(pattern)}
      />
    </Row>
  );
}
