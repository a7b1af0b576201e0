// Columns that say where somebody is.
import { PostalAddress } from "@guanxi/contract/google/type/postal_address";
import type { Field } from "@guanxi/import/service/kind";
import { refuse } from "@guanxi/kit/refuse";
import { getCountries } from "libphonenumber-js/min";
import { fold } from "../customers/names.ts";
import { textOf, type Values } from "./cells.ts";

const PARTS = {
  street: ["Street", "Address", "Street Address", "Address 1", "Street 1"],
  street_2: ["Street 2", "Address 2", "Extended Address"],
  city: ["City", "Town", "Locality"],
  district: ["District"],
  state: ["State", "Province", "Region", "State/Region", "State/Province"],
  postal_code: ["Postal Code", "Zip", "Zip Code", "Zip/Postal Code", "ZipCode", "Postcode"],
  country: ["Country", "Country/Region"],
};

type Part = keyof typeof PARTS;
const ALL = Object.keys(PARTS) as Part[];

/** A customer may have several addresses in a row; the first that is there is the main one. */
const PLACES: Readonly<Record<string, readonly string[]>> = {
  address: ["", "Business ", "Work ", "Billing ", "Mailing ", "Company ", "Address 1 - "],
  address_2: ["Home ", "Shipping ", "Address 2 - "],
  address_3: ["Other ", "Address 3 - "],
};

const CHINESE: Readonly<Record<string, readonly string[]>> = {
  "address.street": ["地址", "详细地址", "街道", "公司地址", "联系地址", "通讯地址"],
  "address.city": ["城市", "市", "所在城市"],
  "address.district": ["区", "区县", "区/县"],
  "address.state": ["省", "省份", "省/州"],
  "address.postal_code": ["邮编", "邮政编码"],
  "address.country": ["国家", "国家/地区"],
  "address_2.street": ["住址", "家庭地址"],
};

export const addressFields: Field[] = Object.entries(PLACES).flatMap(([place, before]) =>
  ALL.map((part) => {
    const name = `${place}.${part}`;
    const headers = before.flatMap((each) => PARTS[part].map((header) => each + header));
    return { name, kind: "text", headers: [...headers, ...(CHINESE[name] ?? [])] };
  }),
);

export const hasAddress = (mapped: ReadonlySet<string>) => addressFields.some(({ name }) => mapped.has(name));

/** Of each place of which anything is said, and the fields that say it. */
export function addressesOf(values: Values): { address: PostalAddress; name: string }[] {
  return Object.keys(PLACES).flatMap((name) => {
    const part = (each: Part) => textOf(values, `${name}.${each}`);
    const address = PostalAddress.fromPartial({
      regionCode: regionOf(part("country"), `${name}.country`),
      administrativeArea: part("state"),
      locality: part("city"),
      sublocality: part("district"),
      postalCode: part("postal_code"),
      addressLines: [...part("street").split("\n"), part("street_2")].filter(Boolean),
    });
    const isEmpty = ALL.every((each) => part(each).trim() === "");
    return isEmpty ? [] : [{ address, name }];
  });
}

let regions: Map<string, string> | undefined;

function regionOf(country: string, field: string): string {
  const name = plain(country);
  if (name === "") return "";
  regions ??= byName();
  const region = regions.get(name);
  if (region) return region;
  throw refuse("invalid", "UNKNOWN_VALUE", "No country has this name.", [
    {
      field,
      description: `${country} is no country: write its name or its two letters`,
      reason: "UNKNOWN_VALUE",
    },
  ]);
}

const plain = (name: string) => fold(name).replaceAll(/[^\p{L}\p{M}]/gu, "");

/** In which countries are named in files. */
const LANGUAGES = ["en", "zh-Hans", "zh-Hant", "de", "fr", "es", "it", "pt", "nl", "pl", "ru", "ja", "ko"];

const FURTHER: Readonly<Record<string, string>> = {
  USA: "US",
  "United States of America": "US",
  UK: "GB",
  "Great Britain": "GB",
  England: "GB",
  Scotland: "GB",
  Wales: "GB",
  "PR China": "CN",
  中华人民共和国: "CN",
  UAE: "AE",
};

function byName(): Map<string, string> {
  const countries = getCountries();
  const named = LANGUAGES.flatMap((language) => {
    const names = new Intl.DisplayNames([language], { type: "region" });
    return countries.map((code) => [plain(names.of(code) ?? code), code] as const);
  });
  const further = Object.entries(FURTHER).map(([name, code]) => [plain(name), code] as const);
  return new Map([...named, ...countries.map((code) => [plain(code), code] as const), ...further]);
}
