/** A screen that was left with the focus in its text field is no longer kept in memory. */
import { SCREENS, type Screen } from '../../src/shared/screens';
import { test } from './app';
import { expect } from './translate-panel';

declare global {
  interface Window {
    /** The field of the screen that was left. */
    leftField: WeakRef<Element>;
  }
}

const WITH_FIELD: readonly Screen[] = ['summarize', 'compare', 'history'];

test('a screen that was left is let go', async ({ app: { page } }) => {
  const session = await page.context().newCDPSession(page);
  for (const { screen, digit } of SCREENS.filter(({ screen: name }) => WITH_FIELD.includes(name))) {
    await page.keyboard.press(`Control+${digit}`);
    const field = page.locator('main:visible').locator('textarea, input[type=search]').first();
    await field.focus();
    await field.evaluate((element) => (window.leftField = new WeakRef(element)));
    await page.keyboard.press('Control+7');
    await expect(page.getByRole('main', { name: 'Packs' })).toBeVisible();
    const isKept = async () => {
      await session.send('HeapProfiler.collectGarbage');
      return page.evaluate(() => window.leftField.deref() !== undefined);
    };
    await expect.poll(isKept, `${screen} is let go`).toBe(false);
  }
});
