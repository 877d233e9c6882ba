/** Channel names between main, preload and page, written once; apart from the schemas, so that the preload carries nothing else. */
export const CHANNELS = { call: 'app:call', event: 'app:event', port: 'app:inference-port' } as const;
/** `data` of the window message that carries the inference port from the preload to the page. */
export const INFERENCE_PORT_MESSAGE = 'tandem:inference-port';
