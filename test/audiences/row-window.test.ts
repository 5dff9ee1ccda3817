import { describe, expect, it } from 'vitest';
import { RowWindow } from '../../src/audiences/row-window.ts';
import { createReceipt, rowOf, shapeOf } from './rows.ts';

const shape = shapeOf('EXTERN_ID', 'EMAIL', 'PHONE', 'FN');
const add = (externId: string, email = '', phone = '', name = '') => rowOf(shape, [externId, email, phone, name]);
const remove = (externId: string, email = '', phone = '', name = '') => rowOf(shape, [externId, email, phone, name], 'remove');

function windowOf(...rows: readonly ReturnType<typeof add>[]): RowWindow {
  const window = new RowWindow();
  for (const row of rows) window.add(row);
  return window;
}

describe('a window of rows', () => {
  it('holds each person’s last row', () => {
    const last = remove('1', 'a');
    const window = windowOf(add('1', 'a'), add('2', 'b'), last);
    expect([...window.rows]).toEqual([expect.objectContaining({ operation: 'add' }), last]);
    expect(last.previous).toMatchObject({ operation: 'add' });
    expect(window).toMatchObject({ size: 2, bytes: 20 });
  });

  it('lets an equal row stand for another', () => {
    const first = add('', 'a');
    const window = windowOf(first);
    const receipt = createReceipt();
    expect(window.meet(rowOf(shape, ['', 'a', '', ''], 'add', receipt))).toBe('joined');
    expect(first.receipts).toContain(receipt);
    expect(window.size).toBe(1);
  });

  it('meets the same person with other values, and rows of another operation that share an identifier', () => {
    const window = windowOf(add('1', 'a'));
    expect(window.meet(add('1', 'b'))).toBe('met');
    expect(window.meet(remove('', 'a'))).toBe('met');
    expect(window.meet(add('', 'a'))).toBe('none');
    expect(window.meet(remove('', 'b'))).toBe('none');
  });

  it('conflicts with a row that would overtake one of another operation', () => {
    expect(windowOf(add('1', 'a')).conflicts(remove('', 'a'))).toBe(true);
    expect(windowOf(add('1', 'a')).conflicts(remove('1', 'b'))).toBe(false);
    expect(windowOf(add('1', 'a')).conflicts(add('', 'a'))).toBe(false);
    expect(windowOf(add('1', 'a', 'p'), remove('9', 'z')).conflicts(remove('', '', 'p'))).toBe(true);
  });

  it('holds a removal beside the row after it where the removal names more', () => {
    const removal = remove('1', 'a');
    const addition = add('1', 'b');
    expect([...windowOf(removal, addition).rows]).toEqual([removal, addition]);
    expect(windowOf(removal, remove('1')).size).toBe(2);
    expect([...windowOf(remove('1'), addition).rows]).toEqual([addition]);
    expect(addition.previous).toMatchObject({ operation: 'remove' });
  });

  it('conflicts with a row that shares an identifier by way of a third one', () => {
    expect(windowOf(add('', 'b', 'p'), add('', 'a', 'p'), remove('', 'a')).conflicts(remove('', '', 'p'))).toBe(true);
    expect(windowOf(add('', 'a', 'p'), add('', 'b', 'p')).conflicts(remove('', 'a'))).toBe(true);
    expect(windowOf(add('', 'a', 'p'), add('', 'b', 'q')).conflicts(remove('', 'a'))).toBe(false);
  });

  it('remembers what replaced rows were known by', () => {
    expect(windowOf(add('', 'a', 'p'), remove('', 'a')).conflicts(add('', '', 'p'))).toBe(true);
  });

  it('knows rows without a strong identifier by all of their cells', () => {
    const window = windowOf(add('', '', '', 'mary'));
    expect(window.meet(add('', '', '', 'mary'))).toBe('joined');
    expect(window.meet(add('', '', '', 'john'))).toBe('none');
  });

  it('forgets rows that are settled', () => {
    const row = add('1', 'a');
    const window = windowOf(row);
    window.settle([row]);
    expect(window.meet(add('1', 'a'))).toBe('none');
    expect(window.conflicts(remove('', 'a'))).toBe(false);
  });
});
