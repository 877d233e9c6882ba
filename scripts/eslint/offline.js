/** ESLint's own rules, set so that code of the app cannot reach a network, nor hand an address to a program that can, nor pass its doors by. */

const MESSAGE = 'The app is offline: no network calls.';
const CLASSES = ['WebSocket', 'WebSocketStream', 'WebTransport', 'XMLHttpRequest', 'EventSource', 'RTCPeerConnection'];
const GLOBALS = ['fetch', ...CLASSES];
const GLOBAL_OBJECTS = ['globalThis', 'window', 'self', 'global'];

const NETWORK_PARTS = { name: 'electron', importNames: ['net', 'autoUpdater', 'crashReporter'], message: MESSAGE };

/** @type {import('eslint').Linter.RulesRecord} */
export const OFFLINE_RULES = {
  'no-restricted-globals': ['error', ...GLOBALS.map((name) => ({ name, message: MESSAGE }))],
  'no-restricted-imports': [
    'error',
    {
      paths: [
        NETWORK_PARTS,
        { name: 'electron', importNames: ['ipcRenderer'], message: 'The preload exposes AppApi, never raw ipcRenderer.' },
      ],
    },
  ],
  'no-restricted-properties': [
    'error',
    ...GLOBAL_OBJECTS.flatMap((object) => GLOBALS.map((property) => ({ object, property, message: MESSAGE }))),
    { object: 'navigator', property: 'sendBeacon', message: MESSAGE },
    { object: 'process', property: 'getBuiltinModule', message: 'Import it, so that the process boundaries see it.' },
    { object: 'ipcMain', message: 'Calls of a page come in by app-api.ts, which looks at who asks.' },
    { property: 'ipc', message: 'Calls of a page come in by app-api.ts, which looks at who asks.' },
    { property: 'openExternal', message: 'No address is handed to another program.' },
  ],
};

/**
 * For the preload, which alone speaks to main.
 * @type {import('eslint').Linter.RulesRecord}
 */
export const PRELOAD_RULES = { 'no-restricted-imports': ['error', { paths: [NETWORK_PARTS] }] };
