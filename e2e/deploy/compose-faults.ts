// What must hold of a compose file, as sentences about where it does not.

export interface ComposeService {
  readonly image?: string;
  readonly build?: { readonly args?: Record<string, string> };
  readonly command?: readonly string[];
  readonly environment?: Record<string, unknown>;
  readonly volumes?: readonly string[];
  readonly ports?: readonly string[];
  readonly networks?: readonly string[];
  readonly depends_on?: Record<string, { readonly condition: string }>;
  readonly healthcheck?: { readonly test?: unknown; readonly disable?: boolean };
  readonly profiles?: readonly string[];
  readonly [other: string]: unknown;
}

export interface Compose {
  readonly services: Record<string, ComposeService>;
  readonly networks: Record<string, { readonly internal?: boolean }>;
}

/** A folder of services/, and whether it has a database. */
export interface Folder {
  readonly name: string;
  readonly migrates: boolean;
}

// Compose pulls before it builds. A name of Docker Hub may become somebody else's; on localhost there is nothing to pull.
const UNCLAIMED = "localhost/guanxi";

/** Which image it is where nothing is set. */
const imageOf = ({ image = "" }: ComposeService) => image.replace(/\$\{\w+:-([^}]*)\}/g, "$1");
const isOurs = (service: ComposeService) => imageOf(service).startsWith(`${UNCLAIMED}/`);
const isOneShot = ({ restart }: ComposeService) => restart === "no";
const mounts = ({ volumes = [] }: ComposeService) => volumes.map((volume) => volume.split(":")[0]!);
const waitsFor = ({ depends_on: on = {} }: ComposeService, name: string, condition: string) =>
  on[name]?.condition === condition;

// Built from nothing: there is no program in it that could ask.
const NO_HEALTH = new Set(["otel-collector"]);
const ENDS_AFTERWARDS = "service_completed_successfully";

export function faultsOf(compose: Compose, folders: readonly Folder[]): string[] {
  const each = Object.entries(compose.services);
  return [
    ...folders.flatMap((folder) => faultsOfFolder(compose, folder)),
    ...each.flatMap(([name, service]) =>
      [
        ...unsealed(service),
        ...unpinned(service),
        ...unwatched(name, service, compose),
        ...exposed(name, service),
        ...tooOpen(name, service, compose),
        ...tellsSecrets(service),
      ].map((fault) => `${name}: ${fault}`),
    ),
  ];
}

type Demand = readonly [good: boolean, fault: string];

const unmet = (...demands: readonly Demand[]) => demands.filter(([good]) => !good).map(([, fault]) => fault);

function faultsOfFolder({ services }: Compose, { name, migrates }: Folder): string[] {
  const service = services[name];
  const faults = service
    ? [...misbuilt(name, service), ...(migrates ? apart(name, service, services) : [])]
    : [`services/${name} has no container`];
  return faults.map((fault) => `${name}: ${fault}`);
}

const upper = (name: string) => name.toUpperCase().replaceAll("-", "_");

const misbuilt = (name: string, { image = "", build }: ComposeService) =>
  unmet(
    [image.includes(`/${name}:\${${upper(name)}_VERSION:-`), `its version is not ${upper(name)}_VERSION`],
    [imageOf({ image }).startsWith(`${UNCLAIMED}/`), "its image may be anybody's where no registry is named"],
    [build?.args?.["SERVICE"] === name, "it cannot be built"],
  );

/** What the others must know of a service. */
function apart(name: string, service: ComposeService, services: Compose["services"]): string[] {
  const { [`${name}-migrate`]: migrate = {}, setup = {}, gateway = {} } = services;
  return unmet(
    [migrate.image === service.image && migrate.command?.[0] === "migrate", "nothing migrates it"],
    [waitsFor(service, `${name}-migrate`, ENDS_AFTERWARDS), "it does not wait for its migration"],
    [mounts(setup).includes(`${name}-secrets`), "setup gives it no secrets"],
    [mounts(setup).includes(`${name}-migrate-secrets`), "setup gives its migration no secrets"],
    [`${upper(name)}_GRPC_URL` in (gateway.environment ?? {}), "the gateway does not find it"],
    [subjects(services).includes(`service:${name}=${name}`), "identity would not know it"],
  );
}

const subjects = (services: Compose["services"]) =>
  String(services["identity"]?.environment?.["SERVICE_SUBJECTS"]).split(",");

const FORBIDDEN = ["privileged", "container_name", "devices", "pid", "ipc"];
const LIMITS = ["mem_limit", "pids_limit", "logging"];

const unsealed = (service: ComposeService) =>
  unmet(
    [service["read_only"] === true, "its root can be written"],
    [String(service["cap_drop"]) === "ALL", "it has root's powers"],
    [String(service["security_opt"]) === "no-new-privileges:true", "it may become somebody else"],
    ...LIMITS.map((limit): Demand => [Boolean(service[limit]), `it has no ${limit}`]),
    ...FORBIDDEN.map((key): Demand => [!(key in service), `it has ${key}`]),
  );

/** A tag that names a release; of ours, the one of its variable. */
function unpinned(service: ComposeService): string[] {
  const [, tag = ""] = /:([^:/]+)$/.exec(imageOf(service)) ?? [];
  return /\d+\.\d+|^\d+-/.test(tag) ? [] : [`its image ${imageOf(service)} names no release`];
}

function unwatched(name: string, service: ComposeService, { services }: Compose): string[] {
  if (service.profiles?.includes("tools")) return [];
  if (!isOneShot(service))
    return unmet(
      [isHealthAsked(service) || NO_HEALTH.has(name), "nobody asks for its health"],
      [service["restart"] === "unless-stopped", "it would stay down"],
      [Boolean(service["stop_grace_period"]), "it has no time to end"],
    );
  // What ends counts as a failure for `up --wait`, unless another waits for just this.
  const awaited = Object.values(services).some((each) => waitsFor(each, name, ENDS_AFTERWARDS));
  return unmet([awaited, "nobody waits for it, so `up --wait` would fail"]);
}

/** Images of ours say themselves how. */
const isHealthAsked = (service: ComposeService) =>
  service.healthcheck !== undefined &&
  !service.healthcheck.disable &&
  (isOurs(service) || service.healthcheck.test !== undefined);

function exposed(name: string, { ports = [], profiles = [] }: ComposeService): string[] {
  if (name === "edge") return ports.length === 1 ? [] : ["it is not the one door"];
  const forThisMachine = profiles.length > 0 && ports.every((port) => port.startsWith("127.0.0.1:"));
  return ports.length === 0 || forThisMachine ? [] : ["it is open to the world, beside the edge"];
}

const GROUND = new Set(["postgres", "nats"]);
const OPENS_ALL = "secrets";

function tooOpen(name: string, service: ComposeService, { networks }: Compose): string[] {
  const joined = service.networks ?? [];
  const isTool = name === "setup" || name === "cli";
  const ownersOf = mounts(service).filter((volume) => volume.endsWith("-secrets"));
  const foreign = ownersOf.filter(
    (volume) => name !== "setup" && !name.startsWith(volume.slice(0, -"-secrets".length)),
  );
  return [
    ...unmet(
      [
        !GROUND.has(name) || joined.every((network) => networks[network]?.internal),
        "there is a way to it from outside",
      ],
      [isTool || !mounts(service).includes(OPENS_ALL), "it sees all secrets"],
    ),
    ...foreign.map((volume) => `it sees ${volume}`),
  ];
}

const OPENS = /(SECRET|PASSWORD|TOKEN|PRIVATE_KEY|DATABASE_\w*URL|NATS_URL)$/;

/** By a file, or by a variable without a default. */
function tellsSecrets({ environment = {} }: ComposeService): string[] {
  return Object.entries(environment)
    .filter(
      ([name, value]) =>
        (OPENS.test(name) && !/^\$\{\w+:\?/.test(String(value))) || /:\/\/\w+:[^@/]+@/.test(String(value)),
    )
    .map(([name]) => `${name} stands there for all to read`);
}
