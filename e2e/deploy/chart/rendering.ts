// The chart and its examples, rendered.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { root } from "@guanxi/local/places";
import { type Manifest, parse } from "./manifests.ts";

export const chart = path.join(root, "deploy/helm/guanxi");
const folder = path.join(root, "deploy/helm/examples");
const NAMESPACE = "crm";

export const examples = readdirSync(folder).map((file) => path.basename(file, ".yaml"));
export const exampleFile = (example: string) => path.join(folder, `${example}.yaml`);

export interface Rendered {
  readonly manifests: Manifest[];
  readonly notes: string;
}

const NOTES = /^# Source: templates\/NOTES\.txt$/m;

/** An example with values over it, as `renderer` (render.go) does it; what the chart refuses is thrown. */
export function render(renderer: string, example: string, over: object = {}): Rendered {
  const out = withValues(over, (file) =>
    run(renderer, ["-chart", chart, "-namespace", NAMESPACE, "-f", exampleFile(example), "-f", file]),
  );
  const parts = out.split(/^---$/m);
  return {
    manifests: parse(parts.filter((part) => !NOTES.test(part)).join("---\n")),
    notes: parts.find((part) => NOTES.test(part)) ?? "",
  };
}

/** The same by Helm itself, which shows no notes. */
export const renderByHelm = (helm: string, example: string): Manifest[] =>
  parse(
    run(helm, [
      "template",
      "guanxi",
      chart,
      "--namespace",
      NAMESPACE,
      "--kube-version",
      "1.34.0",
      "-f",
      exampleFile(example),
    ]),
  );

function withValues<T>(values: object, work: (file: string) => T): T {
  const place = mkdtempSync(path.join(tmpdir(), "values-"));
  try {
    const file = path.join(place, "values.yaml");
    writeFileSync(file, JSON.stringify(values)); // JSON is YAML
    return work(file);
  } finally {
    rmSync(place, { recursive: true });
  }
}

function run(command: string, args: string[]): string {
  const done = spawnSync(command, args, { encoding: "utf8", timeout: 60_000, maxBuffer: 2 ** 26 });
  if (done.status === 0) return done.stdout;
  throw new Error(done.stderr || String(done.error));
}
