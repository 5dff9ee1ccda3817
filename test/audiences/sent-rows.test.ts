import { describe, expect, it } from 'vitest';
import { SentRows } from '../../src/audiences/sent-rows.ts';
import { rowOf, shapeOf } from './rows.ts';

const shape = shapeOf('EMAIL', 'PHONE');

describe('the rows sent', () => {
  it('are known again while nothing about them differs', () => {
    const sent = new SentRows();
    const row = rowOf(shape, ['a', 'p']);
    sent.noteOperation('add');
    expect(sent.has(row)).toBe(false);
    sent.noteDelivered(row);
    expect(sent.has(rowOf(shape, ['a', 'p']))).toBe(true);
    expect(sent.has(rowOf(shape, ['a', 'q']))).toBe(false);
    expect(sent.has(rowOf(shapeOf('EMAIL', 'FN'), ['a', 'p']))).toBe(false);
    expect(sent.has(rowOf(shape, ['a', 'p'], 'remove'))).toBe(false);
  });

  it('are known by the last one of each person', () => {
    const sent = new SentRows();
    sent.noteOperation('add');
    sent.noteDelivered(rowOf(shape, ['a', 'p']));
    sent.noteDelivered(rowOf(shape, ['a', 'q']));
    expect(sent.has(rowOf(shape, ['a', 'p']))).toBe(false);
    expect(sent.has(rowOf(shape, ['a', 'q']))).toBe(true);
  });

  it('are not relied upon once there are both operations', () => {
    const sent = new SentRows();
    sent.noteOperation('add');
    sent.noteDelivered(rowOf(shape, ['a', 'p']));
    sent.noteOperation('remove');
    expect(sent.has(rowOf(shape, ['a', 'p']))).toBe(false);
  });
});
