import { describe, expect, it } from 'vitest';
import { toChunks } from '../../support/chunks.ts';
import { emailIds, memberIds, people } from '../../support/people.ts';
import { runRaw } from '../../support/run-raw.ts';
import { checkNoCrash, errorsOf } from '../../support/user-mistake.ts';
import { record } from '../../support/write-records.ts';
import { openSmallWorld, validInput } from './valid-input.ts';

const COLUMNS = ['mail', 'phone', 'op', 'ldu'];
const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);
const inRecord = (data: string) =>
  `{"type":"RECORD","record":{"stream":"people","namespace":"crm","emitted_at":1,"data":${data}}}`;

/** Lines that a broken source, a wrong pipe or a person at a keyboard sends. */
const LINES: readonly (readonly [name: string, line: string | Uint8Array])[] = [
  ['nothing', ''],
  ['blanks', ' \t \r'],
  ['a text', 'hello'],
  ['half a message', '{"type":"RECORD","record":{"stream":"people"'],
  ['a list', '[]'],
  ['null', 'null'],
  ['a message of no type', '{}'],
  ['a message of a type to come', '{"type":"PONDER","ponder":{}}'],
  ['a type that is an object', '{"type":{"toString":"RECORD"}}'],
  ['a record without contents', '{"type":"RECORD"}'],
  ['a record of a list', inRecord('[1]')],
  ['a record of nothing', inRecord('{}')],
  [
    'a record of the kind of objects',
    inRecord('{"__proto__":{"mail":"x@example.com"},"constructor":1,"toString":null,"hasOwnProperty":0}'),
  ],
  [
    'a record with keys twice',
    '{"type":"STATE","type":"RECORD","record":1,"record":{"stream":"people","namespace":"crm","data":{"mail":"x","mail":null}}}',
  ],
  ['values of every kind', inRecord('{"mail":{"a":[1]},"phone":1e999,"op":[],"ldu":-0}')],
  ['numbers beyond all', inRecord(`{"mail":${'9'.repeat(5_000)},"phone":-1e-999}`)],
  ['halves of characters', inRecord('{"mail":"\\ud800@example.com","phone":"\\udfff"}')],
  ['NUL and controls', inRecord('{"mail":"a\\u0000b@example.com","phone":"\\u001b[31m"}')],
  ['lists in lists', nested(200_000)],
  ['a value of lists in lists', inRecord(`{"mail":${nested(200_000)}}`)],
  ['lists in lists beside a long number', inRecord(`{"mail":${nested(200_000)},"phone":12345678901234567890}`)],
  ['bytes that are no text', Buffer.from([0x80, 0xff, 0x00, 0xc3, 0x28])],
  ['a record with bytes that are no text', Buffer.from(inRecord('{"mail":"\xff\xfe@example.com"}'), 'latin1')],
  ['UTF-16', Buffer.from(inRecord('{}'), 'utf16le')],
  ['50 MB in one value', inRecord(`{"mail":"${'x'.repeat(50_000_000)}"}`)],
  ['50 MB of nothing in particular', 'x'.repeat(50_000_000)],
  ['a state without contents', '{"type":"STATE"}'],
  ['a state of no stream', '{"type":"STATE","state":{"type":"STREAM"}}'],
  ['a state of another stream', '{"type":"STATE","state":{"type":"STREAM","stream":{"stream_descriptor":{"name":"__proto__"}}}}'],
  [
    'the end of another stream',
    '{"type":"TRACE","trace":{"type":"STREAM_STATUS","stream_status":{"status":"COMPLETE","stream_descriptor":{"name":"constructor"}}}}',
  ],
];

describe('destination write: stdin', () => {
  const { emulator, clock } = openSmallWorld();
  const { config, catalog, input } = validInput('destination', emulator);
  const run = (lines: readonly (string | Uint8Array)[], chunkBytes?: number) =>
    runRaw({
      program: 'destination',
      command: 'write',
      emulator,
      clock,
      config: JSON.stringify({ ...config, max_reject_ratio: 1 }),
      catalog: JSON.stringify(catalog),
      input: toChunks(lines, chunkBytes),
    });

  it.each(LINES)('with a line of %s is written but for it', async (_name, line) => {
    const before = emulator.audiences.uploads().length;
    const ended = await run([...input.slice(0, 2), line, ...input.slice(2)]);
    checkNoCrash(ended);
    expect(ended.exitCode).toBe(0);
    expect(memberIds(emulator)).toEqual(expect.arrayContaining(emailIds(6)));
    const rows = emulator.audiences
      .uploads()
      .slice(before)
      .reduce((sum, upload) => sum + upload.rows, 0);
    expect(rows).toBeGreaterThanOrEqual(6);
  });

  it('with all of these lines at once, in pieces of odd sizes, is written but for them', async () => {
    const ended = await run(
      LINES.filter(([name]) => !name.startsWith('50 MB'))
        .flatMap(([, line], at) => [line, ...input.slice(at % 6, (at % 6) + 1)])
        .concat(input),
      997,
    );
    checkNoCrash(ended);
    expect(ended.exitCode).toBe(0);
    expect(memberIds(emulator)).toEqual(expect.arrayContaining(emailIds(6)));
  });

  it('with CRLF and a byte order mark is written like any other', async () => {
    const ended = await run(input.map((line, at) => `${at === 0 ? '\uFEFF' : ''}${line}\r`));
    checkNoCrash(ended);
    expect(ended.exitCode).toBe(0);
    expect(ended.messages.filter(({ type }) => type === 'STATE')).toHaveLength(2);
  });

  it.each([
    ['nothing at all', []],
    ['a file that is none of messages', ['mail,phone', 'a@example.com,1']],
    ['a record without its end', [record({ mail: 'a@example.com' }, 'people', 'crm')]],
  ])('of %s is not taken for the whole of the stream', async (_name, lines) => {
    const ended = await run(lines);
    checkNoCrash(ended);
    expect(ended.exitCode).toBe(1);
    expect(errorsOf(ended.messages)[0]?.message).toMatch(/crm\.people|people/);
  });

  it('has as many columns as it likes', async () => {
    const wide = Object.fromEntries(Array.from({ length: 20_000 }, (_, n) => [`column ${n}`, n]));
    const rows = people(2).map(({ email }) => record({ ...wide, mail: email as string }, 'people', 'crm'));
    const ended = await run([...rows, ...input]);
    checkNoCrash(ended);
    expect(ended.exitCode).toBe(0);
    expect(COLUMNS).toContain('mail');
  });
});
