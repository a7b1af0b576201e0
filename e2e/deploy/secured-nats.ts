import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setup } from "@guanxi/cli/setup";
import { startWarden } from "@guanxi/local/launch";
import { atLeast, findNats } from "@guanxi/local/nats-binary";
import { root } from "@guanxi/local/places";
import { startOnce } from "@guanxi/local/start-once";
import { freePort } from "@guanxi/testkit/servers/free-port";

const SECRET = "a secret for tests, longer than thirty-two";

/** What `guanxi setup` makes of a secret, in a folder of its own, as compose has it. */
export async function setUp(env: Record<string, string> = {}, folder = temporaryFolder(), options = {}) {
  await setup(folder, options, { GUANXI_SECRET: SECRET, ...env });
  return {
    folder,
    read: (name: string) => readFileSync(path.join(folder, name), "utf8"),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

const temporaryFolder = () => mkdtempSync(path.join(tmpdir(), "guanxi-deploy-"));

/** A nats-server by deploy/nats.conf, with the users that setup has written. */
export async function startSecuredNats(departments: string[]) {
  const secrets = await setUp({ GUANXI_DEPARTMENTS: departments.join(",") });
  const { binary, version } = await findNats();
  const [port, looks] = [await freePort(), await freePort()];
  const home = path.join(secrets.folder, "etc");
  mkdirSync(home);
  writeFileSync(path.join(home, "nats.conf"), confFor(version));
  cpSync(path.join(secrets.folder, "nats-secrets"), path.join(home, "users"), { recursive: true });
  const warden = startWarden();
  const places = [
    "-sd",
    path.join(secrets.folder, "nats"),
    "-a",
    "127.0.0.1",
    "-p",
    `${port}`,
    "-m",
    `${looks}`,
  ];
  const server = await startOnce(
    {
      name: "nats",
      address: `127.0.0.1:${port}`,
      stop: "TERM",
      begin: async () => ({ command: [binary, "-c", path.join(home, "nats.conf"), ...places] }),
      ask: async () => {
        if (!(await fetch(`http://127.0.0.1:${looks}/healthz`)).ok) throw new Error("not yet");
      },
    },
    warden,
  );
  return {
    /** The address by which that user comes, as setup wrote it, but for the host. */
    urlOf: (user: string) =>
      secrets.read(fileOf(user, departments)).replace("@nats:4222", `@127.0.0.1:${port}`),
    port,
    stop: async () => {
      await server.stop();
      warden.pipe.end();
      secrets.remove();
    },
  };
}

function fileOf(user: string, departments: string[]): string {
  if (user === "operator") return "secrets/nats-url";
  return departments.includes(user) ? `secrets/departments/${user}/nats-url` : `${user}-secrets/nats-url`;
}

/** The file as it is; only that what a server is too old to know is left out. */
function confFor(version: string): string {
  const conf = readFileSync(path.join(root, "deploy/nats.conf"), "utf8");
  return atLeast(version, "2.10.0") ? conf : conf.replace(/^ *sync_interval: always.*$/m, "");
}
