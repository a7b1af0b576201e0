import { cpSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { printValidate } from "./print-validate.ts";

/** Everything from elsewhere that our protos, or the errors on the wire, are made of. */
const GOOGLE = [
  "api/annotations",
  "api/http",
  "api/httpbody",
  "api/field_behavior",
  "rpc/status",
  "rpc/error_details",
  "type/money",
  "type/date",
  "type/postal_address",
];

export function fillThirdParty(packages: string, target: string): void {
  rmSync(target, { recursive: true, force: true });
  for (const name of GOOGLE) {
    const path = `google/${name}.proto`;
    cpSync(join(packages, "google-proto-files", path), join(target, path));
  }
  const validate = join(target, "buf/validate/validate.proto");
  mkdirSync(dirname(validate), { recursive: true });
  writeFileSync(validate, printValidate());
}
