import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { promisify } from 'node:util';
import { constants, gzip } from 'node:zlib';
import type { Clock } from '../runtime.ts';
import { createEmulator, type Emulator } from './emulator.ts';
import type { EmulatorRequest, EmulatorResponse } from './emulator-request.ts';
import type { EmulatorOptions } from './options.ts';
import { systemClock } from './system-clock.ts';

const compress = promisify(gzip);
/** Smaller bodies go as they are. */
const COMPRESSION_BYTES = 2_048;
/** An upload in an address is refused by the emulator, not by the parser of HTTP. */
const MAX_HEADER_BYTES = 16_777_216;

export interface RunningEmulator {
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  readonly emulator: Emulator;
  /** Ends open connections, too. */
  close(): Promise<void>;
}

/** Listens on the loopback interface only. Port 0, the default, takes any free one. */
export async function startEmulator(
  options: Partial<EmulatorOptions> & { readonly port?: number } = {},
  clock: Clock = systemClock,
): Promise<RunningEmulator> {
  const { port = 0, ...emulatorOptions } = options;
  const emulator = createEmulator(emulatorOptions, clock);
  const closing = new AbortController();
  const server = createServer({ keepAlive: true, maxHeaderSize: MAX_HEADER_BYTES }, (message, response) => {
    serve({ emulator, clock, message, response, signal: closing.signal }).catch(() => response.destroy());
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const boundPort = typeof address === 'object' && address !== null ? address.port : port;
  return {
    url: `http://127.0.0.1:${boundPort}`,
    emulator,
    close: async () => {
      closing.abort();
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

interface Exchange {
  readonly emulator: Emulator;
  readonly clock: Clock;
  readonly message: IncomingMessage;
  readonly response: ServerResponse;
  /** Aborts when the server closes. */
  readonly signal: AbortSignal;
}

async function serve({ emulator, clock, message, response, signal }: Exchange): Promise<void> {
  const answer = await emulator.handle(await readRequest(message), signal);
  if (answer.delivery === 'never') return;
  // Whoever has come this far can not be refused any more.
  if (answer.delivery === 'reset' || answer.delivery === 'unreachable') {
    message.socket.resetAndDestroy();
    return;
  }
  const { body, headers } = await encodeBody(answer, message);
  response.writeHead(answer.status, { ...headers, 'content-length': body.byteLength });
  if (answer.delivery === 'whole') {
    response.end(body);
    return;
  }
  const half = Math.floor(body.byteLength / 2);
  response.write(body.subarray(0, half));
  if (answer.delivery === 'slow') {
    await clock.sleep(emulator.options.slowBodyMs, signal);
    response.end(body.subarray(half));
  } else {
    // Give the first half the time to leave before the connection breaks.
    setImmediate(() => message.socket.destroySoon());
  }
}

async function readRequest(message: IncomingMessage): Promise<EmulatorRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk);
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(message.headers)) if (typeof value === 'string') headers[name] = value;
  const { method = 'GET', url = '/' } = message;
  return { method, url, headers, body: Buffer.concat(chunks).toString() };
}

async function encodeBody(
  answer: EmulatorResponse,
  message: IncomingMessage,
): Promise<{ readonly body: Buffer; readonly headers: Readonly<Record<string, string>> }> {
  const plain = Buffer.from(answer.body, 'utf8');
  const accepted = message.headers['accept-encoding'] ?? '';
  if (plain.byteLength < COMPRESSION_BYTES || !String(accepted).includes('gzip')) return { body: plain, headers: answer.headers };
  const body = await compress(plain, { level: constants.Z_BEST_SPEED });
  return { body, headers: { ...answer.headers, 'content-encoding': 'gzip' } };
}
