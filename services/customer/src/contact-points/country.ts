import { getCountries } from "libphonenumber-js/min";

/** In Node for long, in TypeScript's libraries not yet. */
type WithZones = Intl.Locale & { getTimeZones(): string[] | undefined };

let countries: Map<string, string> | undefined;
const canonical = new Map<string, string>();

/** The country that an IANA zone lies in; undefined for zones of none, such as UTC. */
export function countryOf(timeZone: string): string | undefined {
  countries ??= byZone();
  const name = canonical.get(timeZone) ?? canonicalOf(timeZone);
  canonical.set(timeZone, name);
  return countries.get(name);
}

/** Zones have several names, and the list of a country knows one of each: Asia/Calcutta, not Asia/Kolkata. */
const canonicalOf = (timeZone: string) =>
  new Intl.DateTimeFormat("en", { timeZone }).resolvedOptions().timeZone; // some 100 µs, so asked once

const byZone = () =>
  new Map(getCountries().flatMap((country) => zonesOf(country).map((zone) => [zone, country])));

const zonesOf = (region: string) => (new Intl.Locale("und", { region }) as WithZones).getTimeZones() ?? [];
