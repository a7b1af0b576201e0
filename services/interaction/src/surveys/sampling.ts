import { createHash } from "node:crypto";

export interface Occasion {
  readonly surveyId: string;
  readonly customerId: string;
  readonly occasionKey: string;
}

/** Where an occasion stands between 0 and 1: always at the same place, and all of them spread evenly. */
export function placeOf({ surveyId, customerId, occasionKey }: Occasion): number {
  const digest = createHash("sha256")
    .update(JSON.stringify([surveyId, customerId, occasionKey]))
    .digest();
  return digest.readUIntBE(0, 6) / 2 ** 48;
}

/** A greater share always holds the smaller ones. */
export const isSampled = (occasion: Occasion, percent: number): boolean => placeOf(occasion) * 100 < percent;
