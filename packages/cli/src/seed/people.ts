import type { Chance } from "./chance.ts";
import {
  chineseFirmKinds,
  chineseFirmNames,
  englishFirmKinds,
  englishFirmNames,
  englishGivenNames,
  englishPlaces,
  englishSurnames,
  givenNames,
  industries,
  jobTitles,
  owners,
  places,
  sources,
  surnames,
} from "./words.ts";

export interface Customer {
  readonly id: string;
  readonly kind: "organisation" | "person";
  readonly name: string;
  readonly email: string;
  readonly phone: string;
  readonly city: string;
  readonly region: string;
  readonly industry: string;
  readonly owner: string;
  readonly source: string;
  readonly chinese: boolean;
  /** How much they buy at a time, 1 on average: some are shops, some are chains. */
  readonly size: number;
}

export interface Contact {
  readonly id: string;
  readonly customer: string;
  readonly name: string;
  readonly title: string;
  readonly email: string;
  readonly phone: string;
}

export function customerOf(id: number, draw: Chance): Customer {
  const chinese = draw.happens(0.7);
  const organisation = draw.happens(0.8);
  const place = chinese ? draw.one(places) : { ...draw.one(englishPlaces), prefix: "" };
  return {
    id: `C${String(id).padStart(5, "0")}`,
    kind: organisation ? "organisation" : "person",
    name: organisation ? firmName(chinese, place.prefix, draw) : personName(chinese, draw),
    email: `c${id}@example.com`, // reserved for examples: nobody gets mail
    phone: phone(id),
    city: place.city,
    region: place.region,
    industry: organisation ? draw.one(industries) : "",
    owner: draw.happens(0.9) ? draw.one(owners) : "",
    source: draw.one(sources),
    chinese,
    size: draw.gamma(2, 2),
  };
}

export function contactOf(customer: Customer, number: number, draw: Chance): Contact {
  return {
    id: `${customer.id}-${number}`,
    customer: customer.id,
    name: personName(customer.chinese, draw),
    title: draw.one(jobTitles),
    email: `${customer.id.toLowerCase()}.${number}@example.com`,
    phone: phone(Number(customer.id.slice(1)) * 3 + number + 5000),
  };
}

const firmName = (chinese: boolean, prefix: string, draw: Chance) =>
  chinese
    ? `${prefix}${draw.one(chineseFirmNames)}${draw.one(chineseFirmNames)}${draw.one(chineseFirmKinds)}有限公司`
    : `${draw.one(englishFirmNames)} ${draw.one(englishSurnames)} ${draw.one(englishFirmKinds)} Ltd`;

export const personName = (chinese: boolean, draw: Chance) =>
  chinese
    ? draw.one(surnames) + draw.one(givenNames) + (draw.happens(0.6) ? draw.one(givenNames) : "")
    : `${draw.one(englishGivenNames)} ${draw.one(englishSurnames)}`;

const AREA_CODES = "202 212 213 214 215 303 305 312 313 314 404 408 412 415 503 512 602 612 617 619".split(
  " ",
);

/** 555-0100 to 555-0199 belong to nobody. */
function phone(number: number): string {
  const area = AREA_CODES[Math.floor(number / 100) % AREA_CODES.length];
  return `+1 ${area} 555 01${String(number % 100).padStart(2, "0")}`;
}
