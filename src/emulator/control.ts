import type { AudienceTruth } from './audiences/audiences.ts';
import type { Counters } from './counters.ts';
import type { EmulatorRequest, EmulatorResponse } from './emulator-request.ts';
import { parseLaxJson } from './filtering/lax-json.ts';
import type { InsightsTruthQuery, InsightsTruthRange } from './insights/insights-truth.ts';
import type { AddOptions, TouchOptions } from './mutations.ts';
import type { EmulatorOptions } from './options.ts';
import { Params } from './params.ts';
import type { Truth } from './truth.ts';
import type { Kind } from './world/kind.ts';

type Body = Readonly<Partial<Record<string, unknown>>>;

/** What control requests act upon. */
export interface Controls {
  readonly counters: Counters;
  readonly truth: Truth;
  readonly audiences: AudienceTruth;
  configure(patch: Partial<EmulatorOptions>): void;
  touch(kind: Kind, id: string, options?: TouchOptions): void;
  remove(kind: Kind, id: string): void;
  add(kind: Kind, options: AddOptions): string;
}

type Command = (emulator: Controls, request: { readonly query: Params; readonly body: Body }) => unknown;

const done = { success: true };

const commands: Readonly<Record<string, Command>> = {
  'GET counters': ({ counters }) => counters,
  'POST reset': ({ counters }) => {
    counters.reset();
    return done;
  },
  'POST configure': (emulator, { body }) => {
    emulator.configure(body as Partial<EmulatorOptions>);
    return done;
  },
  'GET truth': ({ truth }, { query }) => {
    const statuses = query.get('statuses');
    const updatedAfter = query.get('updated_after');
    const ids = truth.ids(query.get('edge') ?? '', query.get('account') ?? '', {
      ...(statuses === undefined ? {} : { statuses: statuses.split(',') }),
      ...(updatedAfter === undefined ? {} : { updatedAfterMs: Number(updatedAfter) }),
    });
    return { ids };
  },
  'POST insights': ({ truth }, { body: { as_of: asOf, ...query } }) => ({
    rows: [...truth.insights(query as unknown as InsightsTruthQuery, typeof asOf === 'number' ? asOf : undefined)],
  }),
  'POST insights_totals': ({ truth }, { body: { as_of: asOf, ...query } }) =>
    truth.insightsTotals(query as unknown as InsightsTruthRange, typeof asOf === 'number' ? asOf : undefined),
  'GET members': ({ audiences }, { query }) => {
    const id = query.get('audience') ?? '';
    const count = audiences.countMembers(id);
    if (query.has('count_only')) return { count };
    const members = audiences.members(id);
    return { count, members: query.has('values') ? members : members.map(({ identifiers }) => ({ identifiers })) };
  },
  'GET uploads': ({ audiences }, { query }) => ({ uploads: audiences.uploads(query.get('target')) }),
  'POST touch': (emulator, { body: { kind, id, at, patch } }) => {
    emulator.touch(kind as Kind, String(id), {
      ...(typeof at === 'number' ? { at } : {}),
      ...(typeof patch === 'object' && patch !== null ? { patch: patch as Body as Readonly<Record<string, unknown>> } : {}),
    });
    return done;
  },
  'POST remove': (emulator, { body: { kind, id } }) => {
    emulator.remove(kind as Kind, String(id));
    return done;
  },
  'POST add': (emulator, { body: { kind, account, parent } }) => ({
    id: emulator.add(kind as Kind, { account: String(account), ...(typeof parent === 'string' ? { parent } : {}) }),
  }),
};

export const CONTROL_PREFIX = '/__emulator/';

/** Answers `/__emulator/…`: counters, truth, mutations and options. Times are epoch milliseconds. A wrong request answers 400. */
export function answerControl(emulator: Controls, request: EmulatorRequest): EmulatorResponse {
  const [path = '', search = ''] = request.url.slice(CONTROL_PREFIX.length).split('?');
  const key = `${request.method} ${path}`;
  const command = Object.hasOwn(commands, key) ? commands[key] : undefined;
  if (command === undefined) return respond(404, { error: `no ${key}; there are ${Object.keys(commands).join(', ')}` });
  try {
    const body = request.body === '' ? {} : (parseLaxJson(request.body) as Body);
    return respond(200, command(emulator, { query: Params.parse(search), body }));
  } catch (error) {
    return respond(400, { error: error instanceof Error ? error.message : String(error) });
  }
}

function respond(status: number, body: unknown): EmulatorResponse {
  return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body), delivery: 'whole' };
}
