// What the services themselves say of their settings and of what they read: the chart is held against it.
import { durableOf } from "@guanxi/bus/apply";
import { migrateSettings } from "@guanxi/bus/settings";
import { readersOf, settingsOf } from "@guanxi/bus/start";
import { loadContract } from "@guanxi/kit/contract";
import type { z } from "zod";
import { analytics } from "../../../services/analytics/src/app.ts";
import { customer } from "../../../services/customer/src/app.ts";
import { consoleSettings } from "../../../services/console/src/server/config.ts";
import { configOf } from "../../../services/gateway/src/config.ts";
import { identity } from "../../../services/identity/src/app.ts";
import { interaction } from "../../../services/interaction/src/app.ts";
import { marketing } from "../../../services/marketing/src/app.ts";
import { sales } from "../../../services/sales/src/app.ts";
import { serviceDesk } from "../../../services/service-desk/src/app.ts";

const APPS = { analytics, customer, identity, sales, "service-desk": serviceDesk, interaction, marketing };

/** By the name of the container's service; a migration's end with "-migrate". */
export type Schemas = ReadonlyMap<string, z.ZodObject>;

export const schemas: Schemas = new Map([
  ["gateway", configOf(loadContract())],
  ["console", consoleSettings],
  ...Object.entries(APPS).flatMap(([name, app]): [string, z.ZodObject][] => [
    [name, settingsOf(app as typeof sales)],
    [`${name}-migrate`, migrateSettings],
  ]),
]);

export interface Reading {
  readonly reads: readonly string[];
  readonly consumers: readonly string[];
}

/** Whose logs a service reads besides identity's, and the durables by which it does. */
export const readingOfAll = new Map<string, Reading>(
  Object.entries(APPS).map(([name, app]) => {
    const readers = readersOf(app);
    const areas = new Set(readers.map(({ area }) => area));
    return [
      name,
      {
        reads: [...areas]
          .filter((area) => area !== "identity")
          .map((area) => area.replaceAll("_", "-"))
          .sort(),
        consumers: readers.map((reader) => durableOf({ service: app.name, reader })).sort(),
      },
    ];
  }),
);
