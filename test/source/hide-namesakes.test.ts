import { expect, it } from 'vitest';
import { hideNamesakes } from '../../src/source/hide-namesakes.ts';

it('leaves out a stream of objects whose name a report has, and says so', () => {
  const [ads, audiences] = [{ name: 'ads' }, { name: 'custom_audiences' }];
  expect(hideNamesakes([ads, audiences], [{ name: 'custom_audiences' }])).toEqual({
    edges: [ads],
    notes: [expect.stringContaining('the stream custom_audiences')],
  });
  expect(hideNamesakes([ads, audiences], [{ name: 'custom_one' }])).toEqual({ edges: [ads, audiences], notes: [] });
});
