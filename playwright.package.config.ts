import { defineConfig } from '@playwright/test';
import common from './playwright.config';

/** `npm run package` first. */
export default defineConfig(common, { testDir: 'test/package' });
