import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse, request as sendRequest } from 'node:http';
import { buffer } from 'node:stream/consumers';

/** An answer as it went over the wire. */
export interface KeptAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
}

export interface ReplayingServer {
  readonly url: string;
  /** Requests since the last reset. */
  readonly calls: number;
  resetCalls(): void;
  /** Every answer that is kept, with the request's path. */
  answers(): Iterable<readonly [path: string, answer: KeptAnswer]>;
}

export interface ReplayingOptions {
  /** Where the answers come from. */
  readonly origin: string;
  /** Equal requests are answered with what the first one got, so that a run waits for no computing on the other side. */
  readonly keepsAnswers: boolean;
  /** Called before each answer; on the path that a client which sleeps in virtual time calls, with its milliseconds. */
  readonly onCall: () => void;
  readonly onSleep: (ms: number) => void;
}

/** The path that tells the server how long its client would have slept. */
const SLEEP_PATH = '/__bench/sleep/';

/** A server before the emulator that counts calls, keeps answers, and is told of time that is not really spent. */
export async function startReplayingServer(options: ReplayingOptions): Promise<ReplayingServer> {
  const kept = new Map<string, { readonly path: string; readonly answer: KeptAnswer }>();
  let calls = 0;
  const server = createServer({ keepAlive: true }, (message, response) => {
    serve(message, response).catch(() => response.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;

  async function serve(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = 'GET', url = '/' } = message;
    if (url.startsWith(SLEEP_PATH)) {
      options.onSleep(Number(url.slice(SLEEP_PATH.length)));
      response.end();
      return;
    }
    calls += 1;
    options.onCall();
    const body = await buffer(message);
    const name = `${method} ${url} ${message.headers['accept-encoding'] ?? ''}\n${body.toString('latin1')}`;
    const known = options.keepsAnswers ? kept.get(name) : undefined;
    const answer = known?.answer ?? (await forward(message, body));
    if (options.keepsAnswers && known === undefined && answer.status === 200) kept.set(name, { path: url, answer });
    response.writeHead(answer.status, { ...answer.headers, 'content-length': answer.body.byteLength });
    response.end(answer.body);
  }

  async function forward(message: IncomingMessage, body: Buffer): Promise<KeptAnswer> {
    const { method, url = '/', headers } = message;
    const request = sendRequest(new URL(url, options.origin), { method: method ?? 'GET', headers });
    request.end(body);
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    const { 'transfer-encoding': _, connection: __, ...kept } = response.headers;
    return { status: response.statusCode ?? 502, headers: kept, body: await buffer(response) };
  }

  return {
    url: `http://127.0.0.1:${port}`,
    get calls() {
      return calls;
    },
    resetCalls: () => {
      calls = 0;
    },
    answers: function* () {
      for (const { path, answer } of kept.values()) yield [path, answer] as const;
    },
  };
}
