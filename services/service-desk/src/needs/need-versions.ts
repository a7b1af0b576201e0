// Each version of each need as the public saw it, kept for ever: what customers needed when, and what changed (R087).
import { type Actor, Actor_Kind } from "@guanxi/contract/guanxi/event/v1/event";
import { Need } from "@guanxi/contract/guanxi/service_desk/v1/need";
import type { At } from "@guanxi/kit/at";
import { catalogue } from "@guanxi/kit/filter/catalogue";
import { where } from "@guanxi/kit/list";
import { history } from "@guanxi/kit/side";
import { named } from "@guanxi/kit/store";
import { table } from "@guanxi/kit/table";
import { EntitySchema } from "typeorm";
import type { NeedState } from "./need-state.ts";
import { present } from "./present.ts";

/** A row that `record` has added beside the need. */
interface NeedVersion {
  readonly versionId: string;
  readonly version: number;
  readonly time: Date;
  readonly actorKind: string;
  readonly actorId: string;
  readonly actorName: string;
  /** The message, encoded. */
  readonly state: Uint8Array;
}

export const versionSide = history<NeedState>(
  "need_versions",
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
      state: Buffer.from(Need.encode(present(after)).finish()),
    },
  ],
);

export const needVersions = table({
  entity: new EntitySchema<NeedVersion>({
    name: "need_version",
    tableName: "need_versions",
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

export const versionFields = catalogue<NeedVersion>({ id: "version_id", side: "" }, [
  { name: "version", type: "int", stored: { column: "version" }, read: ({ version }) => BigInt(version) },
]);

export const ofNeed = (needId: string) => where("need_id = ?::uuid", needId);

/** The one before a version; undefined before the first. */
export async function versionBefore(
  at: At,
  needId: string,
  version: number,
): Promise<NeedVersion | undefined> {
  const [row] = await named<NeedVersion>(at, {
    name: "need version before",
    text: `${needVersions.select} where need_id = $1 and version = $2`,
    values: [needId, version - 1],
  });
  return row;
}

const ACTORS: Record<string, Actor_Kind> = {
  user: Actor_Kind.USER,
  service: Actor_Kind.SERVICE,
  import: Actor_Kind.IMPORT,
};

export const actorOf = ({ actorKind, actorId, actorName }: NeedVersion): Actor => ({
  kind: ACTORS[actorKind] ?? Actor_Kind.UNSPECIFIED,
  id: actorId,
  name: actorName,
});
