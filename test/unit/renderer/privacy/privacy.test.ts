import { expect, test } from 'vitest';
import { createPrivacyStore } from '../../../../src/renderer/privacy/privacy-store';
import { reportAsMarkdown } from '../../../../src/renderer/privacy/words';
import { type PrivacyReport } from '../../../../src/shared/privacy';
import { ScriptedApp, settle } from '../documents/scripted-app';

const REPORT: PrivacyReport = {
  startedMs: 0,
  atMs: 60_000,
  refused: [{ kind: 'request', what: 'example.com', count: 2 }],
  sockets: { processes: 4, closed: 1, outward: [], local: 0 },
  verifiedMs: {},
  isPackaged: true,
  fuses: [
    { name: 'runAsNode', isOn: false, isMeantOn: false },
    { name: 'onlyLoadAppFromAsar', isOn: false, isMeantOn: true },
  ],
  contentPolicy: "default-src 'none'",
  kept: [{ what: 'history', place: '~/history.db', bytes: 5_000, files: 1 }],
};

test('the report says what was seen, and does not say what was not', () => {
  const text = reportAsMarkdown(REPORT, [{ state: 'damaged', folder: '/p/broken', bundled: false, problem: 'gone' }], true, '1.0.0');
  for (const line of [
    'To other machines: None',
    'for 4 processes of Tandem. 1 more is closed to others by its sandbox.',
    '- Request: example.com (2)',
    'Fuses of the program: 1 is not set as in the published app.',
    '- onlyLoadAppFromAsar: off',
    'broken: gone',
    'Private mode: on',
    '- History: 5 kB in 1 file (~/history.db)',
  ])
    expect(text).toContain(line);
  const elsewhere = reportAsMarkdown({ ...REPORT, sockets: null, fuses: null, refused: [] }, [], false, '1.0.0');
  expect(elsewhere).not.toContain('To other machines');
  expect(elsewhere).toContain('This system does not tell a program');
  expect(elsewhere).toContain('could not be read from the program’s file');
  expect(elsewhere).toContain('Nothing has tried to reach out.');
  expect(
    reportAsMarkdown({ ...REPORT, sockets: { processes: 1, closed: 0, outward: ['1.2.3.4:443'], local: 0 } }, [], false, ''),
  ).toContain('To other machines: 1.2.3.4:443');
});

test('what the page’s policy stopped is counted by host from the beginning on', async () => {
  const page = new EventTarget();
  const app = new ScriptedApp({ getPrivacyReport: () => REPORT });
  const store = createPrivacyStore(app, page as Pick<Document, 'addEventListener'>);
  for (const blockedURI of ['https://example.net/secret', 'https://example.net/more', 'inline'])
    page.dispatchEvent(Object.assign(new Event('securitypolicyviolation'), { blockedURI }));
  store.look();
  await settle();
  expect(store.getState().report?.refused).toEqual([
    ...REPORT.refused,
    { kind: 'policy', what: 'example.net', count: 2 },
    { kind: 'policy', what: 'inline', count: 1 },
  ]);
});

test('what could not be deleted is told, and is not said to be deleted', async () => {
  const app = new ScriptedApp({ getPrivacyReport: () => REPORT, deleteKept: () => Promise.reject(new Error('the disk refused')) });
  const store = createPrivacyStore(app, new EventTarget() as Pick<Document, 'addEventListener'>);
  store.remove('history');
  await settle();
  expect(store.getState()).toMatchObject({ deleted: null, problem: 'the disk refused' });
});
