/** Addresses of a spreadsheet's cells. */

/** 1 → `A`, 27 → `AA`. */
export function columnName(number: number): string {
  let name = '';
  for (let rest = number; rest > 0; rest = Math.floor((rest - 1) / 26)) name = String.fromCharCode(65 + ((rest - 1) % 26)) + name;
  return name;
}

/** `AA7` → 27. */
export function columnNumber(reference: string): number {
  let number = 0;
  for (const letter of /^[A-Z]*/.exec(reference)?.[0] ?? '') number = number * 26 + letter.charCodeAt(0) - 64;
  return number;
}
