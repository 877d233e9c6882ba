/** Whether a window can be taken hold of. Pure. */

export interface Area {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** So much of the window's top edge must be on a screen, in pixels. */
const LEAST_WIDTH = 120;
const LEAST_HEIGHT = 32;

export function onScreen(window: Area, screens: readonly Area[]): boolean {
  return screens.some((screen) => {
    const width = Math.min(window.x + window.width, screen.x + screen.width) - Math.max(window.x, screen.x);
    const isBelowTop = window.y >= screen.y && window.y + LEAST_HEIGHT <= screen.y + screen.height;
    return width >= LEAST_WIDTH && isBelowTop;
  });
}
