// One file on its way: what its columns mean, what a dry run says, the run itself, and the way back.
import type { Import } from "@guanxi/client/gen/guanxi";
import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { Alert, Button, Flex } from "antd";
import { useMay } from "../api/session.ts";
import { useLabel } from "../text/texts.ts";
import { Loading } from "../ui/loading.tsx";
import { Page } from "../ui/page.tsx";
import { Problem } from "../ui/problem.tsx";
import { AREAS, type Area } from "./areas.ts";
import { Course } from "./course.tsx";
import { importQuery, listedOf, underWay } from "./data.ts";
import { State } from "./imports.tsx";
import { Mapping } from "./mapping.tsx";
import { ToCheck } from "./to-check.tsx";
import { useImports } from "./words.ts";

export function ImportPage() {
  const say = useImports();
  const { area: name, importId } = useParams({ from: "/shell/imports/$area/$importId" });
  const area = AREAS[name];
  if (!area) return <Alert type="warning" showIcon title={say("noArea")} />;
  return <OneImport name={name} area={area} importId={importId} />;
}

function OneImport({ name, area, importId }: { name: string; area: Area; importId: string }) {
  const say = useImports();
  const label = useLabel();
  const may = useMay();
  const { data, error, refetch } = useQuery(importQuery(name, area, importId));
  if (error && !data) return <Problem error={error} again={() => void refetch()} />;
  if (!data) return <Loading />;
  const back = (
    <Link to="/imports">
      <Button>{say("back")}</Button>
    </Link>
  );
  return (
    <Page
      title={data.fileName}
      note={
        <Flex gap={8} align="center" wrap>
          <span>{label("ImportKind", data.kind)}</span>
          <State of={data} />
        </Flex>
      }
      actions={back}
    >
      <Course name={name} area={area} data={data} />
      {may(area.resource, "read_file") && <Contents name={name} area={area} data={data} />}
    </Page>
  );
}

function Contents(props: { name: string; area: Area; data: Import }) {
  const { data } = props;
  if (underWay(data)) return null;
  return (
    <>
      {listedOf(data) > 0 && <ToCheck {...props} />}
      {(data.state === "STATE_UPLOADED" || data.dryRun) && <Mapping {...props} />}
    </>
  );
}
