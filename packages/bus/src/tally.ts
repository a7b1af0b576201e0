// Many rows in two numbers, whatever their order.
import { createHash } from "node:crypto";

export interface Tally {
  readonly count: number;
  /** 32 hexadecimal digits. */
  readonly checksum: string;
}

export interface Tallying {
  add(text: string): void;
  readonly total: () => Tally;
}

/** The sum of the MD5 of each, modulo 2^128: unlike XOR it sees two that are equal. */
export function tallying(): Tallying {
  let count = 0;
  let sum = 0n;
  return {
    add(text) {
      count += 1;
      sum += summandOf(text);
    },
    total: () => ({ count, checksum: hexOf(sum) }),
  };
}

export const summandOf = (text: string): bigint =>
  BigInt(`0x${createHash("md5").update(text).digest("hex")}`);

export const modulo = (sum: bigint): bigint => BigInt.asUintN(128, sum);

const hexOf = (sum: bigint): string => modulo(sum).toString(16).padStart(32, "0");

const PARTS = [1, 9, 17, 25];

/** The same by the database, of a text of SQL: a sum for each 32 bits, since it has no number of 128. */
export const tallySql = (text: string): string =>
  `count(*)::int as count, array[${PARTS.map(
    (from) => `coalesce(sum(('x' || substr(md5(${text}), ${from}, 8))::bit(32)::bigint), 0)::text`,
  ).join(", ")}] as parts`;

export interface TallyRow {
  readonly count: number;
  readonly parts: readonly string[];
}

export const tallyOf = ({ count, parts }: TallyRow): Tally => ({
  count,
  checksum: hexOf(parts.reduce((sum, part) => (sum << 32n) + BigInt(part), 0n)),
});

export const versionText = (id: string, version: number): string => `${id} ${version}`;
