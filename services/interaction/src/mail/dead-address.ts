// What a server says of an address (RFC 3463), as against of this mail or of this hour.

// 5.2.2 is a full mailbox, which may be emptied; 5.3, 5.6 and 5.7 are about the mail: its size, its form, the policy it met.
const OF_THE_ADDRESS = /^5\.(0\.0|1\.\d+|2\.[01]|4\.\d+)$/;
// The sender's own address.
const OF_THE_SENDER = /^5\.1\.[789]$/;

/** Old servers say no more than that it failed for good. */
export const isDead = (status: string): boolean =>
  status === "" || (OF_THE_ADDRESS.test(status) && !OF_THE_SENDER.test(status));

/** Of an answer while the mail is handed over only what is said of the address itself counts: 5.1.1 and its like. */
export function isDeadAnswer(answer: string): boolean {
  const status = /\b5\d\d[ -](5\.1\.\d{1,3})\b/.exec(answer)?.[1];
  return status !== undefined && isDead(status);
}
