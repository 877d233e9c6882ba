/** The name of a document's format in the language of the interface. Pure. */
import { t } from '../i18n/i18n';
import { formats } from '../i18n/en/formats';

type FormatKey = keyof typeof formats;

const KEYS = new Map(Object.entries(formats).map(([key, name]) => [name as string, key as FormatKey]));

/** `name` as main gives it; a name without a text stays as it is. */
export function formatName(name: string): string {
  const key = KEYS.get(name);
  return key === undefined ? name : t(`formats.${key}`);
}
