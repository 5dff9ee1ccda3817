import type { FetchResponse, Runtime } from '../runtime.ts';
import type { Row } from './stream.ts';

export const THUMBNAIL_DATA_FIELD = 'thumbnail_data_url';
export const THUMBNAIL_URL_FIELD = 'thumbnail_url';
const AT_ONCE = 8;
const DEADLINE_MS = 15_000;
/** Thumbnails are 64 pixels wide by default; anything this large is something else. */
const MAX_BYTES = 1024 * 1024;

/** Fetches the thumbnails of creatives into `thumbnail_data_url`, a few at a time. A picture that can not be had leaves its property empty. */
export class ThumbnailLoader {
  readonly #runtime: Runtime;
  #failures = 0;

  constructor(runtime: Runtime) {
    this.#runtime = runtime;
  }

  /** Pictures that could not be had, each tried twice. */
  get failures(): number {
    return this.#failures;
  }

  async load(rows: readonly Row[]): Promise<void> {
    const open = [...rows];
    const work = async () => {
      for (let row = open.pop(); row !== undefined; row = open.pop()) {
        const url = row[THUMBNAIL_URL_FIELD];
        if (typeof url !== 'string') continue;
        const dataUrl = (await this.#fetch(url)) ?? (await this.#fetch(url));
        if (dataUrl === undefined) this.#failures += 1;
        else row[THUMBNAIL_DATA_FIELD] = dataUrl;
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
  }

  async #fetch(url: string): Promise<string | undefined> {
    const { fetch, clock, signal, log } = this.#runtime;
    const deadline = new AbortController();
    const done = new AbortController();
    const timer = clock.sleep(DEADLINE_MS, AbortSignal.any([signal, done.signal])).then(
      () => deadline.abort(new Error('deadline')),
      () => undefined,
    );
    try {
      const response = await fetch(url, { signal: AbortSignal.any([signal, deadline.signal]) });
      const isSuccess = response.status >= 200 && response.status < 300;
      if (!isSuccess) throw new Error(`HTTP ${response.status}`);
      const bytes = await readAtMost(response, MAX_BYTES);
      const type = response.headers.get('content-type') ?? 'application/octet-stream';
      return `data:${type};base64,${bytes.toString('base64')}`;
    } catch (error) {
      signal.throwIfAborted();
      log.debug(`A thumbnail could not be fetched: ${error instanceof Error ? error.message : 'unknown'}`);
      return undefined;
    } finally {
      done.abort();
      // What is not read to its end is given up.
      deadline.abort();
      await timer;
    }
  }
}

async function readAtMost(response: FetchResponse, maxBytes: number): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength;
    if (size > maxBytes) throw new Error(`more than ${maxBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
