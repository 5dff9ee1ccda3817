import { createParameterError, GraphApiError } from '../graph-api-error.ts';
import type { Params } from '../params.ts';
import type { EdgeRoute } from '../route.ts';
import type { Site } from '../site.ts';
import { writeJson } from '../world/json-text.ts';
import type { Item } from '../world/kind.ts';
import { isTrue, parseSettings } from './audience-settings.ts';
import { readAudienceField } from './read-audience-field.ts';
import { checkWritable } from './write-access.ts';

type Fields = Readonly<Record<string, unknown>>;

/** What a new audience has unless it was asked for; null hides what the world would make up. */
const blank: Fields = {
  description: null,
  data_source: { type: 'FILE_IMPORTED', sub_type: 'MULTI_HASHES', creation_params: '[]' },
  external_event_source: null,
  lookalike_audience_ids: null,
  lookalike_spec: null,
  opt_out_link: null,
  pixel_id: null,
  retention_days: 0,
  rule: null,
  rule_aggregation: null,
};

/** `POST /{account}/customaudiences`: a new audience without people. */
export const createAudience: EdgeRoute = (request, account) => {
  const { site, operation } = request;
  checkWritable(request, account);
  const fields = parseFields(operation.params);
  const equal = isTrue(operation.params.get('enable_fetch_or_create')) ? findEqual(site, account, fields) : undefined;
  if (equal !== undefined) return writeJson({ id: site.world.idOf(equal), message: '' });
  checkCount(site, account);
  const nowMs = site.clock.now();
  const { world, audiences, counters } = site;
  const position = world.overlay.add('audience', account.slot, { createdMs: Math.floor(nowMs / 1000) * 1000, parentIndex: 0 });
  const audience = audiences.open({ kind: 'audience', slot: account.slot, index: world.baseCount('audience') + position });
  Object.assign(audience, { fields, createdMs: nowMs, isTouched: true });
  counters.audiences.created += 1;
  return writeJson({ id: audience.id, message: '' });
};

function parseFields(params: Params): Fields {
  for (const name of ['name', 'subtype', 'customer_file_source']) {
    if (!params.has(name)) throw createParameterError(`Missing parameter(s): ${name}`);
  }
  if (params.get('subtype') !== 'CUSTOM') throw createParameterError('subtype must be one of the following values: CUSTOM');
  return { ...blank, subtype: 'CUSTOM', is_value_based: isTrue(params.get('is_value_based')), ...parseSettings(params) };
}

/** An audience that the same call would make again. */
function findEqual(site: Site, account: Item, fields: Fields): Item | undefined {
  const names = ['name', 'subtype', 'customer_file_source', 'is_value_based', 'retention_days', 'rule'];
  return listAudiences(site, account).find((item) =>
    names.every((name) => (readAudienceField(site.world, item, name) ?? null) === (fields[name] ?? null)),
  );
}

function checkCount(site: Site, account: Item): void {
  const { maximumAudiences } = site.options;
  const isCustom = (item: Item) => readAudienceField(site.world, item, 'subtype') === 'CUSTOM';
  const count = listAudiences(site, account).filter(isCustom).length;
  if (count < maximumAudiences) return;
  throw new GraphApiError(
    `(#2654) Failed to create custom audience: an ad account can have ${maximumAudiences} custom audiences at most`,
    { code: 2654 },
  );
}

function listAudiences({ world }: Site, { slot }: Item): readonly Item[] {
  return Array.from({ length: world.count('audience', slot) }, (_, index): Item => ({ kind: 'audience', slot, index })).filter(
    (item) => !world.isRemoved(item),
  );
}
