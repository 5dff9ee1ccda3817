import { describe, expect, it } from 'vitest';
import { formatReject, toJsonLines } from '../../../src/audiences/rejects/format-reject.ts';
import { AT, makeReject } from './reject-fixtures.ts';

describe('formatReject', () => {
  it('puts what was wrong beside the columns of the row', () => {
    const reject = makeReject({
      stream: { name: 'users', namespace: 'crm' },
      code: 'refused_by_meta',
      message: 'empty external ID',
      field: 'EXTERN_ID',
      operation: 'remove',
      audienceId: '23850001',
      batchId: 'b1',
      sessionId: 2 ** 53 - 1,
      metaCode: 100,
      metaSubcode: 1870047,
      fbtraceId: 'A1b2',
    });
    expect(formatReject(reject)).toEqual({
      ...reject.data,
      _reject: {
        stream: 'users',
        namespace: 'crm',
        reason_code: 'refused_by_meta',
        field: 'EXTERN_ID',
        message: 'empty external ID',
        meta_code: 100,
        subcode: 1870047,
        fbtrace_id: 'A1b2',
        batch_id: 'b1',
        session_id: 2 ** 53 - 1,
        audience_id: '23850001',
        op: 'remove',
        count: 1,
        at: AT,
      },
    });
  });

  it('writes nothing that is absent', () => {
    const { _reject: reason } = formatReject(makeReject());
    expect(Object.keys(reason as object)).toEqual(['stream', 'reason_code', 'message', 'count', 'at']);
  });

  it('stands for many rows where Meta only told how many it refused', () => {
    const { data: _data, ...counted } = makeReject({ count: 250 });
    const row = formatReject(counted);
    expect(Object.keys(row)).toEqual(['_reject']);
    expect(row).toMatchObject({ _reject: { count: 250 } });
  });

  it('lets a newer reason take the place of an older one', () => {
    const row = formatReject(makeReject({ data: { id: 7, _reject: { reason_code: 'too_large' } } }));
    expect(row).toMatchObject({ id: 7, _reject: { reason_code: 'no_identifier' } });
  });
});

describe('toJsonLines', () => {
  it('gives each row one line, whatever is in it', () => {
    const rows = [{ a: 'x\ny\u2028z' }, JSON.parse('{"__proto__":1}'), { b: null }];
    const lines = toJsonLines(rows).split('\n');
    expect(lines.pop()).toBe('');
    expect(lines.map((line) => JSON.parse(line))).toEqual(rows);
  });
});
