import { useEffect, useId, useState } from 'react';
import { type AppApi } from '../../shared/app-api';
import { Switch } from '../components/Switch';
import { t } from '../i18n/i18n';
import { Row } from './Rows';

interface TrayRowProps {
  app: AppApi;
  on: boolean;
  onChange(on: boolean): void;
}

/** The desktop is asked whenever the row is shown: it may have got a tray since, or lost it. */
export function TrayRow({ app, on, onChange }: TrayRowProps) {
  const [isPossible, setPossible] = useState(true);
  const note = useId();
  useEffect(() => void app.call('hasTray', {}).then(setPossible, () => setPossible(false)), [app]);
  return (
    <Row name={t('settings.tray')} note={t(isPossible ? 'settings.trayNote' : 'settings.trayMissing')} noteId={note}>
      <Switch label={t('settings.tray')} on={on} disabled={!isPossible && !on} describedBy={note} onChange={onChange} />
    </Row>
  );
}
