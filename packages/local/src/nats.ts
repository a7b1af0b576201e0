import { once } from "node:events";
import { connect } from "node:net";
import { Advice } from "./advice.ts";
import { atLeast, findNats, refuseOld } from "./nats-binary.ts";
import type { Program } from "./program.ts";

type Say = (line: string) => void;

export type NatsOptions = { store: string; port: number; say?: Say };

/** A nats-server of our own, its streams kept from start to start. */
export function nats({ store, port, say = () => {} }: NatsOptions): { url: string; program: Program } {
  const url = `nats://127.0.0.1:${port}`;
  const program: Program = {
    name: "nats",
    address: `127.0.0.1:${port}`,
    stop: "TERM",
    begin: async () => {
      const { binary, version, from } = await findNats(say);
      say(introduce(version, from));
      return { command: [binary, "-js", "-sd", store, "-a", "127.0.0.1", "-p", String(port)] };
    },
    ask: () => greeting(url),
    quiet: true,
  };
  return { url, program };
}

/** The one that NATS_URL names is not ours to start or stop; it is only looked at. */
export async function checkForeignNats(url: string, say: Say): Promise<void> {
  const { version } = await greeting(url).catch((error: Error) => {
    throw new Advice(`NATS_URL is ${url}, but: ${error.message}`);
  });
  say(introduce(version, "NATS_URL"));
}

function introduce(version: string, from: string): string {
  const limits = atLeast(version, "2.10.0")
    ? ""
    : ". Below 2.10: a machine that loses power may lose acknowledged messages; they are healed from event_log";
  return `NATS ${version}, from ${from}${limits}.`;
}

// A NATS server speaks first: one line of JSON about itself.
async function greeting(url: string): Promise<{ version: string }> {
  const { hostname, port } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port || 4222), timeout: 2000 });
  socket.on("timeout", () => socket.destroy(new Error("it does not answer")));
  try {
    const [bytes] = (await once(socket, "data")) as [Buffer];
    const info = JSON.parse(bytes.toString().replace(/^INFO /, "")) as {
      version: string;
      jetstream?: boolean;
    };
    refuseOld(info.version, url);
    if (!info.jetstream) throw new Error("its JetStream is not switched on");
    return info;
  } finally {
    socket.destroy();
  }
}
