import type { Clock } from '../runtime.ts';
import type { EmulatorRequest, EmulatorResponse } from './emulator-request.ts';

export interface EmulatorFetchOptions {
  readonly handle: (request: EmulatorRequest, signal?: AbortSignal) => Promise<EmulatorResponse>;
  readonly clock: Clock;
  readonly slowBodyMs: () => number;
}

/** A `fetch` without a socket. Faults of the transport reject as the real one rejects: a `TypeError` with a cause. */
export function createEmulatorFetch(options: EmulatorFetchOptions): typeof globalThis.fetch {
  return async (input, init) => {
    const request = new Request(input, init);
    const { signal } = request;
    signal.throwIfAborted();
    const { pathname, search, origin } = new URL(request.url);
    const headers = { ...Object.fromEntries(request.headers), 'x-emulator-origin': origin };
    const body = await request.text();
    const answer = await abortable(
      options.handle({ method: request.method, url: pathname + search, headers, body }, signal),
      signal,
    );
    if (answer.delivery === 'reset') throw createNetworkError('read ECONNRESET', 'ECONNRESET');
    if (answer.delivery === 'unreachable') throw createNetworkError('could not connect', answer.networkCode ?? 'ECONNREFUSED');
    if (answer.delivery === 'never') return abortable(new Promise<never>(() => {}), signal);
    return new Response(createBody(answer, options, signal), { status: answer.status, headers: answer.headers });
  };
}

function createBody(
  answer: EmulatorResponse,
  options: EmulatorFetchOptions,
  signal: AbortSignal,
): string | ReadableStream<Uint8Array> {
  if (answer.delivery !== 'slow' && answer.delivery !== 'truncated') return answer.body;
  const half = Math.floor(answer.body.length / 2);
  const encoder = new TextEncoder();
  return new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(encoder.encode(answer.body.slice(0, half))),
    pull: async (controller) => {
      if (answer.delivery === 'truncated')
        return controller.error(createNetworkError('other side closed', 'UND_ERR_SOCKET', 'terminated'));
      try {
        await options.clock.sleep(options.slowBodyMs(), signal);
        controller.enqueue(encoder.encode(answer.body.slice(half)));
        controller.close();
      } catch (error) {
        controller.error(error);
      }
    },
  });
}

function abortable<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason);
    const onAbort = () => reject(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}

function createNetworkError(message: string, code: string, outer = 'fetch failed'): TypeError {
  return new TypeError(outer, { cause: Object.assign(new Error(message), { code }) });
}
