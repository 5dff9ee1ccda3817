import { createFaultError } from '../faults/fault-error.ts';
import type { EdgeRoute, RouteRequest } from '../route.ts';
import type { Site } from '../site.ts';
import type { JsonText } from '../world/json-text.ts';
import type { Item } from '../world/kind.ts';
import type { UploadRow } from './audience-keys.ts';
import type { AudienceRecord } from './audience-record.ts';
import { takeUpload, type UploadTaker } from './take-upload.ts';
import { checkValueKey } from './value-rule.ts';
import { openForUpload } from './write-access.ts';

/** `POST /{audience}/users`: adds people. */
export const addUsers: EdgeRoute = (request, item) => changeUsers(request, item, 'add');

/** `DELETE /{audience}/users`: removes people. */
export const removeUsers: EdgeRoute = (request, item) => changeUsers(request, item, 'remove');

function changeUsers(request: RouteRequest, item: Item, operation: 'add' | 'remove'): JsonText {
  const { site } = request;
  return takeUpload(request, {
    target: site.world.idOf(item),
    operation,
    open: (): UploadTaker => {
      const audience = openForUpload(request, item);
      return {
        sessions: audience.sessions,
        check: ({ keys }) => {
          if (site.audiences.statusOf(audience) === 414) throw createFaultError('replace_running_1870145');
          if (operation === 'add') checkValueKey(site.world, item, keys);
        },
        apply: ({ keys }, valid) => {
          if (operation === 'add') audience.members.add(keys, valid);
          else removeMembers(site, { audience, keys, rows: valid });
          audience.touch(site.world, site.clock.now());
        },
      };
    },
  });
}

/** Throws 200/1870047, and removes nobody, where too few would be left. */
function removeMembers(
  { audiences, options }: Site,
  {
    audience,
    keys,
    rows,
  }: { readonly audience: AudienceRecord; readonly keys: readonly string[]; readonly rows: readonly UploadRow[] },
): void {
  const people = audience.members.find(keys, rows);
  if (audiences.sizeOf(audience) - people.size < options.minimumAudienceSize) throw createFaultError('too_small_1870047');
  audience.members.remove(people);
}
