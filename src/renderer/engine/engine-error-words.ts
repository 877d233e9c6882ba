/** What the engine could not do, in the window's language: by its code, with the engine's own message, which is English, as the detail. */
import type { EngineError } from '../../shared/inference/engine';
import { t, type TextKey } from '../i18n/i18n';

const WORDS = {
  'pack-missing': 'engine.errorPackMissing',
  'pack-damaged': 'engine.errorPackDamaged',
  'unsupported-request': 'engine.errorUnsupported',
  'unfit-text': 'engine.errorUnfitText',
  'bad-request': 'engine.errorBadRequest',
  'provider-failed': 'engine.errorProvider',
  'process-died': 'engine.errorDied',
  internal: 'engine.errorInternal',
} as const satisfies Record<EngineError['code'], TextKey>;

export const engineErrorWords = ({ code, message }: EngineError): string => t(WORDS[code], { message });
