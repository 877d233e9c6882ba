/** The window's only way out of its sandbox: exposes AppApi, passes the inference port on, and nothing else. */
import { contextBridge, ipcRenderer, webFrame, webUtils, type IpcRendererEvent } from 'electron';
import type { AppApi, AppCallName } from '../shared/app-api';
import { CHANNELS, INFERENCE_PORT_MESSAGE } from '../shared/channels';

/** What main's door answers; main is trusted, so this is a type and not a schema. */
type AppAnswer<Result> = { ok: true; result: Result } | { ok: false; message: string };

async function ask(name: AppCallName, argument: unknown): Promise<never> {
  const answer = (await ipcRenderer.invoke(CHANNELS.call, name, argument)) as AppAnswer<never>;
  if (!answer.ok) throw new Error(answer.message);
  return answer.result;
}

const app = {
  async call(name: AppCallName, argument) {
    if (name === 'addDocuments' || name === 'importPack' || name === 'readReadable')
      throw new Error('A page names no paths; dropped files come by their own calls.');
    return ask(name, argument);
  },
  // Only a file that a person dropped or chose has a path; one that the page made has an empty one, which main refuses.
  async addDroppedDocuments(files, how) {
    return ask('addDocuments', { ...how, paths: files.map((file) => webUtils.getPathForFile(file)) });
  },
  async importDroppedPack(file) {
    return ask('importPack', { path: webUtils.getPathForFile(file) });
  },
  async readDropped(file) {
    return ask('readReadable', { path: webUtils.getPathForFile(file) });
  },
  on(name, listener) {
    const receive = (_event: IpcRendererEvent, ...[told, event]: [unknown, Parameters<typeof listener>[0]]) => {
      if (told === name) listener(event);
    };
    ipcRenderer.on(CHANNELS.event, receive);
    return () => void ipcRenderer.off(CHANNELS.event, receive);
  },
} satisfies AppApi;

contextBridge.exposeInMainWorld('app', app);

// The bridge cannot carry a port; a window message to our own origin can.
ipcRenderer.on(CHANNELS.port, (event) => window.postMessage(INFERENCE_PORT_MESSAGE, window.location.origin, event.ports));

// Neither the content security policy nor the session's request filter reaches WebRTC, so its constructors go before the page runs.
void webFrame.executeJavaScript(
  `for (const name of ['RTCPeerConnection', 'webkitRTCPeerConnection', 'RTCDataChannel', 'RTCSessionDescription', 'RTCIceCandidate',
    'RTCRtpSender', 'RTCRtpReceiver', 'RTCDtlsTransport', 'RTCIceTransport', 'RTCSctpTransport', 'WebTransport']) delete globalThis[name];`,
);
