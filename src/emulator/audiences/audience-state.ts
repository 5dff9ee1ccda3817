import type { ObjectPatch } from '../world/overlay.ts';

/** What is special about one audience, as a test or a demo wants it. */
export interface AudienceState {
  /** Code of `operation_status`, whatever is done to the audience. */
  readonly operationStatus?: number;
  /** Meta has found fault with its name: status 471, and no uploads or edits. */
  readonly flagged?: boolean;
  /** It is gone for good. */
  readonly deleted?: boolean;
  /** It belongs to somebody who no longer shares it. */
  readonly sharedAway?: boolean;
  /** It was the origin of lookalikes, so it cannot be deleted. */
  readonly hasLookalikes?: boolean;
  readonly subtype?: string;
  readonly valueBased?: boolean;
  /** People in it besides those uploaded here, until a replacement takes their place. */
  readonly otherMembers?: number;
}

const descriptions: Readonly<Record<number, string>> = {
  0: 'Status not available',
  100: 'This audience will be deleted because it has not been used for two years',
  200: 'Normal',
  300: 'We are updating this audience',
  400: 'There is a problem with this audience',
  410: 'No upload has been made',
  411: 'Few people could be matched',
  412: 'Many entries of the last session were invalid',
  414: 'A replacement is in progress',
  415: 'The replacement has failed',
  450: 'This audience has not been updated for a long time',
  470: 'The account of the creator is inactive',
  471: 'This audience violates our policies',
  500: 'There was an error',
};

/** The statuses as fields of the audience, from the code of the operation and how many people there are. */
export function describeStatus(operationStatus: number, size: number): ObjectPatch {
  const delivery = operationStatus === 471 ? 400 : size < SMALLEST_DELIVERABLE ? 300 : 200;
  return {
    operation_status: { code: operationStatus, description: descriptions[operationStatus] ?? 'Warning' },
    delivery_status: { code: delivery, description: deliveries[delivery] },
  };
}

/** People an audience needs before anything is shown to them. */
const SMALLEST_DELIVERABLE = 100;

const deliveries = {
  200: 'This audience is ready for use.',
  300: 'This audience is too small.',
  400: 'This audience cannot be used.',
} as const;

/** What the state alone says about the audience's fields. */
export function describeState({ flagged, subtype, valueBased }: AudienceState): ObjectPatch {
  return {
    ...(flagged === true ? { fields_violating_integrity_policy: ['name'] } : {}),
    ...(subtype === undefined ? {} : { subtype }),
    ...(valueBased === undefined ? {} : { is_value_based: valueBased }),
  };
}
