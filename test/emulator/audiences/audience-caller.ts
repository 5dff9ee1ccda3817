import { createHash } from 'node:crypto';
import { DEFAULT_TOKEN, type EmulatorOptions } from '../../../src/emulator/options.ts';
import { ACCOUNT, type Body, type Caller, createCaller } from '../caller.ts';

export type Params = Readonly<Record<string, string>>;

export interface Upload {
  readonly schema: unknown;
  readonly data: unknown;
  readonly [name: string]: unknown;
}

export interface UploadBody extends Body {
  readonly audience_id: string;
  readonly session_id: string;
  readonly num_received: number;
  readonly num_invalid_entries: number;
  readonly invalid_entry_samples: Readonly<Record<string, string>>;
}

export interface AudienceCaller extends Caller {
  /** The parsed body of a form sent by POST, or of an error. */
  post(path: string, params?: Params): Promise<Body>;
  /** The id of a new audience. */
  create(fields?: Params): Promise<string>;
  add(audience: string, upload: Upload, session?: object): Promise<UploadBody>;
  remove(audience: string, upload: Upload, session?: object): Promise<UploadBody>;
  replace(audience: string, upload: Upload, session: object): Promise<UploadBody>;
  /** The identifiers of all members, one text for each. */
  members(audience: string): readonly string[];
}

export const CREATION: Params = { name: 'Customers', subtype: 'CUSTOM', customer_file_source: 'USER_PROVIDED_ONLY' };

export function createAudienceCaller(options: Partial<EmulatorOptions> = {}): AudienceCaller {
  const caller = createCaller(options);
  const post = async (path: string, params: Params = {}) => {
    const response = await caller.fetch(`/v25.0/${path}`, { method: 'POST', body: new URLSearchParams(params) });
    return (await response.json()) as Body;
  };
  const upload = async (path: string, payload: Upload, more: Params, session: object | undefined) => {
    const params = { payload: JSON.stringify(payload), ...more };
    return (await post(path, session === undefined ? params : { ...params, session: JSON.stringify(session) })) as UploadBody;
  };
  return {
    ...caller,
    post,
    create: async (fields) => {
      const body = await post(`act_${ACCOUNT}/customaudiences`, { ...CREATION, ...fields });
      if (body.error !== undefined) throw new Error(JSON.stringify(body.error));
      return String(body['id']);
    },
    add: (audience, payload, session) => upload(`${audience}/users`, payload, {}, session),
    remove: (audience, payload, session) => upload(`${audience}/users`, payload, { method: 'DELETE' }, session),
    replace: (audience, payload, session) => upload(`${audience}/usersreplace`, payload, {}, session),
    members: (audience) => caller.emulator.audiences.members(audience).map(({ identifiers }) => identifiers.join(' ')),
  };
}

export function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** An upload of these e-mail addresses, hashed. */
export function emails(...names: readonly string[]): Upload {
  return { schema: ['EMAIL'], data: names.map((name) => [hash(name)]) };
}

/** What `members` says of someone known by an e-mail address alone. */
export function email(name: string): string {
  return `EMAIL:${hash(name)}`;
}

/** `count` different addresses. */
export function manyNames(count: number, prefix = 'person'): readonly string[] {
  return Array.from({ length: count }, (_, at) => `${prefix}${at}@example.com`);
}

/** `code/subcode` of an error's body, `ok` for any other. */
export function labelOf({ error }: Body): string {
  if (error === undefined) return 'ok';
  return [error.code, error.error_subcode].filter((part) => part !== undefined).join('/');
}

export function session(id: number, batchSeq = 1, isLast = true): object {
  return { session_id: id, batch_seq: batchSeq, last_batch_flag: isLast };
}

export const AUTHORIZED = { authorization: `Bearer ${DEFAULT_TOKEN}` };
