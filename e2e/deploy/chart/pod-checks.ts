// What must hold of every pod of a rendered chart. Each check gives its faults as sentences; none means that it holds.
import { isDeepStrictEqual } from "node:util";
import { ConfigFault, settings } from "@guanxi/kit/env";
import { listSettings } from "@guanxi/kit/settings-list";
import { type Manifest, ofKind, type Pod, podsOf, type Spec } from "./manifests.ts";
import type { Schemas } from "./services.ts";

/** What a check knows besides the manifests. */
export interface Known {
  readonly appVersion: string;
  /** The Secrets that the values name. */
  readonly secrets: ReadonlySet<string>;
  readonly schemas: Schemas;
}

export type Check = (all: readonly Manifest[], known: Known) => string[];

const NODES_OWN = ["NODE_EXTRA_CA_CERTS", "OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_SERVICE_NAME"];

const ofPods =
  (check: (pod: Pod, known: Known, all: readonly Manifest[]) => (string | false | undefined)[]): Check =>
  (all, known) =>
    podsOf(all).flatMap((pod) =>
      check(pod, known, all)
        .filter((fault) => typeof fault === "string")
        .map((fault) => `${pod.of}: ${fault}`),
    );

export const eachNameOnce = ofPods(({ container }) => {
  const names = container.env.map(({ name }) => name);
  return names.filter((name, at) => names.indexOf(name) !== at).map((name) => `${name} is set twice`);
});

export const imagesPinned = ofPods(({ container: { image } }, { appVersion }) => {
  const [, tag, digest] = /(?::([^:/@]+))?(?:@(sha256:[0-9a-f]{64}))?$/.exec(image)!;
  if (digest) return [];
  return [
    tag !== appVersion && `${image} is not of release ${appVersion}`,
    image.endsWith(":latest") && `${image} is whatever was pushed last`,
  ];
});

export const apartFromNode = ofPods(({ spec }) => [
  spec.volumes.some((volume: Spec) => volume.hostPath) && "mounts a path of the node",
  (spec.hostNetwork || spec.hostPID || spec.hostIPC) && "shares what is the node's",
]);

/** The profile `restricted` of Pod Security, and a root that nobody can write to. */
export const fenced = ofPods(({ spec: { securityContext: whole }, container: { securityContext: own } }) => [
  whole.runAsNonRoot !== true && "may run as root",
  whole.runAsUser !== 10_001 && "does not run as the image's user",
  whole.seccompProfile.type !== "RuntimeDefault" && "has no seccomp profile",
  own.allowPrivilegeEscalation !== false && "may get more rights than it has",
  own.readOnlyRootFilesystem !== true && "may write to its image",
  !isDeepStrictEqual(own.capabilities, { drop: ["ALL"] }) && "has capabilities",
]);

export const accountsWithoutRights = ofPods(({ spec }, _, all) => {
  const account = ofKind(all, "ServiceAccount").find(
    ({ metadata }) => metadata.name === spec.serviceAccountName,
  );
  return [
    !account && `has no account ${spec.serviceAccountName}`,
    account?.automountServiceAccountToken !== false && "its account mounts a token of the cluster",
    spec.automountServiceAccountToken !== false && "mounts a token of the cluster",
  ];
});

const listed = (schemas: Schemas, component: string) => {
  const schema = schemas.get(component);
  if (!schema) throw new Error(`nobody knows the settings of ${component}`);
  return listSettings(schema);
};

/** A name that no schema has does nothing, and is usually one that was meant to do something. */
export const settingsKnown = ofPods(({ component, container }, { schemas }) => {
  const known = new Set(
    listed(schemas, component)
      .flatMap(({ name }) => [name, `${name}_FILE`])
      .concat(NODES_OWN),
  );
  return container.env.map(({ name }) => !known.has(name) && `${name} is no setting of ${component}`);
});

/** What stands in the Secrets and files that somebody else makes. */
const SAMPLES: Readonly<Record<string, string>> = {
  DATABASE_URL: "postgres://customer_app:x@db/guanxi",
  DATABASE_RELAY_URL: "postgres://customer_relay:x@db/guanxi",
  DATABASE_MIGRATE_URL: "postgres://customer_owner:x@db/guanxi",
  DATABASE_ADMIN_URL: "postgres://postgres:x@db/guanxi",
  NATS_URL: "nats://customer:x@nats:4222",
  OIDC_KEYS_FILE: '{"keys":[]}',
  SERVICE_KEYS_FILE: '{"keys":[]}',
};

/** Would start: the program's own schema takes what it is told. */
export const settingsTaken = ofPods(({ component, container }, { schemas }) => {
  const told = container.env.map(({ name, value = SAMPLES[name] ?? "" }) =>
    name in SAMPLES ? [name.replace(/_FILE$/, ""), SAMPLES[name]] : [name, value],
  );
  try {
    settings(schemas.get(component)!, Object.fromEntries(told) as Record<string, string>);
    return [];
  } catch (error) {
    return error instanceof ConfigFault ? error.faults : [(error as Error).message];
  }
});

export const secretsApart = ofPods(({ component, container }, { schemas, secrets }) => {
  const isSecret = new Set(
    listed(schemas, component)
      .filter(({ secret }) => secret)
      .map(({ name }) => name),
  );
  return container.env.flatMap(({ name, value, valueFrom }) => [
    isSecret.has(name) && !valueFrom && `${name} does not come from a Secret`,
    value && /:\/\/[^/]*:[^/]*@/.test(value) && `${name} shows a password`,
    valueFrom &&
      !secrets.has(valueFrom.secretKeyRef.name) &&
      `${name} comes from ${valueFrom.secretKeyRef.name}, which the values do not name`,
  ]);
});

/** A file that a setting names must be in a volume that is there. */
export const filesMounted = ofPods(({ spec, container }) => {
  const volumes = new Set(spec.volumes.map(({ name }: { name: string }) => name));
  const places = container.volumeMounts.map(({ mountPath }) => mountPath);
  const files = container.env.filter(({ value }) => /^\/(var\/run|etc)\//.test(value ?? ""));
  return [
    ...container.volumeMounts.map(({ name }) => !volumes.has(name) && `there is no volume ${name}`),
    ...files.map(
      ({ name, value }) => !places.some((place) => value!.startsWith(`${place}/`)) && `${name}: not mounted`,
    ),
  ];
});

/** Identity takes the very tokens that the pods carry, and knows every account that shows one. */
export const tokensFit: Check = (all) => {
  const pods = podsOf(all).filter(({ of }) => of.startsWith("Deployment"));
  const identity = pods.find(({ component }) => component === "identity");
  const told = (name: string) => identity?.container.env.find((each) => each.name === name)?.value ?? "";
  const carrying = pods.filter(({ container }) =>
    container.env.some(({ name }) => name === "IDENTITY_TOKEN_FILE"),
  );
  return carrying.flatMap(({ of, component, spec }) => {
    const sources = spec.volumes.flatMap((volume: Spec) => volume.projected?.sources ?? []);
    const audiences = sources.map((source: Spec) => source.serviceAccountToken?.audience);
    const subject = `:${spec.serviceAccountName}=${component}`;
    return [
      ...(audiences.includes(told("SERVICE_AUDIENCE")) ? [] : [`${of}: its token is for somebody else`]),
      ...(told("SERVICE_SUBJECTS")
        .split(",")
        .some((each) => each.endsWith(subject))
        ? []
        : [`${of}: identity does not know its account`]),
    ];
  });
};

/** The kubelet waits longer than the process needs: it drains, and is done 25 seconds later whatever happens. */
export const timeToStop = ofPods(({ of, spec, container }) => {
  if (of.startsWith("Job")) return [];
  const drain = Number(container.env.find(({ name }) => name === "DRAIN_SECONDS")?.value);
  return [!(drain + 25 < spec.terminationGracePeriodSeconds) && "is killed before it is done"];
});
