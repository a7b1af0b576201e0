import { Server, ServerCredentials } from "@grpc/grpc-js";
import type { AnyDefinition } from "@grpc/proto-loader";
import { ReflectionService } from "@grpc/reflection";
import { HealthImplementation } from "grpc-health-check";
import { batchService } from "./batch.ts";
import { contractFiles } from "./contract.ts";
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
  addReflection(server, edges);
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

/** Made for whoever asks first: it costs a third of what a service's start does, and hardly any process is ever asked. */
function addReflection(server: Server, edges: readonly Edge[]): void {
  let made: Added[] | undefined;
  for (const [place, { definition }] of addedBy(new ReflectionService({})).entries())
    server.addService(definition, {
      ServerReflectionInfo: (call: unknown) => {
        made ??= addedBy(reflection(edges));
        return (made[place]!.implementation.ServerReflectionInfo as (call: unknown) => void)(call);
      },
    });
}

type Edge = Pick<Service, "definition">;
type Added = Pick<ReturnType<typeof edge>, "definition" | "implementation">;

/** One for each version of the protocol. */
function addedBy(service: ReflectionService): Added[] {
  const added: Added[] = [];
  service.addToServer({
    addService: (definition, implementation) => added.push({ definition, implementation }),
  });
  return added;
}

/**
 * What is served here. The library takes each file of the contract from a message of proto-loader, which would make every
 * message of every service for it: these are the files alone.
 */
function reflection(edges: readonly Edge[]): ReflectionService {
  const files = { fileDescriptorProtos: contractFiles().map((file) => Buffer.from(file)) };
  const paths = edges.flatMap(({ definition }) => Object.values(definition).map(({ path }) => path));
  const services = [...new Set(paths.map((path) => path.split("/")[1]!))];
  // Of a definition it reads nothing but these files, which its type does not say.
  return new ReflectionService({ contract: files as unknown as AnyDefinition }, { services });
}
