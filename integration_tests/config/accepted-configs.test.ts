import { Ajv, type ValidateFunction } from 'ajv';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { JsonObject, JsonSchema } from '../../src/protocol/messages.ts';
import { parseConfig } from '../../src/source/parse-config.ts';
import { listInsightsDefinitions } from '../../src/streams/insights/list-insights-definitions.ts';
import { readPeerSpec } from '../support/run-peer.ts';
import { arbitraryOf } from './config-arbitrary.ts';

interface Report {
  readonly fields?: readonly string[];
  readonly time_increment?: number;
  readonly time_increment_period?: string;
}

interface Config {
  readonly credentials: { readonly access_token?: string };
  readonly custom_insights?: readonly Report[];
}

/** The peer's own code refuses these in custom reports, whatever its spec says. */
const REFUSED_FIELDS = ['unique_conversions', 'unique_ctr', 'unique_clicks'];

describe('every config that the spec of the peer accepts', () => {
  let spec: JsonSchema;
  let fits: ValidateFunction;
  beforeAll(async () => {
    spec = (await readPeerSpec()).connectionSpecification;
    fits = new Ajv({ strict: false, validateFormats: false }).compile(spec);
  });

  it('is accepted, unless the peer can not work with it either', () => {
    const usable = arbitraryOf(spec).filter((config) => isUsable(config as Config));
    const property = fc.property(usable, (config) => {
      expect(fits(config)).toBe(true);
      // Reading the reports is part of it: a report that contradicts itself shows there.
      listInsightsDefinitions(parseConfig(config as JsonObject).insights);
    });
    fc.assert(property, { numRuns: 1_000 });
  });

  it('names no field, breakdown or status that we do not have', () => {
    const {
      custom_insights: reports,
      ad_statuses,
      adset_statuses,
      campaign_statuses,
    } = spec['properties'] as Record<
      string,
      { readonly items: { readonly enum: readonly string[]; readonly properties: Record<string, { items: { enum: string[] } }> } }
    >;
    const lists = Object.entries(reports?.items.properties ?? {}).filter(([, property]) => property.items !== undefined);
    expect(lists.map(([name]) => name)).toEqual(['fields', 'breakdowns', 'action_breakdowns']);
    const config = {
      account_ids: ['1'],
      credentials: { auth_type: 'Service', access_token: 'x' },
      custom_insights: lists.flatMap(([name, { items }]) =>
        items.enum
          .filter((choice) => !REFUSED_FIELDS.includes(choice))
          .map((choice, place) => ({ name: `${name}${place}`, [name]: [choice] })),
      ),
      ad_statuses: ad_statuses?.items.enum,
      adset_statuses: adset_statuses?.items.enum,
      campaign_statuses: campaign_statuses?.items.enum,
    };
    expect(config.custom_insights.length).toBeGreaterThan(300);
    expect(listInsightsDefinitions(parseConfig(config as JsonObject).insights)).toHaveLength(20 + config.custom_insights.length);
  });
});

/** Without a token nobody can read; and of the two ways to set a period, the peer takes one at a time. */
function isUsable({ credentials, custom_insights: reports = [] }: Config): boolean {
  if ((credentials.access_token ?? '').trim() === '') return false;
  return reports.every(({ fields = [], time_increment: count = 1, time_increment_period: period }) => {
    return !fields.some((field) => REFUSED_FIELDS.includes(field)) && (period === undefined || count === 1);
  });
}
