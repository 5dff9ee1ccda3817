import { describe, expect, it } from 'vitest';
import type { Emulator } from '../../src/emulator/emulator.ts';
import { SECRETS } from '../support/canaries.ts';
import { toChunks } from '../support/chunks.ts';
import { runRaw } from '../support/run-raw.ts';
import { openSmallWorld, validInput } from './bad-input/valid-input.ts';

const SAID = `${SECRETS.accessToken} ${SECRETS.appSecret} access_token=${encodeURIComponent(SECRETS.accessToken)}`;

/** A Graph API that says the secrets in every message and every name that it answers with, those within batches too. */
function talkative(emulator: Emulator): Pick<Emulator, 'fetch'> {
  return {
    fetch: async (input, init) => {
      const response = await emulator.fetch(input, init);
      const text = (await response.text()).replaceAll(
        /\\?"(?:message|error_user_msg|error_user_title|name)\\?":\s*\\?"/g,
        (begin) => `${begin}${SAID} `,
      );
      const headers = new Headers(response.headers);
      for (const name of ['content-length', 'content-encoding']) headers.delete(name);
      return new Response(text, { status: response.status, headers });
    },
  };
}

describe('secrets that Meta repeats in messages and names', () => {
  it.each([
    ['source', 'check', {}],
    ['source', 'read', {}],
    [
      'source',
      'read',
      { rate: 0.5, kinds: ['permission_200', 'invalid_parameter_100', 'unknown_99', 'token_expired_463'], seed: 2 },
    ],
    ['destination', 'check', {}],
    ['destination', 'write', {}],
    ['destination', 'write', { rate: 0.7, kinds: ['permission_200', 'invalid_parameter_100', 'unknown_99'], seed: 2 }],
  ] as const)('go no further: %s %s, %j', async (program, command, faults) => {
    const { emulator, clock } = openSmallWorld();
    emulator.configure({ faults });
    const { config, catalog, state, input } = validInput(program, emulator);
    const files =
      command === 'check'
        ? {}
        : { catalog: JSON.stringify(catalog), ...(program === 'source' ? { state: JSON.stringify(state) } : {}) };
    const { text } = await runRaw({
      program,
      command,
      emulator: talkative(emulator),
      clock,
      config: JSON.stringify(config),
      ...files,
      input: toChunks(input),
    });
    if (Object.keys(faults).length > 0 || program === 'source') expect(text).toContain('***');
  });
});
