/** The Compare panel by the names a person or a screen reader knows it by. */
import type { Page } from '@playwright/test';
import type { RunningApp } from './app';
import { expect, panelOf } from './translate-panel';

export function compareOf(page: Page) {
  const results = page.getByRole('region', { name: 'Results' });
  return {
    source: page.getByRole('textbox', { name: 'Text to compare' }),
    column: (name: string) => page.getByRole('group', { name: `Translation, ${name}`, exact: true }),
    lane: (name: string) => page.getByRole('checkbox', { name, exact: true }),
    rounds: (count: number) => page.getByRole('radio', { name: String(count), exact: true }),
    row: (name: string) => results.getByRole('row').filter({ has: page.getByRole('rowheader', { name, exact: true }) }),
    results,
    finished: (state: 'done' | 'cancelled' | 'failed' | 'running') => results.and(page.locator(`[data-state="${state}"]`)),
    said: page.getByTestId('compare-announcer'),
    button: (name: string) => page.getByRole('button', { name, exact: true }),
  };
}

export async function openCompare({ page }: RunningApp) {
  await expect(panelOf(page).ready).toBeVisible();
  await page.keyboard.press('Control+4');
  const panel = compareOf(page);
  await expect(panel.source).toBeFocused();
  return panel;
}
