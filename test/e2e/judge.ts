/** A state of the window: pictures for a person, axe for what a person overlooks. */
import axe from 'axe-core';
import { expect } from '@playwright/test';
import { type RunningApp } from './app';
import { resizeWindow } from './translate-panel';

const SIZES = [
  [1280, 800],
  [800, 560],
] as const;

/** A picture at each size, and axe at the smaller one, where most could go wrong. */
export async function judge(app: RunningApp, name: string): Promise<void> {
  for (const [width, height] of SIZES) {
    await resizeWindow(app, width, height);
    await expect.poll(() => app.page.evaluate(() => window.innerWidth)).toBe(width);
    await app.screenshot(`${name}-${width}x${height}`);
  }
  await check(app, name);
}

/** As `judge`, at the size that the window has. */
export async function judgeNow(app: RunningApp, name: string): Promise<void> {
  await app.screenshot(name);
  await check(app, name);
}

async function check(app: RunningApp, name: string): Promise<void> {
  const overflow = await app.page.evaluate(() =>
    Math.max(...[document.documentElement, ...document.querySelectorAll('main')].map((box) => box.scrollWidth - box.clientWidth)),
  );
  expect(overflow, `${name} is wider than the window`).toBeLessThanOrEqual(0);
  await app.page.evaluate(axe.source);
  const violations = await app.page.evaluate(async () => {
    const { axe: injected } = window as unknown as { axe: typeof axe };
    const results = await injected.run(document, {
      resultTypes: ['violations'],
      // Not among axe's usual rules: who says to a machine what is written on a button must be understood.
      rules: { 'label-content-name-mismatch': { enabled: true } },
    });
    return results.violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' | ')}`);
  });
  expect(violations, name).toEqual([]);
}
