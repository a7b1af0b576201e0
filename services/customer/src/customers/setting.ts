import type { At } from "@guanxi/kit/at";
import { countryOf } from "../contact-points/country.ts";
import { allDefinitions } from "../field-definitions/field-definitions.ts";
import type { Setting } from "./customer-state.ts";

/** What the rules of a customer ask of time, tenant and definitions. */
export async function settingOf(at: At): Promise<Setting> {
  const { now, today, timeZone } = at;
  return { now, today, country: countryOf(timeZone), definitions: await allDefinitions(at) };
}
