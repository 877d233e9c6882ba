/** ESLint's own rules, set so that code of the app cannot reach a network, nor hand an address to a program that can. */

const MESSAGE = 'The app is offline: no network calls.';
const CLASSES = ['WebSocket', 'WebSocketStream', 'WebTransport', 'XMLHttpRequest', 'EventSource', 'RTCPeerConnection'];
const GLOBALS = ['fetch', ...CLASSES];
const GLOBAL_OBJECTS = ['globalThis', 'window', 'self', 'global'];

/** @type {import('eslint').Linter.RulesRecord} */
export const OFFLINE_RULES = {
  'no-restricted-globals': ['error', ...GLOBALS.map((name) => ({ name, message: MESSAGE }))],
  'no-restricted-imports': [
    'error',
    {
      paths: [
        { name: 'electron', importNames: ['net', 'autoUpdater', 'crashReporter'], message: MESSAGE },
        { name: 'electron', importNames: ['ipcRenderer'], message: 'The preload exposes AppApi, never raw ipcRenderer.' },
      ],
    },
  ],
  'no-restricted-properties': [
    'error',
    ...GLOBAL_OBJECTS.flatMap((object) => GLOBALS.map((property) => ({ object, property, message: MESSAGE }))),
    { object: 'navigator', property: 'sendBeacon', message: MESSAGE },
    { object: 'process', property: 'getBuiltinModule', message: 'Import it, so that the process boundaries see it.' },
    { property: 'openExternal', message: 'No address is handed to another program.' },
  ],
};
