import type { At } from "@guanxi/kit/at";
import { countryOf } from "../contact-points/country.ts";
import type { ContactSetting } from "./contact.ts";

export const settingOf = ({ now, today, timeZone }: At): ContactSetting => ({
  now,
  today,
  country: countryOf(timeZone),
});
