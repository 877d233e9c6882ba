/** What the outputs of a task are measured by, and what no model need be asked for: the first sentences of a document as its summary. Pure. */
import type { RequestLane } from '../../shared/inference/lanes';
import { bleu } from '../../shared/metrics/bleu';
import { chrf } from '../../shared/metrics/chrf';
import { PYTHON_SPACE, type Metric } from '../../shared/metrics/metric';
import { rouge1, rouge2, rougeL } from '../../shared/metrics/rouge';
import { type ComparedTask } from '../compare/compared';
import { t } from '../i18n/i18n';
import { laneName } from '../translate/choice';

export const METRICS: Record<ComparedTask, readonly Metric[]> = { translate: [bleu, chrf], summarize: [rouge1, rouge2, rougeL] };

/** The one that single texts are ranked by. */
export const RANKING: Record<ComparedTask, Metric> = { translate: chrf, summarize: rougeL };

export const LEADS = { 'lead-1': 1, 'lead-3': 3 } as const;
export type Lead = keyof typeof LEADS;
/** Whose output is measured. */
export type Writer = RequestLane | Lead;

export const leadsOf = (task: ComparedTask): Lead[] => (task === 'summarize' ? ['lead-1', 'lead-3'] : []);

const isLead = (writer: Writer): writer is Lead => writer in LEADS;

export function writerName(writer: Writer): string {
  return isLead(writer) ? t('testset.lead', { count: LEADS[writer] }) : laneName(writer);
}

/** Cut as in the measurements of a pack's own quality, so that the numbers can be held against those. */
export function leadText(document: string, lead: Lead): string {
  return document
    .split(/(?<=[.!?])\s+(?=["'(]?[A-Z0-9])/)
    .slice(0, LEADS[lead])
    .join(' ');
}

export const countWords = (text: string): number => text.split(PYTHON_SPACE).filter((word) => word !== '').length;
