import { quoteText } from '../json-text.ts';
import type { Item } from '../kind.ts';
import type { World } from '../world.ts';
import { always, chooseFrom, type FieldTable, sometimes, writeAccountId, writeCreatedTime } from './field-table.ts';

const eventTypes = [
  'update_ad_set_budget',
  'update_campaign_run_status',
  'create_ad',
  'update_ad_creative',
  'ad_account_billing_charge',
];

const translations = ['Ad set budget updated', 'Campaign status updated', 'Ad created', 'Ad creative updated', 'Account billed'];

/** The object something happened to. */
function objectOf(item: Item, world: World): Item {
  const count = world.baseCount('ad');
  if (count === 0) return { kind: 'account', slot: item.slot, index: 0 };
  return { kind: 'ad', slot: item.slot, index: world.dice(item, 100) % count };
}

/** Activities have no id: what tells them apart is the object, the time, the type and the actor. */
export const activityFields: FieldTable = {
  account_id: writeAccountId,
  actor_id: chooseFrom(101, ['100000000000001', '100000000000002', '0']),
  actor_name: chooseFrom(101, ['Alex Example', 'Zo\u00eb Example', 'Meta']),
  application_id: sometimes(102, 60, always('119211728144504')),
  application_name: sometimes(102, 60, always('Power Editor')),
  date_time_in_timezone: (item, world) =>
    quoteText(world.account(item.slot).time.format(world.createdMs(item)).slice(0, 16).replace('T', ' at ')),
  event_time: writeCreatedTime,
  event_type: chooseFrom(103, eventTypes),
  extra_data: (item, world) => {
    const before = world.dice(item, 104) % 10_000;
    return quoteText(
      JSON.stringify({
        old_value: before,
        new_value: before + 500,
        type: 'payment_amount',
        currency: world.account(item.slot).currency,
      }),
    );
  },
  object_id: (item, world) => `"${world.idOf(objectOf(item, world)).replace('act_', '')}"`,
  object_name: (item, world) => quoteText(`Ad ${objectOf(item, world).index + 1}`),
  object_type: (item, world) => (objectOf(item, world).kind === 'ad' ? '"AD"' : '"ACCOUNT"'),
  translated_event_type: chooseFrom(103, translations),
};
