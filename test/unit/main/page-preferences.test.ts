/** What the window's page really has is `test/e2e/security.spec.ts`'s to show. */
import { expect, test } from 'vitest';
import { PAGE_PREFERENCES } from '../../../src/main/page-preferences';

test('a page has its sandbox and its own world, no Node, and nothing that is off unless named', () => {
  expect(PAGE_PREFERENCES).toEqual({
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    webSecurity: true,
    spellcheck: false,
    webviewTag: false,
    enableWebSQL: false,
    navigateOnDragDrop: false,
  });
});
