import { describe, expect, it } from 'vitest';
import actionStats from '../../../schemas/shared/ads-action-stats.json' with { type: 'json' };
import { ACTION_BREAKDOWNS, ATTRIBUTION_WINDOWS, BREAKDOWNS, INSIGHTS_FIELDS } from '../../../src/generated/vocabulary.ts';
import type { JsonSchema } from '../../../src/protocol/messages.ts';
import { propertiesOf } from '../../../src/streams/cast-row.ts';
import { buildInsightsSchema } from '../../../src/streams/insights/insights-schema.ts';

const PLAIN = { actionBreakdowns: [], actionAttributionWindows: [], breakdowns: [] };

function actionKeys(schema: JsonSchema): string[] {
  const { items } = propertiesOf(schema)['actions'] as { readonly items: JsonSchema };
  return Object.keys(propertiesOf(items));
}

describe('buildInsightsSchema', () => {
  it('knows every field and breakdown that can be chosen', () => {
    const schema = buildInsightsSchema({ ...PLAIN, breakdowns: BREAKDOWNS }, INSIGHTS_FIELDS);
    const names = Object.keys(propertiesOf(schema));
    expect(names).toEqual(expect.arrayContaining([...INSIGHTS_FIELDS, ...BREAKDOWNS, 'image_asset_id']));
  });

  it('has only the columns asked for', () => {
    const schema = buildInsightsSchema({ ...PLAIN, breakdowns: ['image_asset', 'country'] }, ['spend']);
    expect(Object.keys(propertiesOf(schema))).toEqual(['spend', 'image_asset', 'image_asset_id', 'country']);
  });

  it('describes the items of actions by the windows and action breakdowns of the query', () => {
    const axes = { actionBreakdowns: ['action_reaction'], actionAttributionWindows: ['dda'] };
    const keys = actionKeys(buildInsightsSchema({ ...PLAIN, ...axes }, ['actions']));
    expect(keys).toEqual(expect.arrayContaining(['value', '7d_click', 'action_type', 'action_reaction', 'dda']));
    expect(keys).toHaveLength(13);
  });
});

describe('the items of action lists', () => {
  const known = actionStats.items.properties as Readonly<Record<string, { readonly type: readonly string[] }>>;

  it('have a text for each action breakdown, and a number for each window', () => {
    const typesOf = (names: readonly string[]) => new Set(names.map((name) => known[name]?.type.join()));
    expect(typesOf(ACTION_BREAKDOWNS)).toEqual(new Set(['null,string']));
    expect(typesOf(ATTRIBUTION_WINDOWS)).toEqual(new Set(['null,number']));
  });
});
