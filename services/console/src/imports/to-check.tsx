// The first of the rows that were not taken, or look like what is here: why, and which. The file has them all.
import type { Import } from "@guanxi/client/gen/guanxi";
import { useQuery } from "@tanstack/react-query";
import { Card } from "antd";
import { Loading } from "../ui/loading.tsx";
import { Problem } from "../ui/problem.tsx";
import type { Area } from "./areas.ts";
import { listedOf } from "./data.ts";
import { Rows } from "./rows.tsx";
import { useImports } from "./words.ts";

const SHOWN = 20;

export function ToCheck({ name, area, data }: { name: string; area: Area; data: Import }) {
  const say = useImports();
  const { importId, etag } = data;
  const listed = useQuery({
    queryKey: ["imports", name, importId, "failures", etag],
    queryFn: ({ signal }) => area.preview(importId, { rowCount: SHOWN, failures: true }, { signal }),
  });
  if (listed.error) return <Problem error={listed.error} again={() => void listed.refetch()} />;
  if (!listed.data) return <Loading />;
  // After seven days there are none any more; a service of 0.4 answers with other rows.
  const rows = listed.data.rows.filter(({ faults }) => faults.length > 0);
  if (rows.length === 0) return null;
  const shown = rows.length;
  const count = listedOf(data);
  const title = say("listed", { shown, count, cut: String(shown < count) });
  return (
    <Card title={<h2 className="card-title">{title}</h2>}>
      <Rows preview={{ ...listed.data, rows }} />
    </Card>
  );
}
