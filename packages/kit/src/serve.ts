import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Server, ServerCredentials } from "@grpc/grpc-js";
import { loadFileDescriptorSetFromBuffer } from "@grpc/proto-loader";
import { ReflectionService } from "@grpc/reflection";
import { HealthImplementation } from "grpc-health-check";
import { batchService } from "./batch.ts";
import type { EdgeOptions, Service } from "./edge.ts";
import { edge } from "./edge.ts";

export interface Serving {
  readonly port: number;
  /** Tells balancers to go elsewhere, while calls are still answered. */
  draining(): void;
  /** Ends when the last call has its answer, or by force after the grace. */
  close(graceMs: number): Promise<void>;
}

const MOST_BYTES = 4 * 1024 * 1024;
/** A client that connects anew asks again who there is, so a replica that was added has its share after a minute. */
const OLDEST_MS = 60_000;

/** The gRPC server with health and reflection. */
export async function serve(
  services: readonly Service[],
  address: string,
  options: EdgeOptions,
): Promise<Serving> {
  const server = new Server({
    "grpc.max_receive_message_length": MOST_BYTES,
    "grpc.max_connection_age_ms": OLDEST_MS, // what is under way on an old one is finished, however long it takes
  });
  const edges = services.map((service) => edge(service, options));
  edges.push(edge(batchService(edges), options));
  for (const { definition, implementation } of edges) server.addService(definition, implementation);
  const health = new HealthImplementation({ "": "SERVING" });
  health.addToServer(server);
  reflection(edges).addToServer(server);
  const port = await new Promise<number>((resolve, reject) =>
    server.bindAsync(address, ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    ),
  );
  return {
    port,
    draining: () => health.setStatus("", "NOT_SERVING"),
    close: (graceMs) =>
      new Promise((resolve) => {
        const late = setTimeout(() => server.forceShutdown(), graceMs);
        server.tryShutdown(() => {
          clearTimeout(late);
          resolve();
        });
      }),
  };
}

/**
 * What is served here. Each message of the contract carries all of its files, and the library decodes them for each: given
 * every message, that took 250 MB of a process; one of them has it all.
 */
function reflection(edges: readonly Pick<Service, "definition">[]): ReflectionService {
  const contracts = fileURLToPath(import.meta.resolve("@guanxi/contract/contracts.binpb"));
  const all = Object.entries(loadFileDescriptorSetFromBuffer(readFileSync(contracts)));
  const [one] = all.filter(([, entry]) => "fileDescriptorProtos" in entry);
  const paths = edges.flatMap(({ definition }) => Object.values(definition).map(({ path }) => path));
  const services = [...new Set(paths.map((path) => path.split("/")[1]!))];
  return new ReflectionService(Object.fromEntries([one!]), { services });
}
