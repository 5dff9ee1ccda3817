import type { Socket } from 'node:net';

export const CONNECT_LIMIT_MS = 10_000;

/** Ends a socket that is not connected in time, its TLS included, with the error of a connection that was never made. */
export function limitConnecting(socket: Socket, limitMs: number): void {
  if (!socket.connecting) return;
  const event = 'encrypted' in socket ? 'secureConnect' : 'connect';
  const timer = setTimeout(() => socket.destroy(createTimeout(limitMs)), limitMs);
  const stop = () => clearTimeout(timer);
  socket.once(event, stop);
  socket.once('close', stop);
}

function createTimeout(limitMs: number): Error {
  return Object.assign(new Error(`no connection within ${limitMs} ms`), { code: 'CONNECT_TIMEOUT' });
}
