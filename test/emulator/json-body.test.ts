import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseJsonBody } from '../../src/emulator/json-body.ts';
import { DEFAULT_TOKEN } from '../../src/emulator/options.ts';
import { createCaller } from './caller.ts';

describe('a JSON body', () => {
  it('gives texts as they are, and all else in the JSON it was written in', () => {
    const text =
      ' {"name": "A \\"B\\" \\u00fc", "n": 9223372036854775807 ,"list":[1, {"a}":"],\\\\"}],"on":true,"none":null,"e":{}} ';
    expect(parseJsonBody(text).entries).toEqual([
      ['name', 'A "B" ü'],
      ['n', '9223372036854775807'],
      ['list', '[1, {"a}":"],\\\\"}]'],
      ['on', 'true'],
      ['e', '{}'],
    ]);
  });

  it('loses nothing of any object', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.nat(2), (object, spaces) => {
        const expected = Object.entries(object).filter(([, value]) => value !== null);
        const { entries } = parseJsonBody(JSON.stringify(object, undefined, spaces));
        const read = entries.map(([name, text]) => [name, typeof object[name] === 'string' ? text : JSON.parse(text)]);
        expect(read).toEqual(JSON.parse(JSON.stringify(expected)));
      }),
    );
  });

  it.each(['', '[]', '"x"', '{', '{"a":"b}', '{"a', '{a:1}', 'payload=1'])('has no parameters where it is %j', (text) => {
    expect(parseJsonBody(text).entries).toEqual([]);
  });

  it('is taken by any call that says so, and no other', async () => {
    const { emulator } = createCaller();
    const call = async (type: string) => {
      const body = JSON.stringify({ access_token: DEFAULT_TOKEN, method: 'GET', fields: 'id' });
      const init = { method: 'POST', body, headers: { 'content-type': type } };
      return (await emulator.fetch('http://graph.test/v25.0/me', init)).status;
    };
    expect(await call('application/json')).toBe(200);
    expect(await call('Application/JSON; charset=utf-8')).toBe(200);
    expect(await call('text/plain')).toBe(400);
  });
});
