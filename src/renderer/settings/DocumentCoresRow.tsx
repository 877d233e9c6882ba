import { Select } from '../components/Select';
import { t } from '../i18n/i18n';
import { Row } from './Rows';

const MOST = 16;
const CHOICES = Array.from({ length: Math.min(MOST, navigator.hardwareConcurrency) }, (_, index) => index + 1);

interface DocumentCoresRowProps {
  /** Null: chosen from what the machine has. */
  chosen: number | null;
  onChange(cores: number | null): void;
}

/** How many cores work on documents. */
export function DocumentCoresRow({ chosen, onChange }: DocumentCoresRowProps) {
  const offered = chosen === null || CHOICES.includes(chosen) ? CHOICES : [...CHOICES, chosen];
  return (
    <Row name={t('settings.documentCores')} note={t('settings.documentCoresNote')}>
      <Select
        label={t('settings.documentCores')}
        value={chosen === null ? 'automatic' : String(chosen)}
        options={[
          { value: 'automatic', label: t('settings.automatic') },
          ...offered.map((count) => ({ value: String(count), label: t('settings.coreCount', { count }) })),
        ]}
        onChange={(value) => onChange(value === 'automatic' ? null : Number(value))}
      />
    </Row>
  );
}
