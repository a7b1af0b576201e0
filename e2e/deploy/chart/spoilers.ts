// One thing made wrong in a rendered chart, for each check to find: a check that finds nothing in these would find nothing anywhere.
import { type Manifest, ofKind, type Spec } from "./manifests.ts";

export interface Spoiler {
  readonly check: string;
  readonly what: string;
  readonly example: string;
  spoil(all: Manifest[]): void;
}

const by = (
  check: string,
  what: string,
  spoil: (all: Manifest[]) => void,
  example = "production",
): Spoiler => ({
  check,
  what,
  example,
  spoil,
});

const named = (all: Manifest[], kind: string, name = "guanxi-customer"): Manifest =>
  ofKind(all, kind).find(({ metadata }) => metadata.name.startsWith(name))!;
const pod = (all: Manifest[], name?: string): Spec => named(all, "Deployment", name).spec.template.spec;
const container = (all: Manifest[], name?: string): Spec => pod(all, name).containers[0];
const setting = (all: Manifest[], wanted: string): Spec =>
  container(all).env.find(({ name }: { name: string }) => name === wanted);
const without = (list: unknown[], at: number) => void list.splice(at, 1);

export const spoilers: readonly Spoiler[] = [
  by("schemaFaults", "a field that is unknown", (all) => void (container(all).imagePullPolice = "Always")),
  by(
    "schemaFaults",
    "an unknown field in a list",
    (all) => void (named(all, "Service").spec.ports[0].prot = 1),
  ),
  by(
    "schemaFaults",
    "a text for a number",
    (all) => void (named(all, "PodDisruptionBudget").spec.maxUnavailable = {}),
  ),
  by("schemaFaults", "a field that is missing", (all) => void delete named(all, "Deployment").spec.selector),
  by("schemaFaults", "a kind that nobody knows", (all) => void (named(all, "Service").kind = "Servise")),
  by(
    "schemaFaults",
    "an unknown field of KEDA",
    (all) => void (named(all, "ScaledObject").spec.minReplicas = 1),
    "keda",
  ),
  by(
    "schemaFaults",
    "an unknown field of a route",
    (all) => void (named(all, "HTTPRoute", "").spec.hosts = []),
    "keda",
  ),
  by(
    "schemaFaults",
    "an unknown field of a monitor",
    (all) => void (named(all, "ServiceMonitor", "").spec.port = "x"),
  ),
  by(
    "eachNameOnce",
    "a name that is set twice",
    (all) => void container(all).env.push({ name: "HOST", value: "::" }),
  ),
  by(
    "imagesPinned",
    "latest",
    (all) => void (container(all).image = "registry.example.com/guanxi/customer:latest"),
  ),
  by(
    "imagesPinned",
    "no tag",
    (all) => void (container(all).image = "registry.example.com:5000/guanxi/customer"),
  ),
  by("imagesPinned", "another release", (all) => void (container(all).image = "guanxi/customer:0.1.0")),
  by(
    "apartFromNode",
    "a path of the node",
    (all) => void pod(all).volumes.push({ name: "x", hostPath: { path: "/" } }),
  ),
  by("apartFromNode", "the node's network", (all) => void (pod(all).hostNetwork = true)),
  by("fenced", "root", (all) => void (pod(all).securityContext.runAsNonRoot = false)),
  by("fenced", "an image that can be written", (all) => {
    container(all).securityContext.readOnlyRootFilesystem = false;
  }),
  by("fenced", "capabilities", (all) => void (container(all).securityContext.capabilities = {})),
  by("fenced", "no seccomp", (all) => void (pod(all).securityContext.seccompProfile.type = "Unconfined")),
  by(
    "accountsWithoutRights",
    "a mounted token",
    (all) => void (pod(all).automountServiceAccountToken = true),
  ),
  by("accountsWithoutRights", "no account", (all) => void (pod(all).serviceAccountName = "default")),
  by(
    "settingsKnown",
    "a misspelt setting",
    (all) => void (setting(all, "NATS_STREAM").name = "NATS_STREAMS"),
  ),
  by("settingsTaken", "a required setting that is missing", (all) => {
    const { env } = container(all);
    without(env, env.indexOf(setting(all, "DATABASE_RELAY_URL")));
  }),
  by("settingsTaken", "an area that the gateway is not told of", (all) => {
    const { env } = container(all, "guanxi-gateway");
    without(
      env,
      env.findIndex(({ name }: { name: string }) => name === "SALES_GRPC_URL"),
    );
  }),
  by("settingsTaken", "a value that is none", (all) => void (setting(all, "NATS_REPLICAS").value = "many")),
  by("secretsApart", "a secret in the open", (all) => {
    Object.assign(setting(all, "NATS_URL"), { value: "nats://nats:4222", valueFrom: undefined });
  }),
  by("secretsApart", "a password in the open", (all) => {
    setting(all, "TOKEN_KEYS_URL").value = "http://me:secret@identity:9000/keys";
  }),
  by("secretsApart", "a Secret that nobody has named", (all) => {
    setting(all, "NATS_URL").valueFrom.secretKeyRef.name = "other";
  }),
  by(
    "filesMounted",
    "a file that is nowhere",
    (all) => void (setting(all, "IDENTITY_TOKEN_FILE").value = "/etc/x/y"),
  ),
  by("filesMounted", "a mount without a volume", (all) => void (pod(all).volumes = [])),
  by("tokensFit", "a token for somebody else", (all) => {
    const token = pod(all).volumes.find(({ name }: { name: string }) => name === "token");
    token.projected.sources[0].serviceAccountToken.audience = "vault";
  }),
  by(
    "tokensFit",
    "an account that identity does not know",
    (all) => void (pod(all).serviceAccountName = "guanxi-x"),
  ),
  by("timeToStop", "too little time", (all) => void (pod(all).terminationGracePeriodSeconds = 30)),
  by("namesUnique", "the same object twice", (all) => void all.push(named(all, "Service"))),
  by("namesUnique", "a hook", (all) => {
    named(all, "Job").metadata.annotations = { "helm.sh/hook": "pre-upgrade" };
  }),
  by("selectorsMatch", "a Service of nobody", (all) => {
    named(all, "Service").spec.selector["app.kubernetes.io/component"] = "customers";
  }),
  by("selectorsMatch", "a Service that takes in migrations", (all) => {
    delete named(all, "Service").spec.selector["app.kubernetes.io/component"];
  }),
  by("selectorsMatch", "a budget of nobody", (all) => {
    named(all, "PodDisruptionBudget").spec.selector.matchLabels["app.kubernetes.io/instance"] = "x";
  }),
  by("selectorsMatch", "a Deployment of others' pods", (all) => {
    named(all, "Deployment").spec.template.metadata.labels["app.kubernetes.io/component"] = "sales";
  }),
  by(
    "portsNamed",
    "a Service to no port",
    (all) => void (named(all, "Service").spec.ports[0].targetPort = "http2"),
  ),
  by(
    "portsNamed",
    "a probe at no port",
    (all) => void (container(all).readinessProbe.httpGet.port = "health"),
  ),
  by("portsNamed", "an Ingress to no port", (all) => {
    named(all, "Ingress", "").spec.rules[0].http.paths[0].backend.service.port = { name: "https" };
  }),
  by(
    "portsNamed",
    "a route to no port",
    (all) => {
      named(all, "HTTPRoute", "").spec.rules[0].backendRefs[0].port = 8081;
    },
    "keda",
  ),
  by(
    "scaledByOne",
    "replicas beside an autoscaler",
    (all) => void (named(all, "Deployment").spec.replicas = 3),
  ),
  by("scaledByOne", "neither", (all) => void delete named(all, "Deployment").spec.replicas, "minimal"),
  by(
    "scaledByOne",
    "two autoscalers",
    (all) => void all.push(structuredClone(named(all, "ScaledObject"))),
    "keda",
  ),
  by("scaledByOne", "an autoscaler of nothing", (all) => {
    named(all, "HorizontalPodAutoscaler").spec.scaleTargetRef.name = "guanxi-customers";
  }),
  by("sparedOnlyOfTwo", "a budget for one", (all) => {
    named(all, "HorizontalPodAutoscaler").spec.minReplicas = 1;
  }),
  by("sparedOnlyOfTwo", "no budget for three", (all) => {
    without(all, all.indexOf(named(all, "PodDisruptionBudget")));
  }),
  by("rollsWithoutGap", "a gap", (all) => {
    named(all, "Deployment").spec.strategy.rollingUpdate.maxUnavailable = 1;
  }),
  by("migrated", "nobody who migrates", (all) => without(all, all.indexOf(named(all, "Job")))),
  by("migrated", "a migration by another image", (all) => {
    named(all, "Job").spec.template.spec.containers[0].image = "guanxi/customer:0.1.0";
  }),
  by("migrated", "a Job that does not say its release", (all) => {
    named(all, "Job").metadata.name = "guanxi-customer-migrate";
  }),
  by("closed", "a pod outside of every policy", (all) => {
    named(all, "Job").spec.template.metadata.labels = {};
  }),
  by("closed", "an open way out", (all) => {
    for (const { spec } of ofKind(all, "NetworkPolicy")) spec.policyTypes = ["Ingress"];
  }),
  by("oursOnly", "a policy for the whole namespace", (all) => {
    named(all, "NetworkPolicy", "guanxi").spec.podSelector = {};
  }),
  by("callsAllowed", "a caller that may not call", (all) => {
    named(all, "NetworkPolicy", "guanxi-gateway").spec.egress = [];
  }),
  by(
    "callsAllowed",
    "a service that lets nobody in",
    (all) => void delete named(all, "NetworkPolicy").spec.ingress,
  ),
  by("nothingElseAllowed", "a service that lets everybody in", (all) => {
    named(all, "NetworkPolicy").spec.ingress = [{}];
  }),
];
