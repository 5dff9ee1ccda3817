import { createEmulator, type Emulator } from '../../src/emulator/emulator.ts';
import { DEFAULT_TOKEN, type EmulatorOptions } from '../../src/emulator/options.ts';
import { FakeClock } from '../support/fake-clock.ts';

export const ACCOUNT = '101000000000001';
export const OTHER_ACCOUNT = '101000000001002';

export interface Row {
  readonly id: string;
  readonly [field: string]: unknown;
}

export interface Body {
  readonly data: readonly Row[];
  readonly paging?: {
    readonly cursors: { readonly before: string; readonly after: string };
    readonly next?: string;
    readonly previous?: string;
  };
  readonly summary?: { readonly total_count: number };
  readonly error: { readonly message: string; readonly code?: number; readonly error_subcode?: number; readonly type?: string };
  readonly [field: string]: unknown;
}

export interface Caller {
  readonly emulator: Emulator;
  readonly clock: FakeClock;
  fetch(url: string, init?: RequestInit): Promise<Response>;
  /** The parsed body of `GET /v25.0/<path>` with the default token. */
  get(path: string, params?: Readonly<Record<string, string>>): Promise<Body>;
  /** `code` or `code/subcode` of the error a call answers, after its HTTP status. */
  fail(path: string, params?: Readonly<Record<string, string>>): Promise<string>;
  batch(parts: readonly object[], params?: Readonly<Record<string, string>>): Promise<unknown>;
  /** The ids of all pages, by following `next` at most `pages` times. */
  walk(
    path: string,
    params?: Readonly<Record<string, string>>,
    pages?: number,
  ): Promise<{ readonly ids: string[]; readonly sizes: number[] }>;
}

export function createCaller(options: Partial<EmulatorOptions> = {}): Caller {
  const clock = new FakeClock();
  const emulator = createEmulator(options, clock);
  const fetch = (url: string, init: RequestInit = {}) =>
    emulator.fetch(`http://graph.test${url}`, {
      ...init,
      headers: { authorization: `Bearer ${DEFAULT_TOKEN}`, ...init.headers },
    });
  const call = (path: string, params: Readonly<Record<string, string>> = {}) =>
    fetch(`/v25.0/${path}?${new URLSearchParams(params)}`);
  const get = async (path: string, params?: Readonly<Record<string, string>>) =>
    (await (await call(path, params)).json()) as Body;
  return {
    emulator,
    clock,
    fetch,
    get,
    fail: async (path, params) => {
      const response = await call(path, params);
      const { error } = (await response.json()) as Body;
      return `${response.status} ${[error.code, error.error_subcode].filter((part) => part !== undefined).join('/')}`;
    },
    batch: async (parts, params = {}) => {
      const body = new URLSearchParams({ batch: JSON.stringify(parts), ...params });
      return await (await fetch('/v25.0/', { method: 'POST', body })).json();
    },
    walk: async (path, params, pages = 1_000) => {
      let body = await get(path, params);
      const ids = body.data.map(({ id }) => id);
      const sizes = [body.data.length];
      while (body.paging?.next !== undefined && sizes.length < pages) {
        const { pathname, search } = new URL(body.paging.next);
        body = (await (await fetch(pathname + search)).json()) as Body;
        ids.push(...body.data.map(({ id }) => id));
        sizes.push(body.data.length);
      }
      return { ids, sizes };
    },
  };
}
