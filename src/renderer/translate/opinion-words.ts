/** A mark of the large model in words. */
import { t } from '../i18n/i18n';
import { type OpinionMark } from './opinion-marks';

export function opinionWords({ distance, instead }: OpinionMark): string {
  if (instead === '') return t('alternatives.insteadEnd');
  switch (distance) {
    case 'close':
      return t('alternatives.insteadClose', { word: instead });
    case 'far':
      return t('alternatives.insteadFar', { word: instead });
    case 'more':
      return t('alternatives.insteadMore', { word: instead });
    default:
      return distance satisfies never;
  }
}
