import { once } from "node:events";
import { createServer } from "node:net";
import { crc32 } from "node:zlib";
import { Advice } from "./advice.ts";

/**
 * The same folder gets the same ports at every start, as long as they are free. They lie below 32768: from
 * there on the system gives ports to outgoing connections, and one of those could take a program's port while
 * it restarts.
 */
export async function pickPorts<Name extends string>(
  folder: string,
  names: Name[],
): Promise<Record<Name, number>> {
  let next = 20_000 + (crc32(folder) % 100) * 100;
  const ports: Partial<Record<Name, number>> = {};
  for (const name of names) ports[name] = await givenPort(name);
  for (const name of names) {
    while (ports[name] === undefined) {
      const taken = Object.values(ports).includes(next) || !(await isFree(next));
      if (!taken) ports[name] = next;
      next++;
    }
  }
  return ports as Record<Name, number>;
}

async function givenPort(name: string): Promise<number | undefined> {
  const variable = `${name.toUpperCase().replaceAll("-", "_")}_PORT`;
  const given = process.env[variable];
  if (!given) return undefined;
  const port = Number(given);
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw new Advice(`${variable} must be a port, 1 to 65535, not ${given}.`);
  if (await isFree(port)) return port;
  throw new Advice(
    `Port ${given} (${variable}) is taken by another program: stop that one or give another port.`,
  );
}

export async function isFree(port: number): Promise<boolean> {
  const server = createServer().listen(port, "127.0.0.1");
  try {
    await once(server, "listening");
    return true;
  } catch {
    return false;
  } finally {
    server.close();
  }
}
