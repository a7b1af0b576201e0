// deploy/compose.yaml on a Docker engine, as an administrator starts it, in a project of this test's own.
import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { signIn } from "@guanxi/cli/sign-in";
import { root } from "@guanxi/local/places";
import { freePort } from "@guanxi/testkit/servers/free-port";
import { DockerComposeEnvironment, Wait } from "testcontainers";

const execute = promisify(execFile);
const DEPLOY = path.join(root, "deploy");
const MOST_OUTPUT = 64 * 1024 * 1024;

export type Installation = Awaited<ReturnType<typeof startInstallation>>;

/** Why the compose file cannot be started here; undefined where it can. */
export async function dockerMissing(): Promise<string | undefined> {
  try {
    await execute("docker", ["version", "--format", "{{.Server.Version}}"]);
    await execute("docker", ["compose", "version"]);
    return undefined;
  } catch (error) {
    const { message, stderr } = error as Error & { stderr?: string };
    return (stderr?.trim() || message).split("\n")[0]; // without the program there is no stderr
  }
}

/** Builds the images of this tree, and ends when everything is healthy. */
export async function startInstallation(versions: Record<string, string>) {
  const folder = mkdtempSync(path.join(tmpdir(), "guanxi-compose-"));
  const project = `guanxi-${randomBytes(4).toString("hex")}`;
  const port = await freePort();
  const variables: Record<string, string> = {
    GUANXI_SECRET: randomBytes(32).toString("hex"),
    GUANXI_PORT: String(port),
    GUANXI_BACKUPS: path.join(folder, "backups"), // of the host: what is thrown away below leaves it
    ...versions,
  };
  const environment = await new DockerComposeEnvironment(DEPLOY, "compose.yaml")
    .withProjectName(project)
    .withEnvironment(variables)
    .withAutoCleanup(false) // its reaper is an image of another registry; stop() below takes everything down
    .withDefaultWaitStrategy(Wait.forHealthCheck())
    .withClientOptions({ commandOptions: ["--build", "--wait"] })
    .up();

  /** A command in deploy/; answers what it prints, and throws what it says when it fails. */
  async function shell(command: string, args: string[], more: Record<string, string> = {}): Promise<string> {
    const env = { ...process.env, COMPOSE_PROJECT_NAME: project, ...variables, ...more };
    try {
      const { stdout, stderr } = await execute(command, args, { cwd: DEPLOY, env, maxBuffer: MOST_OUTPUT });
      return stdout + stderr;
    } catch (error) {
      const { stdout = "", stderr = "" } = error as { stdout?: string; stderr?: string };
      throw new Error(`${command} ${args.join(" ")} failed:\n${stdout}${stderr}`, { cause: error });
    }
  }
  const compose = (...args: string[]) => shell("docker", ["compose", ...args]);
  const cli = (...args: string[]) => compose("run", "--rm", "-T", "cli", ...args);
  /** A file of the volume that only the administrator's tools see. */
  const secret = (name: string) =>
    compose("run", "--rm", "-T", "--entrypoint", "cat", "cli", `/run/guanxi/secrets/${name}`);

  async function stop(): Promise<void> {
    await environment.down({ removeVolumes: true });
    rmSync(folder, { recursive: true, force: true });
  }
  const containers = async (service: string) =>
    (await compose("ps", "--quiet", service)).split("\n").filter(Boolean);

  return { url: `http://127.0.0.1:${port}`, folder, project, shell, compose, cli, secret, containers, stop };
}

/** From now on the typed client, and `npx guanxi` in this process's children, call this installation as lin. */
export async function workWith({ url, folder }: Pick<Installation, "url" | "folder">): Promise<void> {
  process.env.GUANXI_URL = url;
  process.env.GUANXI_DATA = folder;
  await signIn("lin");
}

/** Where the bus listens for this machine: nothing but the gateway's door is published. */
export async function busOf({ shell, containers, secret }: Installation): Promise<string> {
  const [container] = await containers("nats");
  const format = "{{range .NetworkSettings.Networks}}{{.IPAddress}} {{end}}";
  const [address] = (await shell("docker", ["inspect", "--format", format, container!])).trim().split(" ");
  const url = new URL((await secret("nats-url")).trim());
  url.hostname = address!;
  return url.href;
}
