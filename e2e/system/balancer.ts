// A balancer as simple as they come: whoever says that he is ready has his turn, and nothing is ever sent twice.
import { once } from "node:events";
import { Agent, createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as pause } from "node:timers/promises";

const LOOK_MS = 100;

interface Member {
  readonly port: number;
  readonly managementPort: number;
}

export async function startBalancer() {
  const agent = new Agent({ keepAlive: true });
  const members = new Set<Member>();
  let ready: readonly Member[] = [];
  let turn = 0;

  const server = createServer((req, res) => {
    const member = ready[turn++ % ready.length];
    if (!member) return res.writeHead(502).end("nobody is ready");
    const { method, url: path, headers } = req;
    const onward = request(
      { port: member.port, host: "127.0.0.1", method, path, headers, agent },
      (answer) => {
        const { connection: _connection, ...rest } = answer.headers; // between him and us
        res.writeHead(answer.statusCode!, rest);
        answer.pipe(res);
      },
    );
    onward.on("error", (error) => res.writeHead(502).end(error.message));
    req.pipe(onward);
  });

  async function look(): Promise<void> {
    const asked = [...members].map(async (member) => ((await isReady(member)) ? [member] : []));
    ready = (await Promise.all(asked)).flat();
  }
  await once(server.listen(0, "127.0.0.1"), "listening");
  const looking = setInterval(() => void look(), LOOK_MS);
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** Until it has its share. */
    async add(member: Member) {
      members.add(member);
      while (!ready.includes(member)) await pause(LOOK_MS);
    },
    stop() {
      clearInterval(looking);
      server.closeAllConnections();
      server.close();
      agent.destroy();
    },
  };
}

const isReady = ({ managementPort }: Member) =>
  fetch(`http://127.0.0.1:${managementPort}/health/ready`).then(
    async ({ ok, body }) => {
      await body?.cancel();
      return ok;
    },
    () => false,
  );
