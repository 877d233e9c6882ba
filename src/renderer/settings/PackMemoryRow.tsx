import { useStore } from 'zustand';
import { type SettingsPatch } from '../../shared/app-api';
import { Select } from '../components/Select';
import { type EngineStore } from '../engine/engine-store';
import { t } from '../i18n/i18n';
import { formatBytes } from '../units';
import { Row } from './Rows';

const CHOICES = [0.5e9, 1e9, 2e9, 4e9, 8e9, 16e9, 32e9];

interface PackMemoryRowProps {
  engine: EngineStore;
  /** Null: chosen from the machine's memory. */
  chosen: number | null;
  onChange(patch: SettingsPatch): void;
}

/** What open packs may take, and what they take now. */
export function PackMemoryRow({ engine, chosen, onChange }: PackMemoryRowProps) {
  const status = useStore(engine, (state) => state.status);
  const usedBytes = (status?.packs ?? []).reduce((sum, { memoryBytes = 0 }) => sum + memoryBytes, 0);
  const budgetBytes = status?.budgetBytes;
  const now =
    budgetBytes === undefined ? '' : ` ${t('settings.packMemoryNow', { used: formatBytes(usedBytes), budget: formatBytes(budgetBytes) })}`;
  return (
    <Row name={t('settings.packMemory')} note={`${t('settings.packMemoryNote')}${now}`}>
      <Select
        label={t('settings.packMemory')}
        value={chosen === null ? 'automatic' : String(chosen)}
        options={[
          { value: 'automatic', label: t('settings.automatic') },
          ...[...new Set([...CHOICES, ...(chosen === null ? [] : [chosen])])]
            .sort((a, b) => a - b)
            .map((bytes) => ({ value: String(bytes), label: formatBytes(bytes) })),
        ]}
        onChange={(value) => onChange({ packMemoryBytes: value === 'automatic' ? null : Number(value) })}
      />
    </Row>
  );
}
