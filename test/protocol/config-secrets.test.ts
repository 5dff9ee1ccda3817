import { describe, expect, it } from 'vitest';
import spec from '../../spec.json' with { type: 'json' };
import { collectSecrets } from '../../src/protocol/config-secrets.ts';

const SECRET = { type: 'string', airbyte_secret: true } as const;

describe('collectSecrets', () => {
  it('finds secrets at the top, in objects, in lists and in every alternative', () => {
    const schema = {
      properties: {
        key: SECRET,
        nested: { properties: { deep: SECRET, open: { type: 'string' } } },
        list: { type: 'array', items: { properties: { password: SECRET } } },
        credentials: { oneOf: [{ properties: { token: SECRET } }, { properties: { code: SECRET } }] },
      },
    };
    const config = {
      key: 'one',
      nested: { deep: 'two', open: 'not me' },
      list: [{ password: 'three' }, { password: 'four' }],
      credentials: { code: 'five', token: 'six' },
      unknown: 'nor me',
    };
    expect(new Set(collectSecrets(schema, config))).toEqual(new Set(['one', 'two', 'three', 'four', 'five', 'six']));
  });

  it('takes numbers and whole objects for secrets too, and a pasted secret also without its white space', () => {
    const schema = { properties: { pin: SECRET, account: SECRET, token: SECRET } };
    const config = { pin: 12345678, account: { private_key: 'pem', ids: ['x'] }, token: ' pasted\n' };
    expect(new Set(collectSecrets(schema, config))).toEqual(new Set(['12345678', 'pem', 'x', ' pasted\n', 'pasted']));
  });

  it('is silent about a config that does not fit the spec', () => {
    const schema = { properties: { credentials: { oneOf: [{ properties: { token: SECRET } }] }, list: { items: SECRET } } };
    for (const config of [{}, [], null, 'text', { credentials: 'text', list: 7 }, { credentials: null }]) {
      expect(collectSecrets(schema, config)).toEqual([]);
    }
  });

  it('finds the tokens of both ways to log in, and those of older configs', () => {
    const { connectionSpecification } = spec;
    const config = {
      credentials: { auth_type: 'Client', client_id: 'id', client_secret: 'secret', access_token: 'token' },
      access_token: 'older',
      app_secret: 'app',
    };
    expect(new Set(collectSecrets(connectionSpecification, config))).toEqual(new Set(['id', 'secret', 'token', 'older', 'app']));
  });
});
