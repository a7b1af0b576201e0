import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { text } from "node:stream/consumers";

/** A second company beside the laptop's own: identity's `provision`, with the settings that it runs with. */
export async function found(pid: number, identity: string): Promise<void> {
  const pairs = readFileSync(`/proc/${pid}/environ`, "utf8").split("\0").filter(Boolean);
  const env = Object.fromEntries(pairs.map((pair) => pair.split(/=(.*)/s).slice(0, 2)));
  const child = spawn(process.execPath, ["--conditions=source", `${identity}/src/main.ts`, "provision"], {
    env,
  });
  child.stdin.end(JSON.stringify(COMPANY));
  const told = await text(child.stdout);
  if (!told.includes('"created":true')) throw new Error(`the second company was not founded: ${told}`);
}

const COMPANY = {
  tenant: { displayName: "Blue Harbour Trading", timeZone: "America/New_York", currencyCode: "USD" },
  users: [
    {
      subject: "mei",
      displayName: "Mei O'Brien",
      issuer: "urn:guanxi:laptop",
      job: "manager",
      language: "en",
      grants: [{ resource: "*", action: "*" }],
    },
  ],
};
