import { AD_STATUSES } from '../../generated/vocabulary.ts';
import type { InsightsFilter } from '../../insights/query.ts';

const STATUS_FIELD = 'ad.effective_status';

/** Without it, Meta leaves out the rows of deleted objects. */
const EVERY_STATUS: InsightsFilter = { field: STATUS_FIELD, operator: 'IN', value: AD_STATUSES };

/** The user's conditions, and the one that lets ads of every status in, unless the user has chosen statuses. */
export function addStatusCondition(filters: readonly InsightsFilter[]): readonly InsightsFilter[] {
  return filters.some(({ field }) => field === STATUS_FIELD) ? filters : [...filters, EVERY_STATUS];
}
