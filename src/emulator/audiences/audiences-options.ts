import type { AudienceRefusal } from './audience-refusal.ts';
import type { AudienceState } from './audience-state.ts';
import type { InvalidSamplesShape } from './invalid-samples.ts';

/** What a request that is too large answers: the codes 1/99 or 105, HTTP 413, or HTTP 500 with a page of HTML. */
export type OversizeAnswer = '1/99' | '105' | '413' | 'html';

/** How custom audiences take what is written to them. "Every nth" counts from 1; 0 is never. */
export interface AudiencesOptions {
  /** Accounts, by their digits, that refuse every write to their audiences, and why. */
  readonly audienceRefusals: Readonly<Record<string, AudienceRefusal>>;
  /** What is special about audiences, by their ids. */
  readonly audienceStates: Readonly<Record<string, AudienceState>>;
  /** Custom audiences an account may have. */
  readonly maximumAudiences: number;
  /** For so long after its creation the edges of an audience answer 803. */
  readonly newAudienceLagMs: number;
  /** So many of the first calls of those edges answer 803, however late they come. */
  readonly newAudienceLagCalls: number;
  /** What a deleted audience answers. */
  readonly deletedAudienceAnswer: '100/33' | '1487366';
  /** The bounds of an audience's size are -1. */
  readonly hideAudienceCounts: boolean;
  /** Whether `session_id` may be a text of digits. */
  readonly sessionIds: 'numbers' | 'numbers_and_texts';
  /** Rows of one upload. */
  readonly maximumUploadRows: number;
  /** Bytes of one upload, address and body together; 0 for no bound. */
  readonly maximumUploadBytes: number;
  /** What an upload beyond these bounds answers. */
  readonly oversizeUploadAnswer: OversizeAnswer;
  /** A write with a longer address answers HTTP 414 with a page of HTML; 0 for no bound. */
  readonly maximumWriteUrlBytes: number;
  /** Share of the rows that are invalid for no visible reason; `isInvalidByChance` tells which. */
  readonly invalidRowsPercent: number;
  /** Cells that make a row invalid. */
  readonly invalidIdentifiers: readonly string[];
  /** Most samples of invalid rows in one answer. */
  readonly maximumInvalidSamples: number;
  readonly invalidSamplesShape: InvalidSamplesShape;
  /** The last tenth of every nth upload, and one row at least, is neither reported nor applied. */
  readonly receivedShortEvery: number;
  /** A removal that would leave fewer people answers 200/1870047; 0 for no bound. */
  readonly minimumAudienceSize: number;
  /** From the end of a replacement until the audience has its new members. */
  readonly replaceProcessingMs: number;
  /** Every nth replacement fails. */
  readonly replaceFailEvery: number;
  /** How: the audience ends in the status 415 as it was, or the last batch answers 2650/1870148 and the audience is left without it. */
  readonly replaceFailure: '415' | '1870148';
}

export const defaultAudiencesOptions: AudiencesOptions = {
  audienceRefusals: {},
  audienceStates: {},
  maximumAudiences: 500,
  newAudienceLagMs: 0,
  newAudienceLagCalls: 0,
  deletedAudienceAnswer: '100/33',
  hideAudienceCounts: false,
  sessionIds: 'numbers',
  maximumUploadRows: 10_000,
  maximumUploadBytes: 0,
  oversizeUploadAnswer: '1/99',
  maximumWriteUrlBytes: 8_192,
  invalidRowsPercent: 0,
  invalidIdentifiers: [],
  maximumInvalidSamples: 100,
  invalidSamplesShape: 'map',
  receivedShortEvery: 0,
  minimumAudienceSize: 0,
  replaceProcessingMs: 0,
  replaceFailEvery: 0,
  replaceFailure: '415',
};
