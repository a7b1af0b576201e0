// docs/settings.md, made from what the programs hold their settings against.
import { globSync } from "node:fs";
import { type App } from "@guanxi/bus/app";
import { migrateSettings } from "@guanxi/bus/settings";
import { settingsOf } from "@guanxi/bus/start";
import { toldSettings } from "@guanxi/cli/addresses";
import { setupSettings } from "@guanxi/cli/setup";
import { loadContract } from "@guanxi/kit/contract";
import { type ListedSetting, listSettings } from "@guanxi/kit/settings-list";
import { telemetrySettings } from "@guanxi/kit/telemetry-settings";
import { consoleSettings } from "../../services/console/src/server/config.ts";
import { configOf } from "../../services/gateway/src/config.ts";

export interface Listing {
  readonly title: string;
  readonly text: string;
  readonly settings: readonly ListedSetting[];
}

/** What each service is told to serve, by its name. */
export async function settingsByService(): Promise<Map<string, ListedSetting[]>> {
  const found = new Map<string, ListedSetting[]>();
  for (const path of globSync("services/*/src/app.ts").toSorted()) {
    const folder = path.split("/")[1]!;
    const module = (await import(`../../services/${folder}/src/app.ts`)) as Record<string, App>;
    const app = Object.values(module).find((each) => "migrations" in each)!;
    found.set(folder, listSettings(settingsOf(app)));
  }
  found.set("console", listSettings(consoleSettings));
  return found.set("gateway", listSettings(configOf(loadContract())));
}

export const telemetry = listSettings(telemetrySettings);

/** All that there is to set, as the page shows it. */
export async function listings(): Promise<Listing[]> {
  const { gateway = [], console: pages = [], ...others } = Object.fromEntries(await settingsByService());
  const lists = Object.values(others);
  const common = lists[0]!.filter((one) => lists.every((list) => list.some((other) => same(one, other))));
  const own = Object.entries(others).map(([service, list]) => ({
    title: service,
    text: "Besides what every service with a database has.",
    settings: list.filter((one) => !common.some((each) => same(one, each))),
  }));
  return [
    {
      title: "Every service with a database",
      text: `These are ${Object.keys(others).join(", ")}.`,
      settings: common,
    },
    ...own.filter(({ settings }) => settings.length > 0),
    { title: "gateway", text: "It has neither database nor events.", settings: gateway },
    {
      title: "console",
      text: "The pages by themselves; the gateway shows them too, where it is told to.",
      settings: pages,
    },
    {
      title: "Traces",
      text: "Of all services, the gateway and the console, where they are started with `--import @guanxi/kit/telemetry`, as the images are.",
      settings: telemetry,
    },
    {
      title: "migrate",
      text: "What `migrate` of a service with a database is told, and nobody else.",
      settings: listSettings(migrateSettings),
    },
    { title: "guanxi setup", text: "The first step of Compose.", settings: listSettings(setupSettings) },
    {
      title: "The command line",
      text: "`npx guanxi …`, where it speaks to another installation than that of `npm start`.",
      settings: listSettings(toldSettings),
    },
  ];
}

const same = (one: ListedSetting, other: ListedSetting) => JSON.stringify(one) === JSON.stringify(other);

export const pageOf = (all: readonly Listing[]): string => `# Settings

<!-- Made from the programs by \`UPDATE=1 npm test -- settings\`; nobody edits it. -->

Everything is set by environment variables. Any of them, X, may be given as X_FILE instead: the name of a file that holds
the value, as secrets are handed to containers. An empty variable counts as one that is not set.

A program that is told too little, or something wrong, does not start. It says all that is wrong at once, without the
values, and ends with 78. \`check-config\` in place of \`serve\` only looks: it says \`complete\`, or what is wrong.

What is marked *secret* belongs into a file that only its reader can open. What is **required** has no default.
${all.map(sectionOf).join("")}`;

const sectionOf = ({ title, text, settings }: Listing): string => `
## ${title}

${text}

| Setting | What it is for | What to write | Default |
| --- | --- | --- | --- |
${settings.map(lineOf).join("\n")}
`;

function lineOf({ name, what, write, fallback, required, secret }: ListedSetting): string {
  const mark = secret ? " *secret*" : "";
  const otherwise = required ? "**required**" : fallback ? `\`${fallback}\`` : "";
  return `| \`${name}\`${mark} | ${what} | ${write} | ${otherwise} |`.replaceAll("<", "\\<");
}
