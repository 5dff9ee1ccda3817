import type { EdgeRoute } from '../route.ts';
import { takeUpload } from './take-upload.ts';
import { checkWritable } from './write-access.ts';

/** `DELETE /{account}/usersofanyaudience`: people who opt out leave every audience, and every replacement under way. No audience is too small for that. */
export const removeUsersEverywhere: EdgeRoute = (request, account) => {
  const { world, audiences, clock } = request.site;
  return takeUpload(request, {
    target: world.idOf(account),
    operation: 'remove_everywhere',
    open: () => {
      checkWritable(request, account);
      return {
        check: () => {},
        apply: ({ keys }, valid) => {
          for (const audience of audiences.listOfAccount(account.slot)) {
            for (const members of [audience.members, audience.replacement?.members]) {
              const people = members?.find(keys, valid) ?? new Set();
              if (people.size === 0) continue;
              members?.remove(people);
              audience.touch(world, clock.now());
            }
          }
        },
      };
    },
  });
};
