import { expect, it } from 'vitest';
import { replaceWithdrawnNames } from '../../src/source/replace-withdrawn-names.ts';

it('puts the successor of a withdrawn name in its place, once', () => {
  const config = { page_size: 5, custom_insights: [{ name: 'One', breakdowns: ['dma', 'comscore_market'] }, { name: 'Two' }] };
  const { config: repaired, notes } = replaceWithdrawnNames(config);
  expect(repaired).toEqual({
    page_size: 5,
    custom_insights: [{ name: 'One', breakdowns: ['comscore_market'] }, { name: 'Two' }],
  });
  expect(notes).toEqual([expect.stringMatching(/One has the breakdown dma, .* 2026-06-22: comscore_market takes its place/)]);
  expect(config.custom_insights[0]?.breakdowns).toEqual(['dma', 'comscore_market']);
});

it('leaves out names without a successor, and says so for each', () => {
  const item = { name: 'One', action_attribution_windows: ['7d_view', '1d_click', '28d_view'], fields: ['adset_start', 'spend'] };
  const { config, notes } = replaceWithdrawnNames({ custom_insights: [item] });
  expect(config).toEqual({ custom_insights: [{ name: 'One', action_attribution_windows: ['1d_click'], fields: ['spend'] }] });
  expect(notes).toHaveLength(3);
});

it.each([[{}], [{ custom_insights: 'none' }], [{ custom_insights: [3, { name: 'One', fields: 'spend', breakdowns: ['age'] }] }]])(
  'gives back what it has nothing to do with: %j',
  (config) => {
    expect(replaceWithdrawnNames(config)).toEqual({ config, notes: [] });
  },
);
