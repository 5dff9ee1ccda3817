import { describe, expect, it } from 'vitest';
import { PageSize } from '../../src/graph/page-size.ts';

function succeed(size: PageSize, times: number, bytes = 1_000): void {
  for (let count = 0; count < times; count += 1) size.succeed({ bytes, objects: size.current });
}

describe('PageSize', () => {
  it('doubles after a few easy pages, up to its ceiling', () => {
    const size = new PageSize({ initial: 100, ceiling: 500 });
    succeed(size, 3);
    expect(size.current).toBe(200);
    succeed(size, 6);
    expect(size.current).toBe(500);
  });

  it('shrinks to four megabytes where a page came well and was larger, and stays there', () => {
    const size = new PageSize({ initial: 250, ceiling: 1_000 });
    succeed(size, 1, 10 * 1024 * 1024);
    expect(size.current).toBe(100);
    succeed(size, 10, 4 * 1024 * 1024);
    expect(size.current).toBe(100);
    succeed(size, 3, 1_000_000);
    expect(size.current).toBe(200);
    succeed(size, 1, 5_000 * 1024 * 1024);
    expect(size.current).toBe(1);
  });

  it('halves down to one object and then says that it can not', () => {
    const size = new PageSize({ initial: 100, ceiling: 500 });
    const seen = [size.current];
    while (size.shrink()) seen.push(size.current);
    expect(seen).toEqual([100, 50, 25, 12, 6, 3, 1]);
  });

  it('creeps up to a size that failed before', () => {
    const size = new PageSize({ initial: 100, ceiling: 500 });
    size.shrink();
    succeed(size, 3);
    expect(size.current).toBe(55);
  });

  it('doubles again once the object that was too much is behind it', () => {
    const size = new PageSize({ initial: 100, ceiling: 500 });
    while (size.shrink());
    size.recover();
    succeed(size, 6);
    expect(size.current).toBe(4);
  });

  it('shrinks once for several pages that were asked for while it was larger', () => {
    const size = new PageSize({ initial: 160, ceiling: 500 });
    for (let count = 0; count < 4; count += 1) size.succeed({ bytes: 8 * 1024 * 1024, objects: 160 });
    expect(size.current).toBe(80);
  });

  it('takes a page that is not full for no success', () => {
    const size = new PageSize({ initial: 100, ceiling: 500 });
    for (let count = 0; count < 9; count += 1) size.succeed({ bytes: 1_000, objects: 99 });
    expect(size.current).toBe(100);
  });

  it('begins anew for another walk, below what has failed', () => {
    const size = new PageSize({ initial: 100, ceiling: 500 });
    const first = size.fork();
    succeed(first, 3);
    expect(size.fork().current).toBe(100);
    first.shrink();
    expect(size.fork().current).toBe(100);
    first.shrink();
    const second = size.fork();
    expect(second.current).toBe(50);
    succeed(second, 3);
    expect(second.current).toBe(55);
    succeed(second, 1);
    expect(size.fork().current).toBe(55);
    succeed(second, 60);
    expect(second.current).toBeGreaterThan(100);
    expect(size.fork().current).toBe(100);
  });

  it('goes back to where it began when a field was to blame', () => {
    const size = new PageSize({ initial: 100, ceiling: 500 });
    while (size.shrink());
    size.reset();
    expect(size.current).toBe(100);
  });

  it('does not grow pages that are megabytes large, nor those between them', () => {
    const size = new PageSize({ initial: 100, ceiling: 500 });
    for (let round = 0; round < 10; round += 1) {
      succeed(size, 2);
      succeed(size, 1, 2_100_000);
    }
    expect(size.current).toBe(100);
  });
});
