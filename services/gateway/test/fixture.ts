// The tests' own contract, compiled as the real one is, in a folder that is laid out like the project.
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadContract, type Contract } from "@guanxi/kit/contract";
import { mustBuf } from "../../../packages/contract/tools/buf.ts";

const project = join(import.meta.dirname, "../../..");
const SERVICE = "proto/guanxi/book/v1/customer_service.proto";

export interface Fixture {
  root: string;
  build(): Contract;
  /** Changes the proto for as long as `during` runs. */
  edited<T>(from: string, to: string, during: () => T): T;
  remove(): void;
}

export function createFixture(): Fixture {
  const root = mkdtempSync(join(tmpdir(), "gateway-"));
  mkdirSync(join(root, "proto/guanxi"), { recursive: true });
  cpSync(join(project, "buf.yaml"), join(root, "buf.yaml"));
  cpSync(join(project, "third_party"), join(root, "third_party"), { recursive: true });
  for (const shared of ["options", "pages"])
    cpSync(join(project, "proto/guanxi", shared), join(root, "proto/guanxi", shared), { recursive: true });
  cpSync(join(import.meta.dirname, "proto/guanxi/book"), join(root, "proto/guanxi/book"), {
    recursive: true,
  });
  let built = 0;
  return {
    root,
    build() {
      const path = join(root, `contract-${built++}.binpb`); // loadContract reads a path once
      mustBuf(root, "build", "--as-file-descriptor-set", "-o", path);
      return loadContract(path);
    },
    edited(from, to, during) {
      const path = join(root, SERVICE);
      const before = readFileSync(path, "utf8");
      if (!before.includes(from)) throw new Error(`${SERVICE} has no ${from}`);
      writeFileSync(
        path,
        before.replace(from, () => to),
      );
      try {
        return during();
      } finally {
        writeFileSync(path, before);
      }
    },
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}
