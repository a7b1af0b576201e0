import type { State } from "@guanxi/kit/columns";
import { table } from "@guanxi/kit/table";
import { EntitySchema } from "typeorm";

interface QueueState extends State {
  readonly queueId: string;
  readonly displayName: string;
}

export const queues = table({
  entity: new EntitySchema<QueueState>({
    name: "queue",
    tableName: "queues",
    columns: {
      queueId: { name: "queue_id", type: "uuid", primary: true },
      displayName: { name: "display_name", type: "text" },
      version: { type: "int" },
    },
  }),
});
