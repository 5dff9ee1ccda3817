/** A custom audience that is written to. */
export interface Audience {
  readonly id: string;
  readonly name: string;
  /** Digits, without `act_`. */
  readonly accountId: string;
  readonly isValueBased: boolean;
  /** Made in this run: Meta may not know it everywhere for a minute or two. */
  readonly isNew: boolean;
}

/** As the audience's `operation_status` and counts tell. https://developers.facebook.com/docs/marketing-api/reference/custom-audience */
export interface AudienceStatus {
  /** 200 is normal; 0 where Meta does not say. */
  readonly code: number;
  readonly description: string;
  /** Meta's estimate of the matched people; undefined where it gives none. */
  readonly sizeLowerBound?: number;
}

export const REPLACING_STATUS = 414;
export const REPLACE_FAILED_STATUS = 415;
/** Name, description or rule break a rule of Meta's; uploads are refused. */
export const FLAGGED_STATUS = 471;
/** An earlier change is still being worked in. */
export const UPDATING_STATUS = 300;

export function nameAudience({ name, id }: Pick<Audience, 'name' | 'id'>): string {
  return `Audience "${name}" (${id})`;
}
