import type { GraphClient } from '../graph/client.ts';
import { FieldMemory } from '../graph/field-memory.ts';
import { GraphError } from '../graph/graph-error.ts';
import { isFields } from '../graph/json-fields.ts';
import { PageSize } from '../graph/page-size.ts';
import { readPages } from '../graph/paging.ts';
import type { CallContext } from '../graph/send.ts';
import { ConnectorError } from '../protocol/connector-error.ts';
import { type Audience, type AudienceStatus, FLAGGED_STATUS, nameAudience } from './audience.ts';
import { LIMIT_WAIT_MS } from './audience-call.ts';
import { parseStatus } from './audience-status.ts';

/** An audience as Meta describes it. */
export interface AudienceInfo {
  readonly id: string;
  readonly name: string;
  /** Digits, without `act_`. */
  readonly accountId: string;
  /** `CUSTOM` for those that can be written to. */
  readonly subtype: string;
  readonly isValueBased: boolean;
  /** False where Meta says that whoever has the token may not change it. */
  readonly isWritable: boolean;
  readonly status: AudienceStatus;
}

/** What an audience is made with. https://developers.facebook.com/docs/marketing-api/reference/ad-account/customaudiences */
export interface AudienceDraft {
  readonly name: string;
  readonly description?: string;
  readonly customerFileSource: string;
  readonly retentionDays?: number;
  readonly optOutLink?: string;
  readonly isValueBased: boolean;
}

/** How often an audience is asked for whose id does not come, and the pause between. */
const CREATION_TRIES = 5;
const CREATION_WAIT_MS = 2_000;
const FIELDS = [
  'id',
  'name',
  'account_id',
  'subtype',
  'is_value_based',
  'operation_status',
  'approximate_count_lower_bound',
  'permission_for_actions',
];
/** Meta advises small pages of audiences. */
const PAGE_SIZE = { initial: 20, ceiling: 100 };
const SUBTYPE = 'CUSTOM';
const ERROR_STATUS = 500;

/** The custom audiences of one ad account. Its methods reject with a `GraphError` where Meta refuses. */
export class AudienceDirectory {
  readonly #graph: GraphClient;
  readonly #accountId: string;
  readonly #context: CallContext;
  /** Nothing is taken in before all audiences are found: for them together there is an hour. */
  readonly #limitsUntilMs: number;
  readonly #made = new Map<string, Audience>();
  #all: Promise<readonly AudienceInfo[]> | undefined;

  constructor(graph: GraphClient, accountId: string, context: CallContext) {
    this.#graph = graph;
    this.#accountId = accountId;
    this.#context = context;
    this.#limitsUntilMs = graph.runtime.clock.now() + LIMIT_WAIT_MS;
  }

  async read(id: string): Promise<AudienceInfo> {
    const { body } = await this.#graph.send<Readonly<Record<string, unknown>>>({
      path: id,
      params: { fields: FIELDS.join(',') },
      ...this.#quota,
    });
    return parseAudience(body);
  }

  /** All audiences that can be written to; asked for once. */
  list(): Promise<readonly AudienceInfo[]> {
    this.#all ??= this.#walk();
    return this.#all;
  }

  /** The one audience of this name; undefined where there is none. Throws a `ConnectorError` (config_error) where there are several. */
  async find(name: string): Promise<AudienceInfo | undefined> {
    const found = (await this.list()).filter((audience) => audience.name === name);
    if (found.length <= 1) return found[0];
    const ids = found.map(({ id }) => id).join(', ');
    throw new ConnectorError(
      `There are ${found.length} audiences named "${name}" (${ids}): name the one to write to by its id.`,
      {
        failureType: 'config_error',
      },
    );
  }

  /** Makes one audience of a name, whatever else the drafts of it say. Meta gives back what it has made already, so that the call can be repeated. */
  async create(draft: AudienceDraft): Promise<Audience> {
    const known = this.#made.get(draft.name);
    if (known !== undefined) return known;
    const made = await this.#make(draft);
    this.#made.set(draft.name, made);
    return made;
  }

  async #make(draft: AudienceDraft): Promise<Audience> {
    const { name, isValueBased } = draft;
    const { clock, signal } = this.#graph.runtime;
    for (let tries = 1; ; tries += 1) {
      const id = await this.#askToMake(draft);
      if (id !== undefined) return { id, name, accountId: this.#accountId, isValueBased, isNew: true };
      if (tries >= CREATION_TRIES) throw new GraphError('Meta gave no id for the new audience', { failure: 'transient' });
      await clock.sleep(CREATION_WAIT_MS, signal);
    }
  }

  /** The new audience's id; undefined where the answer has none. */
  async #askToMake(draft: AudienceDraft): Promise<string | undefined> {
    const { name, description, customerFileSource, retentionDays, optOutLink, isValueBased } = draft;
    const { body } = await this.#graph.send<{ readonly id?: unknown }>({
      method: 'POST',
      path: `act_${this.#accountId}/customaudiences`,
      params: {
        name,
        subtype: SUBTYPE,
        customer_file_source: customerFileSource,
        description,
        retention_days: retentionDays,
        opt_out_link: optOutLink,
        ...(isValueBased ? { is_value_based: true } : {}),
        enable_fetch_or_create: true,
      },
      ...this.#quota,
    });
    return typeof body.id === 'string' || typeof body.id === 'number' ? String(body.id) : undefined;
  }

  get #quota() {
    const limitsUntilMs = this.#limitsUntilMs;
    return { account: this.#accountId, useCase: 'custom_audience', context: this.#context, limitsUntilMs } as const;
  }

  async #walk(): Promise<readonly AudienceInfo[]> {
    const audiences: AudienceInfo[] = [];
    const walk = {
      path: `act_${this.#accountId}/customaudiences`,
      fields: FIELDS,
      pageSize: new PageSize(PAGE_SIZE),
      memory: new FieldMemory(),
      hasNodes: true,
      ...this.#quota,
    };
    for await (const { rows } of readPages(this.#graph, walk)) audiences.push(...rows.map(parseAudience));
    return audiences.filter(({ subtype }) => subtype === SUBTYPE);
  }
}

/** Why the audience can not be written to; undefined where it can. */
export function findAudienceFault(audience: AudienceInfo, accountId: string): string | undefined {
  const name = nameAudience(audience);
  if (audience.subtype !== SUBTYPE) {
    return `${name} is of the kind ${audience.subtype || 'unknown'}: only customer lists (CUSTOM) can be written to.`;
  }
  if (audience.accountId !== accountId) return `${name} belongs to the ad account ${audience.accountId}, not to ${accountId}.`;
  if (!audience.isWritable)
    return `${name} may not be changed by the user of the token: give the user the right to manage audiences.`;
  const { code, description } = audience.status;
  if (code === FLAGGED_STATUS)
    return `${name}: Meta has flagged its name, description or rule and takes no changes; edit it in Ads Manager.`;
  if (code === ERROR_STATUS) return `${name}: Meta reports an error of the audience (${description || code}); make a new one.`;
  return undefined;
}

/** Whether values are sent to an audience that takes none, or none to one that needs them; undefined where it fits. */
export function findValueFault(audience: Pick<Audience, 'id' | 'name' | 'isValueBased'>, hasValue: boolean): string | undefined {
  const name = nameAudience(audience);
  if (audience.isValueBased && !hasValue) return `${name} is value-based: map a column to LOOKALIKE_VALUE.`;
  if (!audience.isValueBased && hasValue)
    return `${name} is not value-based: a column mapped to LOOKALIKE_VALUE can not be sent to it.`;
  return undefined;
}

function parseAudience(body: Readonly<Record<string, unknown>>): AudienceInfo {
  const text = (name: string) => (typeof body[name] === 'string' || typeof body[name] === 'number' ? String(body[name]) : '');
  const { is_value_based: value, permission_for_actions: permissions } = body;
  return {
    id: text('id'),
    name: text('name'),
    accountId: text('account_id').replace(/^act_/, ''),
    subtype: text('subtype'),
    isValueBased: value === true || value === 1 || value === '1',
    isWritable: !isFields(permissions) || String(permissions['can_edit']).toLowerCase() !== 'false',
    status: parseStatus(body),
  };
}
