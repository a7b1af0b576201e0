import { getCountries } from "libphonenumber-js/min";

/** In Node for long, in TypeScript's libraries not yet. */
type WithZones = Intl.Locale & { getTimeZones(): string[] | undefined };

let countries: Map<string, string> | undefined;

/** The country that an IANA zone lies in; undefined for zones of none, such as UTC. */
export function countryOf(timeZone: string): string | undefined {
  countries ??= byZone();
  // Zones have several names, and the list of a country knows one of each: Asia/Calcutta, not Asia/Kolkata.
  const canonical = new Intl.DateTimeFormat("en", { timeZone }).resolvedOptions().timeZone;
  return countries.get(canonical);
}

const byZone = () =>
  new Map(getCountries().flatMap((country) => zonesOf(country).map((zone) => [zone, country])));

const zonesOf = (region: string) => (new Intl.Locale("und", { region }) as WithZones).getTimeZones() ?? [];
