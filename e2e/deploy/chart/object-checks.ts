// What must hold between the objects of a rendered chart: who selects whom, by which port, and how many there are.
import { type Manifest, ofKind, podsOf, selects, type Spec, titled } from "./manifests.ts";
import type { Check } from "./pod-checks.ts";

export const namesUnique: Check = (all) => {
  const titles = all.map(titled);
  return [
    ...titles.filter((title, at) => titles.indexOf(title) !== at).map((title) => `${title} is there twice`),
    ...all.filter(({ metadata }) => metadata.name.length > 63).map((each) => `${titled(each)} is too long`),
    ...ofKind(all, "Secret").map((each) => `${titled(each)}: the chart makes no Secret`),
    ...all
      .filter(({ metadata }) => metadata.annotations?.["helm.sh/hook"])
      .map((each) => `${titled(each)} is a hook`),
  ];
};

const ONE_DEPLOYMENT = ["Service", "PodDisruptionBudget"];

export const selectorsMatch: Check = (all) => {
  const pods = podsOf(all);
  const own = ofKind(all, "Deployment").filter(
    ({ spec }) => !selects(spec.selector, spec.template.metadata.labels),
  );
  const takers = all.filter(({ kind }) => ONE_DEPLOYMENT.includes(kind));
  return [
    ...own.map((each) => `${titled(each)} does not select its own pods`),
    ...takers.flatMap((each) => {
      const selector = each.kind === "Service" ? { matchLabels: each.spec.selector } : each.spec.selector;
      const taken = pods.filter(({ labels }) => selects(selector, labels)).map(({ of }) => of);
      const wanted = `Deployment ${each.metadata.name}`;
      return taken.join() === wanted ? [] : [`${titled(each)} selects ${taken.join(", ") || "nobody"}`];
    }),
  ];
};

export const portsNamed: Check = (all) => {
  const pods = podsOf(all);
  const named = ({ ports }: Spec, name: string) => (ports ?? []).some((port: Spec) => port.name === name);
  return [
    ...pods.flatMap(({ of, container }) =>
      ["startupProbe", "livenessProbe", "readinessProbe"]
        .filter(
          (probe) =>
            of.startsWith("Deployment") && !named(container, (container as Spec)[probe]?.httpGet.port),
        )
        .map((probe) => `${of}: its ${probe} asks at no port`),
    ),
    ...ofKind(all, "Service").flatMap((service) =>
      service.spec.ports
        .filter(
          ({ targetPort }: Spec) =>
            !pods.some(
              ({ labels, container }) =>
                selects({ matchLabels: service.spec.selector }, labels) && named(container, targetPort),
            ),
        )
        .map(({ targetPort }: Spec) => `${titled(service)}: no container has the port ${targetPort}`),
    ),
    ...waysIn(all).flatMap(({ of, service, port }) => {
      const found = ofKind(all, "Service").find(({ metadata }) => metadata.name === service);
      const has = found?.spec.ports.some((each: Spec) => each.name === port || each.port === port);
      return has ? [] : [`${of} leads to no port of a Service`];
    }),
  ];
};

function waysIn(all: readonly Manifest[]): { of: string; service: string; port: string | number }[] {
  const ingresses = ofKind(all, "Ingress").flatMap((each) =>
    each.spec.rules.flatMap(({ http }: Spec) =>
      http.paths.map(({ backend: { service } }: Spec) => ({
        of: titled(each),
        service: service.name,
        port: service.port.name ?? service.port.number,
      })),
    ),
  );
  const routes = ofKind(all, "HTTPRoute").flatMap((each) =>
    each.spec.rules.flatMap(({ backendRefs }: Spec) =>
      backendRefs.map(({ name, port }: Spec) => ({ of: titled(each), service: name, port })),
    ),
  );
  return [...ingresses, ...routes];
}

const SCALERS = ["HorizontalPodAutoscaler", "ScaledObject"];

/** Helm and an autoscaler would take turns at setting `replicas`. */
export const scaledByOne: Check = (all) => {
  const scalers = all.filter(({ kind }) => SCALERS.includes(kind));
  return [
    ...ofKind(all, "Deployment").flatMap((each) => {
      const by = scalers.filter(({ spec }) => spec.scaleTargetRef.name === each.metadata.name);
      const replicas = each.spec.replicas as number | undefined;
      if (by.length > 1) return [`${titled(each)} is scaled by ${by.length}`];
      return (by.length === 1) === (replicas === undefined)
        ? []
        : [`${titled(each)}: replicas are ${replicas}`];
    }),
    ...scalers
      .filter(
        ({ spec }) =>
          !ofKind(all, "Deployment").some(({ metadata }) => metadata.name === spec.scaleTargetRef.name),
      )
      .map((each) => `${titled(each)} scales nothing`),
  ];
};

/** Of one replica none can be spared, so a budget would keep nodes from being emptied. */
export const sparedOnlyOfTwo: Check = (all) =>
  ofKind(all, "Deployment").flatMap((each) => {
    const { name } = each.metadata;
    const scaler = all.find(({ kind, spec }) => SCALERS.includes(kind) && spec.scaleTargetRef.name === name);
    const least = scaler?.spec.minReplicas ?? scaler?.spec.minReplicaCount ?? each.spec.replicas;
    const has = ofKind(all, "PodDisruptionBudget").some(({ metadata }) => metadata.name === name);
    return has === least >= 2
      ? []
      : [`${titled(each)} has ${least} and ${has ? "a" : "no"} disruption budget`];
  });

export const rollsWithoutGap: Check = (all) =>
  ofKind(all, "Deployment")
    .filter(
      ({ spec: { strategy } }) =>
        strategy.rollingUpdate?.maxUnavailable !== 0 || strategy.rollingUpdate.maxSurge !== 1,
    )
    .map((each) => `${titled(each)} takes one away before another is there`);

/** Every service that has a schema has a Job that brings it there, called after the release. */
export const migrated: Check = (all, { appVersion }) => [
  ...podsOf(all)
    .filter(
      ({ of, container }) =>
        of.startsWith("Deployment") && container.env.some(({ name }) => name === "DATABASE_URL"),
    )
    .filter(
      ({ component, container: { image } }) =>
        !podsOf(all).some(
          (job) =>
            job.component === `${component}-migrate` &&
            job.container.image === image &&
            job.container.args?.join() === "migrate",
        ),
    )
    .map(({ of }) => `${of}: nobody migrates with its image`),
  ...ofKind(all, "Job")
    .filter(({ metadata }) => !metadata.name.includes(`-migrate-${appVersion.replaceAll(".", "-")}-`))
    .map((each) => `${titled(each)} does not say its release`),
];
