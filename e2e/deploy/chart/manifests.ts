// A rendered chart as objects, read loosely: whether they are what Kubernetes takes is for schema.ts to say.
import { parseAllDocuments } from "yaml";

export type Labels = Readonly<Record<string, string>>;

export interface Manifest {
  apiVersion: string;
  kind: string;
  metadata: { name: string; labels?: Labels; annotations?: Labels };
  spec: Spec;
  automountServiceAccountToken?: boolean;
}

/** Whatever is in there; a test asks for what it expects, and a missing part is a fault that it shows. */
export type Spec = any; // oxlint-disable-line no-explicit-any -- of forty kinds, whose schemas check their shape

interface Container {
  readonly name: string;
  readonly image: string;
  readonly args?: readonly string[];
  readonly env: {
    readonly name: string;
    readonly value?: string;
    readonly valueFrom?: { readonly secretKeyRef: { readonly name: string; readonly optional?: boolean } };
  }[];
  readonly ports?: readonly { readonly name: string; readonly containerPort: number }[];
  readonly volumeMounts: readonly { readonly name: string; readonly mountPath: string }[];
  readonly securityContext: Spec;
}

/** A pod as a Deployment or a Job makes it. */
export interface Pod {
  readonly of: string;
  /** The service, with "-migrate" for its migration. */
  readonly component: string;
  readonly labels: Labels;
  readonly spec: Spec;
  readonly container: Container;
}

export function parse(rendered: string): Manifest[] {
  const documents = parseAllDocuments(rendered);
  const faults = documents.flatMap(({ errors }) => errors.map(({ message }) => message));
  if (faults.length > 0) throw new Error(`what was rendered is no YAML: ${faults.join("; ")}`);
  return documents.map((each) => each.toJS() as Manifest | null).filter((each) => each !== null);
}

export const ofKind = (all: readonly Manifest[], kind: string) => all.filter((each) => each.kind === kind);

export const titled = ({ kind, metadata }: Manifest) => `${kind} ${metadata.name}`;

export function podsOf(all: readonly Manifest[]): Pod[] {
  return all
    .filter(({ kind }) => kind === "Deployment" || kind === "Job")
    .map((each) => {
      const { metadata, spec } = each.spec.template;
      return {
        of: titled(each),
        component: metadata.labels["app.kubernetes.io/component"],
        labels: metadata.labels,
        spec,
        container: spec.containers[0],
      };
    });
}

interface Selector {
  readonly matchLabels?: Labels;
  readonly matchExpressions?: readonly { key: string; operator: string; values: readonly string[] }[];
}

/** As Kubernetes does it, for the one operator that the chart uses; an empty selector takes everything. */
export function selects(selector: Selector, labels: Labels): boolean {
  const { matchLabels = {}, matchExpressions = [] } = selector;
  if (matchExpressions.some(({ operator }) => operator !== "In"))
    throw new Error("only the operator In is known here");
  return (
    Object.entries(matchLabels).every(([key, value]) => labels[key] === value) &&
    matchExpressions.every(({ key, values }) => values.includes(labels[key] ?? ""))
  );
}
