/** What the launcher tells the person at the terminal; standard output belongs to the command it runs. */
export function say(line: string): void {
  process.stderr.write(`tandem: ${line}\n`);
}

/** A failure whose message is all a person needs: what is missing and what to do. */
export class LaunchError extends Error {}
