// Each version of each opportunity as the public saw it, kept for ever: what it was at any moment, and what changed.
import { type Actor, Actor_Kind } from "@guanxi/contract/guanxi/event/v1/event";
import { Opportunity } from "@guanxi/contract/guanxi/sales/v1/opportunity";
import type { At } from "@guanxi/kit/at";
import { catalogue } from "@guanxi/kit/filter/catalogue";
import { where } from "@guanxi/kit/list";
import { history } from "@guanxi/kit/side";
import { named } from "@guanxi/kit/store";
import { table } from "@guanxi/kit/table";
import { EntitySchema } from "typeorm";
import type { OpportunityState } from "./opportunity-state.ts";
import { present } from "./present.ts";

/** A row that `record` has added beside the opportunity. */
export interface VersionState {
  readonly versionId: string;
  readonly version: number;
  readonly time: Date;
  readonly actorKind: string;
  readonly actorId: string;
  readonly actorName: string;
  /** The message, encoded. */
  readonly state: Uint8Array;
}

export const versionSide = history<OpportunityState>(
  "opportunity_versions",
  {
    version: "int",
    time: "timestamptz",
    actor_kind: "text",
    actor_id: "text",
    actor_name: "text",
    state: "bytea",
  },
  ({ after, principal }) => [
    {
      version: after.version,
      time: after.updateTime,
      actor_kind: principal.kind,
      actor_id: principal.id,
      actor_name: principal.name,
      state: Buffer.from(Opportunity.encode(present(after)).finish()),
    },
  ],
);

export const opportunityVersions = table({
  entity: new EntitySchema<VersionState>({
    name: "opportunity_version",
    tableName: "opportunity_versions",
    columns: {
      versionId: { name: "version_id", type: "uuid", primary: true },
      version: { type: "int" },
      time: { type: "timestamptz" },
      actorKind: { name: "actor_kind", type: "text" },
      actorId: { name: "actor_id", type: "text" },
      actorName: { name: "actor_name", type: "text" },
      state: { type: "bytea" },
    },
  }),
});

export const versionFields = catalogue<VersionState>({ id: "version_id", side: "" }, [
  { name: "version", type: "int", stored: { column: "version" }, read: ({ version }) => BigInt(version) },
]);

export const ofOpportunity = (opportunityId: string) => where("opportunity_id = ?::uuid", opportunityId);

/** As it was then; undefined where it was not there yet. */
export async function versionAt(at: At, opportunityId: string, time: Date): Promise<Opportunity | undefined> {
  const [row] = await named<VersionState>(at, {
    name: "opportunity version at",
    text: `${opportunityVersions.select} where opportunity_id = $1 and time <= $2 order by version desc limit 1`,
    values: [opportunityId, time.toISOString()],
  });
  return row && Opportunity.decode(row.state);
}

/** The one before a version; undefined before the first. */
export async function versionBefore(
  at: At,
  opportunityId: string,
  version: number,
): Promise<VersionState | undefined> {
  const [row] = await named<VersionState>(at, {
    name: "opportunity version before",
    text: `${opportunityVersions.select} where opportunity_id = $1 and version = $2`,
    values: [opportunityId, version - 1],
  });
  return row;
}

const ACTORS: Record<string, Actor_Kind> = {
  user: Actor_Kind.USER,
  service: Actor_Kind.SERVICE,
  import: Actor_Kind.IMPORT,
};

export const actorOf = ({ actorKind, actorId, actorName }: VersionState): Actor => ({
  kind: ACTORS[actorKind] ?? Actor_Kind.UNSPECIFIED,
  id: actorId,
  name: actorName,
});
