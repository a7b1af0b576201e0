// What streams may do before the loop goes on to all others. Whoever asks for a year of events would else keep it to themselves.

/** Events that are only looked at; or thousands of bytes that are told: some five milliseconds of either. */
const SHARE = 100;
const BYTES = 1_000;

export interface Turns {
  /** Before an event is looked at. Settles at once unless the streams, all together, have had their share of this turn. */
  look(): Promise<void>;
  /** Before one of that many bytes is read and told. */
  tell(bytes: number): Promise<void>;
}

const loop = () => new Promise<void>((resolve) => setImmediate(resolve));

/** `rest` settles once the loop has seen to everything else. Who waits goes on in the order in which they came. */
export function newTurns(rest: () => Promise<void> = loop): Turns {
  let spent = 0;
  let resting: Promise<void> | undefined;

  const anew = () =>
    rest().then(() => {
      spent = 0;
      resting = undefined;
    });
  const isOver = () => spent >= SHARE;
  async function take(cost: number): Promise<void> {
    while (isOver()) await (resting ??= anew());
    spent += cost;
  }
  return { look: () => take(1), tell: (bytes) => take(bytes / BYTES) };
}
