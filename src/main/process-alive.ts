/** Whether a process of that number runs, whoever's it is. */
export function isProcessAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Somebody else's process is not ours to signal, and lives.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
