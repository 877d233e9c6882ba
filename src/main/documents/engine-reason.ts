/** What the engine could not do, for a person: its own message, which is English, is the detail. */
import type { EngineError } from '../../shared/inference/engine';
import { reason } from '../reasons';

const REASONS: Record<EngineError['code'], (message: string) => string> = {
  'pack-missing': (message) => reason`The pack is missing. ${message}`,
  'pack-damaged': (message) => reason`The pack is damaged. ${message}`,
  'unsupported-request': (message) => reason`The pack cannot do this. ${message}`,
  'unfit-text': (message) => reason`The text is not fit for this. ${message}`,
  'bad-request': (message) => reason`The engine refused this text. ${message}`,
  'provider-failed': (message) => reason`The processor or graphics unit refused the work. ${message}`,
  'process-died': () => reason`The engine stopped unexpectedly.`,
  internal: (message) => reason`Something went wrong in the engine. ${message}`,
};

export const engineReason = ({ code, message }: EngineError): string => REASONS[code](message);
