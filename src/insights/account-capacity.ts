/** Reports under way for one account. No limit is published; this many is what busy integrations are known to run. */
const MOST_REPORTS = 100;
/** From this reading on, Meta is told nothing new while something is under way. */
const FULL_PERCENT = 90;
/** From this reading on, fewer reports than at most. */
const BUSY_PERCENT = 50;

interface Account {
  running: number;
  readonly waiting: (() => void)[];
}

/** How many reports each account may have under way, from the usage that ordinary calls tell. One is always let through: a reading can be stale. */
export class AccountCapacity {
  readonly #readPercent: (account: string) => number;
  readonly #accounts = new Map<string, Account>();

  constructor(readPercent: (account: string) => number) {
    this.#readPercent = readPercent;
  }

  /** Resolves with a place, given back by disposing of it; places are given in the order they were asked for. */
  async enter(accountId: string): Promise<Disposable> {
    const account = this.#accountOf(accountId);
    if (account.waiting.length > 0 || account.running >= this.#roomOf(accountId)) {
      await new Promise<void>((resolve) => account.waiting.push(resolve));
    } else account.running += 1;
    let isHeld = true;
    return {
      [Symbol.dispose]: () => {
        if (!isHeld) return;
        isHeld = false;
        account.running -= 1;
        this.#admit(accountId, account);
      },
    };
  }

  #admit(accountId: string, account: Account): void {
    while (account.waiting.length > 0 && account.running < this.#roomOf(accountId)) {
      account.running += 1;
      account.waiting.shift()?.();
    }
  }

  #roomOf(accountId: string): number {
    const percent = this.#readPercent(accountId);
    if (percent >= FULL_PERCENT) return 1;
    if (percent < BUSY_PERCENT) return MOST_REPORTS;
    return Math.max(1, Math.round((MOST_REPORTS * (FULL_PERCENT - percent)) / (FULL_PERCENT - BUSY_PERCENT)));
  }

  #accountOf(accountId: string): Account {
    const known = this.#accounts.get(accountId);
    if (known !== undefined) return known;
    const account: Account = { running: 0, waiting: [] };
    this.#accounts.set(accountId, account);
    return account;
  }
}
