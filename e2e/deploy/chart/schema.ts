// Whether a cluster would take a manifest, by the schemas of Kubernetes and of the operators that the chart knows.
import { HTTPRoute } from "@kubernetes-models/gateway-api/gateway.networking.k8s.io/v1/HTTPRoute";
import { ScaledObject } from "@kubernetes-models/keda/keda.sh/v1alpha1/ScaledObject";
import { PrometheusRule } from "@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/PrometheusRule";
import { ServiceMonitor } from "@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/ServiceMonitor";
import { Deployment } from "kubernetes-models/apps/v1/Deployment";
import { HorizontalPodAutoscaler } from "kubernetes-models/autoscaling/v2/HorizontalPodAutoscaler";
import { Job } from "kubernetes-models/batch/v1/Job";
import { Ingress } from "kubernetes-models/networking.k8s.io/v1/Ingress";
import { NetworkPolicy } from "kubernetes-models/networking.k8s.io/v1/NetworkPolicy";
import { PodDisruptionBudget } from "kubernetes-models/policy/v1/PodDisruptionBudget";
import { Service } from "kubernetes-models/v1/Service";
import { ServiceAccount } from "kubernetes-models/v1/ServiceAccount";
import { type Manifest, titled } from "./manifests.ts";

interface Model {
  readonly prototype: { validate(): void };
  readonly apiVersion: string;
  readonly kind: string;
}

const MODELS: readonly Model[] = [
  Deployment,
  HorizontalPodAutoscaler,
  HTTPRoute,
  Ingress,
  Job,
  NetworkPolicy,
  PodDisruptionBudget,
  PrometheusRule,
  ScaledObject,
  Service,
  ServiceAccount,
  ServiceMonitor,
];

export function schemaFaults(all: readonly Manifest[]): string[] {
  return all.flatMap((each) => faultsOf(each).map((fault) => `${titled(each)}: ${fault}`));
}

function faultsOf(manifest: Manifest): string[] {
  const { apiVersion, kind } = manifest;
  const known = MODELS.find((model) => model.kind === kind && model.apiVersion === apiVersion);
  if (!known) return [`no schema is known for ${apiVersion}`];
  const asked = new Map<object, Set<PropertyKey>>();
  try {
    known.prototype.validate.call(watched(manifest, asked)); // a new one would be a copy
  } catch (error) {
    return [(error as Error).message];
  }
  return unasked(manifest, asked, "");
}

/**
 * The schemas let unknown fields pass. But their validators are compiled, and look at each field that they know; so what
 * nobody has looked at is unknown.
 */
function watched(value: object, asked: Map<object, Set<PropertyKey>>): object {
  const seen = new Set<PropertyKey>();
  asked.set(value, seen);
  const inside = new Map<PropertyKey, object>();
  return new Proxy(value, {
    get(target, key) {
      seen.add(key);
      const found: unknown = Reflect.get(target, key);
      if (typeof found !== "object" || found === null) return found;
      if (!inside.has(key)) inside.set(key, watched(found, asked));
      return inside.get(key);
    },
  });
}

function unasked(value: unknown, asked: Map<object, Set<PropertyKey>>, path: string): string[] {
  if (typeof value !== "object" || value === null) return [];
  const seen = asked.get(value);
  return Object.entries(value).flatMap(([key, inner]) => {
    const here = `${path}/${key}`;
    return seen?.has(key) ? unasked(inner, asked, here) : [`${here} is no field that Kubernetes knows`];
  });
}
