import { formatUnit } from './i18n/i18n';

/** Bytes for a person, in powers of ten as file managers count. */
export function formatBytes(bytes: number): string {
  if (bytes >= 1e9) return formatUnit(bytes / 1e9, 'gigabyte', 1);
  if (bytes >= 1e6) return formatUnit(bytes / 1e6, 'megabyte');
  return formatUnit(Math.ceil(bytes / 1e3), 'kilobyte');
}
