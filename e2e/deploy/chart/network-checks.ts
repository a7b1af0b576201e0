// What a rendered chart's network policies let through, worked out as a cluster does.
import {
  type Labels,
  type Manifest,
  ofKind,
  type Pod,
  podsOf,
  selects,
  type Spec,
  titled,
} from "./manifests.ts";
import type { Check } from "./pod-checks.ts";

type Direction = "ingress" | "egress";

/** Nobody speaks to a pod, nor it to anybody, unless a policy says so. */
export const closed: Check = (all) =>
  podsOf(all).flatMap(({ of, labels }) => {
    const policies = ofKind(all, "NetworkPolicy").filter(({ spec }) => selects(spec.podSelector, labels));
    const types = new Set(policies.flatMap(({ spec }) => spec.policyTypes as string[]));
    return ["Ingress", "Egress"].filter((type) => !types.has(type)).map((type) => `${of}: ${type} is open`);
  });

/** Pods of other programs in the namespace are not this chart's to fence. */
export const oursOnly: Check = (all) =>
  ofKind(all, "NetworkPolicy")
    .filter(({ spec }) => !spec.podSelector.matchLabels?.["app.kubernetes.io/instance"])
    .map((each) => `${titled(each)} selects pods of others`);

/** Each service of the release that a pod is told of, it may call, and is let in there. */
export const callsAllowed: Check = (all) =>
  podsOf(all).flatMap((pod) =>
    calls(all, pod).flatMap(({ to, port }) => [
      ...(lets(all, "egress", pod.labels, to, port) ? [] : [`${pod.of} may not call ${to.of} at ${port}`]),
      ...(lets(all, "ingress", to.labels, pod, port) ? [] : [`${to.of} lets ${pod.of} not in at ${port}`]),
    ]),
  );

/** What nobody is told of, nobody may call: the gateway has no business at a management port. */
export const nothingElseAllowed: Check = (all) => {
  const pods = podsOf(all).filter(({ of }) => of.startsWith("Deployment"));
  return pods.flatMap((from) => {
    const told = new Set(calls(all, from).map(({ to, port }) => `${to.of} ${port}`));
    return pods.flatMap((to) =>
      portsOf(to)
        .filter((port) => !told.has(`${to.of} ${port}`) && lets(all, "ingress", to.labels, from, port))
        .filter((port) => !["gateway", "console"].includes(to.component) || port !== 8080) // the world's way in
        .filter((port) => to.component !== "identity" || port !== 9000) // its keys are public
        .map((port) => `${to.of} lets ${from.of} in at ${port}, which it is not told of`),
    );
  });
};

const portsOf = ({ container }: Pod) => (container.ports ?? []).map(({ containerPort }) => containerPort);

interface Call {
  readonly to: Pod;
  readonly port: number;
}

/** Addresses among the settings, as in dns:///guanxi-sales:50051, that are Services of this release. */
function calls(all: readonly Manifest[], pod: Pod): Call[] {
  const places = pod.container.env.map(({ value = "" }) => /\/\/\/?([a-z0-9-]+):(\d+)/.exec(value));
  return places.flatMap((place) => {
    const service = ofKind(all, "Service").find(({ metadata }) => metadata.name === place?.[1]);
    const to = podsOf(all).find(
      ({ labels }) => service && selects({ matchLabels: service.spec.selector }, labels),
    );
    return to ? [{ to, port: Number(place![2]) }] : [];
  });
}

function lets(all: readonly Manifest[], way: Direction, at: Labels, other: Pod, port: number): boolean {
  const policies = ofKind(all, "NetworkPolicy").filter(({ spec }) => selects(spec.podSelector, at));
  const called = way === "ingress" ? podsOf(all).find(({ labels }) => labels === at)! : other;
  const name = called.container.ports?.find(({ containerPort }) => containerPort === port)?.name;
  return policies
    .flatMap(({ spec }) => (spec[way] ?? []) as Spec[])
    .some(
      (rule) => hasPort(rule, port, name) && hasPeer(rule[way === "ingress" ? "from" : "to"], other.labels),
    );
}

const hasPort = ({ ports }: Spec, port: number, name?: string) =>
  !ports || ports.some((each: Spec) => each.port === port || each.port === name);

/** A peer in another namespace is none of this release. */
const hasPeer = (peers: Spec[] | undefined, labels: Labels) =>
  !peers ||
  peers.some((peer) => peer.podSelector && !peer.namespaceSelector && selects(peer.podSelector, labels));
