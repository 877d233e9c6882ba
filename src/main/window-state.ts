/** Where the window stood when it was last closed: kept in a small file, used again where it is still on a screen. */
import { screen, type BrowserWindow, type Rectangle } from 'electron';
import { readFileSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { describeError, type Log } from './log';
import { onScreen } from './on-screen';

const stateSchema = z.strictObject({
  x: z.number().int(),
  y: z.number().int(),
  width: z.number().int().min(1),
  height: z.number().int().min(1),
  isMaximized: z.boolean(),
});
export type WindowState = z.infer<typeof stateSchema>;

/** Null: never kept, not readable, or on a screen that is gone. */
export function readWindowState(path: string): WindowState | null {
  let content: string;
  try {
    content = readFileSync(path, 'utf8');
  } catch {
    // A first start; anything else shows when the state is kept.
    return null;
  }
  const parsed = stateSchema.safeParse(jsonOf(content));
  const areas: Rectangle[] = screen.getAllDisplays().map((display) => display.workArea);
  return parsed.success && onScreen(parsed.data, areas) ? parsed.data : null;
}

/** Written as the window closes: at once, for the app may end with it. */
export function keepWindowState(window: BrowserWindow, path: string, log: Log): void {
  window.on('close', () => {
    const state: WindowState = { ...window.getNormalBounds(), isMaximized: window.isMaximized() };
    try {
      writeFileSync(path, `${JSON.stringify(state)}\n`);
    } catch (error) {
      log.warn(`the window's place could not be kept: ${describeError(error)}`);
    }
  });
}

function jsonOf(content: string): unknown {
  try {
    return JSON.parse(content);
  } catch {
    // Half a file, from a crash.
    return null;
  }
}
