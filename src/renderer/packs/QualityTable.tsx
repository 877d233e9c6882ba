import { isTranslating, type PackManifest } from '../../shared/pack';
import { formatNumber, languageName, t } from '../i18n/i18n';
import { laneName } from '../translate/choice';
import styles from './PackTable.module.css';

interface Row {
  key: string;
  what: string;
  group: string;
  count: number;
  scores: Partial<Record<string, string>>;
}

/** What its maker measured: a row a language pair and kind of text, a column a lane. */
export function QualityTable({ manifest }: { manifest: PackManifest }) {
  if (manifest.quality.length === 0) return <p className={styles.note}>{t('packs.noQuality')}</p>;
  const rows = rowsOf(manifest);
  const lanes = (['hybrid', 'llm', 'slm'] as const).filter((lane) => rows.some(({ scores }) => scores[lane] !== undefined));
  const isPair = isTranslating(manifest);
  return (
    <>
      <p className={styles.note}>{isPair ? t('packs.qualityMeaning') : t('packs.rougeMeaning')}</p>
      {/* It may be wider than the window, and is then moved with the arrow keys. */}
      <div className={styles.scroller} tabIndex={0} role="region" aria-label={t('packs.quality')}>
        <table className={styles.table}>
          <thead>
            <tr>
              {isPair && <th scope="col">{t('packs.pair')}</th>}
              <th scope="col">{t('packs.group')}</th>
              <th scope="col">{isPair ? t('packs.sentences') : t('packs.texts')}</th>
              {lanes.map((lane) => (
                <th key={lane} scope="col">
                  {laneName(lane)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ key, what, group, count, scores }) => (
              <tr key={key}>
                {isPair && <th scope="row">{what}</th>}
                <td>{group}</td>
                <td>{formatNumber(count)}</td>
                {lanes.map((lane) => (
                  <td key={lane}>{scores[lane]}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

function rowsOf(manifest: PackManifest): Row[] {
  const rows = new Map<string, Row>();
  const add = (key: string, row: Omit<Row, 'key' | 'scores'>, lane: string, score: string) => {
    const known = rows.get(key) ?? { key, ...row, scores: {} };
    known.scores[lane] = score;
    rows.set(key, known);
  };
  if (isTranslating(manifest)) {
    for (const { lane, from, to, group, sentences, chrf, bleu } of manifest.quality) {
      const what = t('shell.pair', { from: languageName(from), to: languageName(to) });
      add(
        `${from} ${to} ${group}`,
        { what, group, count: sentences },
        lane,
        t('packs.score', { chrf: formatNumber(chrf, 1), bleu: formatNumber(bleu, 1) }),
      );
    }
  } else {
    for (const { lane, group, documents, rougeL } of manifest.quality) {
      add(group, { what: '', group, count: documents }, lane, t('packs.rouge', { rouge: formatNumber(rougeL, 1) }));
    }
  }
  return [...rows.values()];
}
