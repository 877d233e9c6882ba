/** Who a remembered translation comes from, in words. */
import { type MemoryPair, type Origin } from '../../shared/memory';
import { t } from '../i18n/i18n';

export function originWords({ origin, maker }: Pick<MemoryPair, 'origin' | 'maker'>): string {
  return maker === '' ? originName(origin) : `${originName(origin)}: ${maker}`;
}

export function originName(origin: Origin): string {
  switch (origin) {
    case 'person':
      return t('memory.originPerson');
    case 'imported':
      return t('memory.originImported');
    case 'machine':
      return t('memory.originMachine');
    default:
      return origin satisfies never;
  }
}
