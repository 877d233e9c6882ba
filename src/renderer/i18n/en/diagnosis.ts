/** When the engine cannot run at all, and what is copied for a report of it. */
export const diagnosis = {
  title: 'Reporting a problem',
  copy: 'Copy diagnosis',
  copied: 'Diagnosis copied',
  copyMeaning: 'Versions, machine, packs and settings, for a report. None of your texts, no name of yours.',
  unusable: 'The engine cannot run on this machine',
  missing:
    'A library that it needs is missing. Install Tandem again; on Windows, install Microsoft’s Visual C++ Redistributable (x64) as well.',
  system: 'The operating system is older than the engine needs. Update the system, or use Tandem on a newer one.',
  damaged:
    'A library of the engine is damaged or made for another kind of processor. Install Tandem again, in the edition for this machine.',
  processor: 'The processor lacks instructions that the engine uses. Tandem needs a machine with a newer processor.',
  other: 'The engine’s library could not be loaded. Install Tandem again; if that does not help, report it with the diagnosis.',
} as const;
