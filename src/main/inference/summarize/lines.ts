/** Lines of a text that are alike and next to each other. */

export interface Run {
  readonly run: string[];
  readonly is: boolean;
}

/** The lines in order, those next to each other together that are alike. */
export function inRuns(lines: readonly string[], is: (line: string) => boolean): Run[] {
  const runs: Run[] = [];
  for (const line of lines) {
    const last = runs.at(-1);
    if (last?.is === is(line)) last.run.push(line);
    else runs.push({ run: [line], is: is(line) });
  }
  return runs;
}
