import { type CodePair } from '../../shared/check-codes';
import { type Inlines } from '../../shared/inlines';
import { t } from '../i18n/i18n';
import { type MarkerNumbers } from './markers';
import styles from './InlineText.module.css';

interface InlineTextProps {
  inlines: Inlines;
  numbers: MarkerNumbers;
  pairs: readonly CodePair[];
}

/** Text with its codes as small numbered chips; those that open and close something point at it. */
export function InlineText({ inlines, numbers, pairs }: InlineTextProps) {
  return inlines.map((inline, place) =>
    typeof inline === 'string' ? (
      inline
    ) : (
      <span key={place} className={styles.chip} data-side={sideOf(inline.code, pairs)} title={t(TITLES[sideOf(inline.code, pairs)])}>
        <span className="visually-hidden">{`${t('documents.code')} `}</span>
        {numbers.get(inline.code)}
      </span>
    ),
  );
}

const TITLES = { open: 'documents.codeOpens', close: 'documents.codeCloses', alone: 'documents.codeAlone' } as const;

function sideOf(code: number, pairs: readonly CodePair[]): 'open' | 'close' | 'alone' {
  if (pairs.some(([open]) => open === code)) return 'open';
  return pairs.some(([, close]) => close === code) ? 'close' : 'alone';
}
