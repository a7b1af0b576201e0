// A year of a British wholesaler: half a million order lines, and the customers whom they name.
import { createReadStream, createWriteStream, openAsBlob } from "node:fs";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { createInterface } from "node:readline";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import type { Wish } from "@guanxi/cli/importing";
import { dataIsHere, dataPath } from "../smoke/data.ts";

export const LINES = 541_909;
const SYSTEM = "retail";
const PACKED = "online-retail/online_retail.csv.gz";
const HEAD = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country";

export interface Retail {
  readonly isReal: boolean;
  readonly lines: number;
  /** Of the order lines, as plain CSV. */
  readonly path: string;
  readonly customerIds: readonly string[];
}

/** The first lines of it, or all, unpacked into a folder. Without the data, lines of the same shape are made up. */
export async function retailIn(folder: string, most = LINES): Promise<Retail> {
  const file = path.join(folder, "online_retail.csv");
  await (dataIsHere ? unpack(file, most) : writeFile(file, madeUp(most)));
  return { isReal: dataIsHere, lines: most, path: file, customerIds: await customersIn(file) };
}

async function unpack(file: string, most: number): Promise<void> {
  const packed = createReadStream(dataPath(PACKED));
  const unpacked = packed.pipe(createGunzip());
  if (most >= LINES) return pipeline(unpacked, createWriteStream(file));
  const lines = createInterface({ input: unpacked, crlfDelay: Number.POSITIVE_INFINITY });
  await pipeline(async function* () {
    let left = most + 1;
    for await (const line of lines) {
      yield `${line}\n`;
      if (--left === 0) return;
    }
  }, createWriteStream(file));
}

/** Whoever a line names: the last column but one, and no country has a comma. */
async function customersIn(file: string): Promise<string[]> {
  const ids = new Set<string>();
  for await (const line of createInterface({ input: createReadStream(file) })) {
    const id = /,(\d+),[^,]*$/.exec(line)?.[1];
    if (id) ids.add(id);
  }
  return [...ids];
}

/** The file has no customers of its own. */
export const customersOf = ({ customerIds }: Retail): Wish => ({
  kind: "customer",
  sourceSystem: SYSTEM,
  fileName: "customers.csv",
  file: new Blob([
    "external_id,display_name,kind\n",
    customerIds.map((id) => `${id},Customer ${id},organization\n`).join(""),
  ]),
});

/** Whole, it is sent as it was published: packed. */
export const ordersOf = async (
  { isReal, lines, path: file }: Retail,
  afterSequence: string,
): Promise<Wish> => {
  const isPacked = isReal && lines === LINES;
  return {
    kind: "order",
    sourceSystem: SYSTEM,
    fileName: isPacked ? "online_retail.csv.gz" : "online_retail.csv",
    afterSequence,
    file: await openAsBlob(isPacked ? dataPath(PACKED) : file),
  };
};

const MEAN_LINES = 20.9;
const WORDS =
  "WHITE RED VINTAGE METAL HEART LANTERN CAKE BAG SET RETROSPOT CANDLE HOLDER BOX SIGN GLASS MUG".split(" ");

function madeUp(lines: number): string {
  const chance = chances(17);
  const one = (below: number) => Math.floor(chance() * below);
  const rows = [HEAD];
  for (let invoice = 536_365; rows.length <= lines; invoice++) {
    const count = Math.min(1100, Math.ceil(-Math.log(1 - chance()) * MEAN_LINES), lines + 1 - rows.length);
    const isBack = chance() < 0.15;
    const time = new Date(Date.UTC(2010, 11, 1) + (invoice - 536_365) * 1_240_000).toISOString();
    const customer = chance() < 0.1 ? "" : 12_346 + one(4372);
    for (let line = 0; line < count; line++) {
      const code = 20_000 + one(4070);
      const name = [code, code >> 3, code >> 5].map((each) => WORDS[each % WORDS.length]).join(" ");
      const [quantity, price] = [(1 + one(24)) * (isBack ? -1 : 1), (0.2 + chance() * 12).toFixed(2)];
      const moment = `${time.slice(0, 10)} ${time.slice(11, 16)}:00`;
      rows.push(
        `${isBack ? "C" : ""}${invoice},${code},${name},${quantity},${moment},${price},${customer},United Kingdom`,
      );
    }
  }
  return rows.join("\n");
}

/** Always the same. */
function chances(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
