import { describe, expect, it } from 'vitest';
import { type BodyOptions, readBody } from '../../src/graph/body.ts';
import { DEFAULT_DEADLINES, Deadline } from '../../src/graph/deadline.ts';
import { createRedactor } from '../../src/graph/redactor.ts';
import { createTestRuntime } from '../support/test-runtime.ts';

const TOKEN = 'EAAtokenTOKENtoken0123456789';

/** A response whose body comes in pieces of `size` bytes. */
function respond(text: string, size = 7): Response {
  const bytes = new TextEncoder().encode(text);
  let position = 0;
  return new Response(
    new ReadableStream({
      pull(controller) {
        if (position >= bytes.length) return controller.close();
        controller.enqueue(bytes.slice(position, position + size));
        position += size;
      },
    }),
  );
}

async function read(response: Response, options: Partial<BodyOptions> = {}) {
  using deadline = new Deadline(createTestRuntime(), DEFAULT_DEADLINES);
  deadline.startBody();
  return await readBody(response, { deadline, redact: createRedactor([TOKEN]), ...options });
}

/** The small limit makes every body here a large one. */
const LARGE = { streamedFromBytes: 16 };

describe('readBody', () => {
  const page = {
    data: [
      {
        id: '1',
        name: 'Zürich 東京 🎈 "quoted"',
        spend: 12.5,
        on: true,
        off: false,
        none: null,
        list: [],
        nested: { a: [{ b: -1e-7 }] },
      },
      { id: '2' },
    ],
    paging: { next: `https://graph.facebook.com/?access_token=${TOKEN}&after=a` },
  };
  const expected = { ...page, paging: { next: 'https://graph.facebook.com/?access_token=***&after=a' } };

  it.each([
    ['small', {}],
    ['large', LARGE],
  ])('parses a %s body, whatever the pieces it comes in', async (_name, options) => {
    const text = JSON.stringify(page);
    for (const size of [1, 7, 64, 100_000]) {
      const body = await read(respond(text, size), options);
      expect(body).toEqual({ value: expected, bytes: Buffer.byteLength(text) });
    }
  });

  it.each([
    ['small', {}],
    ['large', LARGE],
  ])('keeps ids beyond 2^53 whole in a %s body', async (_name, options) => {
    const { value } = await read(respond('{"report_run_id": 6023920149050123456, "n": 9007199254740991, "x": 1.5}'), options);

    expect(value).toEqual({ report_run_id: '6023920149050123456', n: 9007199254740991, x: 1.5 });
  });

  it.each([
    ['small', {}],
    ['large', LARGE],
  ])('shows the beginning of what is not JSON in a %s body', async (_name, options) => {
    const html = `<!DOCTYPE html><p>${'x'.repeat(500)}</p>`;
    const { value } = await read(respond(html, 300), options);
    expect(value).toBe(html.slice(0, 200));

    const cut = await read(respond('{"data":[{"id":"1"},{"id":', 300), options);
    expect(cut.value).toBe('{"data":[{"id":"1"},{"id":');
  });

  it('drops a byte order mark', async () => {
    expect((await read(respond('\ufeff{"id":"1"}'))).value).toEqual({ id: '1' });
    expect((await read(respond('\ufeff{"id":"1","name":"long enough"}'), LARGE)).value).toEqual({ id: '1', name: 'long enough' });
  });

  it('has no value for an empty body, or none', async () => {
    expect(await read(respond(''))).toEqual({ value: undefined, bytes: 0 });
    expect(await read(respond(' \n'))).toEqual({ value: undefined, bytes: 2 });
    expect(await read(new Response(null, { status: 204 }))).toEqual({ value: undefined, bytes: 0 });
  });

  it('counts the bytes as they come', async () => {
    const counts: number[] = [];
    await read(respond('{"id":"1"}', 4), { onBytes: (count) => counts.push(count) });

    expect(counts).toEqual([4, 4, 2]);
  });

  it.each([
    ['small', {}],
    ['large', LARGE],
  ])('rejects when the connection of a %s body is lost', async (_name, options) => {
    let pieces = 0;
    const response = new Response(
      new ReadableStream({
        pull(controller) {
          pieces += 1;
          if (pieces > 4) controller.error(Object.assign(new Error('terminated'), { cause: { code: 'UND_ERR_SOCKET' } }));
          else controller.enqueue(new TextEncoder().encode('[1234567,'.slice(pieces === 1 ? 0 : 1)));
        },
      }),
    );

    await expect(read(response, options)).rejects.toMatchObject({
      failure: 'transient',
      message: "Meta's answer broke off after 33 bytes: UND_ERR_SOCKET",
    });
  });
});
