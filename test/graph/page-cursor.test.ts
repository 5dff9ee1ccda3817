import { describe, expect, it } from 'vitest';
import { readNextCursor } from '../../src/graph/page-cursor.ts';

const NEXT = 'https://graph.facebook.com/v25.0/act_1/ads?access_token=SECRET&limit=25&after=B';

describe('readNextCursor', () => {
  it('ends where next is absent, although the last page has a cursor too', () => {
    expect(readNextCursor({ cursors: { before: 'A', after: 'B' } })).toBeUndefined();
    expect(readNextCursor(undefined)).toBeUndefined();
  });

  it('takes the cursor, not the URL', () => {
    expect(readNextCursor({ cursors: { after: 'B' }, next: NEXT })?.params).toEqual({ after: 'B' });
  });

  it('reads the position out of the URL where an edge has no cursors, and leaves the token there', () => {
    const cursor = readNextCursor({
      next: 'https://graph.facebook.com/v25.0/act_1/activities?access_token=SECRET&until=17&__paging_token=x',
    });
    expect(cursor?.params).toEqual({ until: '17', __paging_token: 'x' });
    expect(JSON.stringify(cursor)).not.toContain('SECRET');
  });
});
