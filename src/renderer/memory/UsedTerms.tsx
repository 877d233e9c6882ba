import { type UsedTerm } from '../../shared/glossary';
import { t } from '../i18n/i18n';
import styles from './UsedTerms.module.css';

/** The glossary's terms in a text, those that its translation lacks told apart by more than colour. Nothing without terms. */
export function UsedTerms({ terms }: { terms: readonly UsedTerm[] }) {
  if (terms.length === 0) return null;
  return (
    <ul className={styles.terms} aria-label={t('memory.termsUsed')}>
      {terms.map(({ source, target, isUsed }) => (
        <li key={source} data-used={isUsed} title={isUsed ? t('memory.termUsed') : t('memory.termMissing')}>
          {source} → {target}
          {!isUsed && <span className={styles.missing}>{t('memory.termMissingShort')}</span>}
        </li>
      ))}
    </ul>
  );
}
